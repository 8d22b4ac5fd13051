// The four shifts of a mission, put on its page when they come into view. Without it a link leads to the same page.
(() => {
  "use strict";

  async function put(box) {
    const answer = await fetch(box.dataset.shifts);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const shifts = page.querySelector(".sk-shifts");
    if (shifts) box.replaceChildren(document.importNode(shifts, true));
  }

  const waiting = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      waiting.unobserve(target);
      put(target);
    }
  }, { rootMargin: "200px" });
  for (const box of document.querySelectorAll("[data-shifts]")) waiting.observe(box);
})();
