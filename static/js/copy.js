// Copies what stands in a field. Without it the field can be selected and copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const status = document.getElementById("copied");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // where the page is not served over an encrypted line
    }
    status.textContent = "";
    requestAnimationFrame(() => { status.textContent = button.dataset.copied; });
  });
}
