// Ticking all of many boxes, or none, with one press.
(() => {
  "use strict";
  const box = document.querySelector("[data-ticks]");
  if (!box) return;

  function button(label, ticked) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button-secondary";
    made.textContent = label;
    made.addEventListener("click", () => {
      for (const tick of box.querySelectorAll("input[type=checkbox]")) tick.checked = ticked;
    });
    return made;
  }

  const row = document.createElement("p");
  row.className = "sk-buttons";
  row.append(button(box.dataset.all, true), button(box.dataset.none, false));
  box.querySelector("legend").after(row);
})();
