// Keeping entries in place. Pages are the same for everybody, so what is kept is marked here, from what this
// browser remembers; the server stays the truth and is asked where the two may differ. Without it, and whenever
// something goes wrong, "Keep" is a link to a page that asks.
(() => {
  "use strict";

  const way = document.querySelector("[data-shortlist]");
  if (!way) return;
  const STORE = "stedkraft-kept";
  const OLD_MS = 24 * 60 * 60 * 1000;
  const member = way.dataset.member === "1";
  const listed = document.querySelector("[data-kept-ids]");
  const said = document.createElement("p");
  said.className = "sr-only";
  said.setAttribute("role", "status");

  // What this browser remembers

  function remembered() {
    try {
      const kept = JSON.parse(localStorage.getItem(STORE));
      return kept && Array.isArray(kept.ids) ? kept : null;
    } catch {
      return null;
    }
  }

  function remember(ids) {
    try {
      if (ids.length || member) localStorage.setItem(STORE, JSON.stringify({ ids, member, at: Date.now() }));
      else localStorage.removeItem(STORE);
    } catch { /* a browser that remembers nothing marks nothing beyond this page */ }
    mark(ids);
  }

  // Marking

  function buttons() {
    return document.querySelectorAll("[data-keep]");
  }

  function pressable(link) {
    if (link.tagName === "BUTTON") return link;
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    button.append(...link.childNodes);
    Object.assign(button.dataset, { keep: link.dataset.keep, path: link.getAttribute("href") });
    link.replaceWith(button);
    return button;
  }

  function mark(ids) {
    for (const link of buttons()) {
      const button = pressable(link);
      const on = ids.includes(button.dataset.keep);
      const [icon, word] = [button.querySelector("use"), button.querySelector("span")];
      button.setAttribute("aria-pressed", String(on));
      button.classList.toggle("sk-short--on", on);
      word.textContent = on ? way.dataset.on : way.dataset.off;
      icon.setAttribute("href", icon.getAttribute("href").replace(/#.*/, on ? "#check" : "#bookmark"));
    }
    let number = way.querySelector("span + span");
    if (!number) number = way.appendChild(document.createElement("span"));
    number.textContent = ids.length ? String(ids.length) : "";
  }

  // Pressing: one after the other, so that the first one's cookie is there for the second

  let turn = Promise.resolve();
  let token = "";

  async function asking(path) {
    const answer = await fetch(path, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    token = page.querySelector("main [name=csrfmiddlewaretoken]").value;
  }

  function send(path, on) {
    const form = new URLSearchParams({ csrfmiddlewaretoken: token });
    if (on) form.set("remove", "1");
    return fetch(path, { method: "POST", body: form, headers: { Accept: "application/json" } });
  }

  async function press(button) {
    const { path } = button.dataset;
    if (!said.isConnected) document.body.append(said); // there before it speaks
    const on = button.getAttribute("aria-pressed") === "true";
    if (!token) await asking(path);
    let answer = await send(path, on);
    if (answer.status === 403) { // somebody has logged in or out in another window
      await asking(path);
      answer = await send(path, on);
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    remember(told.kept);
    said.textContent = told.said;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-keep]");
    if (!button) return;
    turn = turn.then(() => press(button)).catch(() => location.assign(button.dataset.path));
  });

  // Keeping up with what happens elsewhere

  async function ask() {
    const answer = await fetch(way.dataset.shortlist, { headers: { Accept: "application/json" } });
    if (answer.ok) remember((await answer.json()).kept);
  }

  function show() {
    const kept = remembered();
    if (listed) {
      remember(listed.dataset.keptIds.split(" ").filter(Boolean));
      return;
    }
    const changed = kept ? kept.member !== member : member;
    mark(kept && !changed ? kept.ids : []);
    const old = kept && kept.ids.length > 0 && Date.now() - kept.at > OLD_MS;
    if ((changed || old) && buttons().length) ask().catch(() => {});
    else if (changed && !member) remember([]);
  }

  document.body.addEventListener("htmx:after:swap", () => mark(remembered()?.ids ?? []));
  window.addEventListener("storage", (event) => { if (event.key === STORE) mark(remembered()?.ids ?? []); });
  window.addEventListener("pageshow", (event) => { if (event.persisted && !listed) show(); });
  show();
})();
