// Leads to what went wrong: the focus stands on the summary of errors, or on word that somebody was faster.
(document.getElementById("error-summary") || document.getElementById("overtaken"))?.focus();
