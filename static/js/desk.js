// Deciding by keyboard. Single letters can be turned off, and none is heard while somebody types.
(() => {
  "use strict";
  const OFF = "stedkraft.keys.off";
  const form = document.getElementById("decide");
  const reason = document.getElementById("id_reason");
  const keys = document.getElementById("keys");
  if (!keys) return;

  function off() {
    try { return localStorage.getItem(OFF) === "1"; } catch { return false; }
  }

  function turn(value) {
    try { value ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF); } catch { /* not kept then */ }
    show();
  }

  function show() {
    keys.hidden = false;
    document.getElementById("keys-on").hidden = off();
    document.getElementById("keys-were-off").hidden = !off();
  }

  function typing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  function follow(path) {
    if (path) location.assign(path);
    return Boolean(path);
  }

  function help() {
    keys.scrollIntoView({ block: "nearest" });
    keys.focus();
    return true;
  }

  // A decision that needs words asks for them first; with words it is pressed.
  function decide(key) {
    const button = form && form.querySelector(`[data-key="${key}"]`);
    if (!button) return false;
    if (button.hasAttribute("data-words-needed") && reason && !reason.value.trim()) reason.focus();
    else button.click();
    return true;
  }

  function withWords() {
    if (!form || !reason) return;
    const wanted = reason.value.trim() ? "[data-key][data-words-needed]" : "[data-key]:not([data-words-needed])";
    const button = form.querySelector(`button${wanted}`);
    if (button) button.click();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form && form.contains(event.target)) {
      event.preventDefault();
      withWords();
      return;
    }
    if (off() || event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
    const key = event.key.toLowerCase();
    const ways = { j: () => follow(keys.dataset.after), k: () => follow(keys.dataset.before), "?": help };
    const done = ways[key] ? ways[key]() : decide(key);
    if (done) event.preventDefault();
  });

  // A text from the shelf goes under what is typed, without asking the server.
  const insert = document.getElementById("insert");
  if (insert) {
    insert.addEventListener("click", (event) => {
      event.preventDefault();
      const chosen = document.getElementById("id_text").selectedOptions[0];
      const words = chosen && chosen.dataset.words;
      if (!words) return;
      reason.value = [reason.value.trim(), words].filter(Boolean).join("\n\n");
      reason.focus();
    });
  }

  document.getElementById("keys-off").addEventListener("click", () => { turn(true); document.getElementById("keys-again").focus(); });
  document.getElementById("keys-again").addEventListener("click", () => { turn(false); document.getElementById("keys-off").focus(); });
  show();
  const first = document.getElementById("overtaken") || document.getElementById("error-summary");
  if (first) first.focus();
})();
