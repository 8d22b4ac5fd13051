// Mending the rows of a file by keyboard: after a row is mended the next fault has the focus, and when a page has
// none left the next page of them opens. Without this the page is sent and comes back at the next fault.
(() => {
  "use strict";

  const form = document.getElementById("rows-form");
  const first = document.getElementById("overtaken") || document.getElementById("error-summary");
  if (first) first.focus();
  if (!form) return;

  let row = null;

  function faults() {
    return [...form.querySelectorAll("[data-fault]")];
  }

  function isAfter(field, place) {
    return Boolean(place.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING);
  }

  // The row's own fault, the next one below it, the first of the page; nothing where none is left.
  function next(place) {
    const left = faults();
    return left.find((field) => place && place.contains(field)) || left.find((field) => place && isAfter(field, place)) || left[0];
  }

  function focus(field) {
    field.focus();
    if (field.matches("input")) field.select();
    field.closest("[data-row]").scrollIntoView({ block: "nearest" });
  }

  function isBusyElsewhere() {
    const here = document.activeElement?.closest?.("[data-row]");
    return here && here.id !== row && document.activeElement.matches("[data-fault]");
  }

  form.addEventListener("submit", (event) => {
    const here = (event.submitter?.closest("[data-row]") || document.activeElement?.closest("[data-row]"));
    row = here ? here.id : null;
  }, true);

  document.addEventListener("htmx:after:swap", (event) => {
    if (event.target !== form || isBusyElsewhere()) return;
    const place = row && document.getElementById(row);
    const mending = form.dataset.show === "refused";
    const field = mending || place?.querySelector("[data-fault]") ? next(place) : null;
    const more = document.getElementById("import-numbers")?.dataset.more;
    if (field) focus(field);
    else if (mending && more) location.assign(more);
    else (mending ? document.getElementById("import-status") : place?.querySelector("button"))?.focus();
  });

  // An address may name a cell, or ask for the first there is to mend.
  const asked = location.hash && document.getElementById(location.hash.slice(1));
  if (location.hash === "#faults") next(null)?.focus();
  else if (asked && asked.matches("[data-fault]")) focus(asked);

  // A list to choose from and a field of several lines keep Enter for themselves.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented) return;
    const chosen = event.target.matches("select");
    const lines = event.target.matches("textarea") && (event.ctrlKey || event.metaKey);
    if (!chosen && !lines) return;
    event.preventDefault();
    form.requestSubmit(document.getElementById("mend"));
  });
})();
