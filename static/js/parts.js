// A part of another page, put in the place of the link to that page when it comes into view. Without it the link stays.
(() => {
  "use strict";

  async function put(box) {
    const answer = await fetch(box.dataset.part);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = page.getElementById(box.dataset.partId);
    if (part) box.replaceChildren(document.importNode(part, true));
  }

  const waiting = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      waiting.unobserve(target);
      put(target);
    }
  }, { rootMargin: "200px" });
  for (const box of document.querySelectorAll("[data-part]")) waiting.observe(box);
})();
