// Notes on the shortlist: saved as one types, never over what another window has written; and copying the link.
// What it says comes from the page; without it every note has a button.
(() => {
  "use strict";

  const list = document.getElementById("kepts");
  const PAUSE_MS = 1000;

  function begin(form) {
    const note = form.elements.note;
    const said = form.querySelector("[role=status]");
    const paper = form.parentElement.querySelector(".sk-kept__paper");
    let kept = note.value;
    let timer = 0;
    let held = false; // another window has written: only a press saves now
    let turn = Promise.resolve();

    function tell(text) {
      if (said.textContent !== text) said.textContent = text;
    }

    async function save() {
      clearTimeout(timer);
      const typed = note.value;
      if (typed === kept) return;
      const answer = await fetch(form.action, {
        method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true,
        headers: { Accept: "application/json" },
      });
      if (answer.ok) {
        const told = await answer.json();
        [kept, held] = [typed, false];
        form.elements.seen.value = told.mark;
        if (paper) paper.innerText = typed;
        tell(told.said);
      } else if (answer.status === 409) {
        const told = await answer.json();
        held = true;
        form.elements.seen.value = told.mark;
        tell(`${list.dataset.elsewhere} “${told.note}”. ${list.dataset.mine}`);
      } else tell(answer.status === 422 ? list.dataset.long : list.dataset.unsaved);
    }

    function soon() {
      turn = turn.then(save).catch(() => tell(list.dataset.unsaved));
    }

    note.addEventListener("input", () => {
      clearTimeout(timer);
      if (held) return;
      tell("");
      timer = setTimeout(soon, PAUSE_MS);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (note.value === kept && !held) tell(list.dataset.saved);
      else soon();
    });
    window.addEventListener("pagehide", () => { if (!held) soon(); });
  }

  for (const form of list ? list.querySelectorAll(".sk-kept__note") : []) begin(form);

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const field = document.getElementById(button.dataset.copy);
    field.select();
    await navigator.clipboard?.writeText(field.value).catch(() => document.execCommand("copy"));
    button.parentElement.querySelector("[role=status]").textContent = button.dataset.copied;
  });
})();
