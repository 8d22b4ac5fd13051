// Networks: from one to the next without loading the page anew, and a small one on an entry's page when it comes into
// view. Without it the names are links to the same pages.
(() => {
  "use strict";

  document.documentElement.classList.add("js");

  const PICTURE = "#network .sk-nw a[data-node]";
  let moved = false;

  function plain(event) {
    return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest(PICTURE);
    if (!link || !plain(event) || !window.htmx) return;
    event.preventDefault();
    moved = true;
    window.htmx.ajax("GET", link.getAttribute("href"), { target: "#network", swap: "outerHTML" });
  });

  // Who pressed a name goes on reading from the heading of its network; who chose a filter stays at the filter.
  document.addEventListener("htmx:after:swap", () => {
    if (!moved) return;
    moved = false;
    const heading = document.getElementById("network-h");
    if (heading) heading.focus();
  });

  async function draw(box) {
    const answer = await fetch(box.dataset.network);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const picture = page.querySelector(".sk-nw");
    if (picture) box.replaceChildren(document.importNode(picture, true));
  }

  const waiting = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      waiting.unobserve(target);
      draw(target);
    }
  }, { rootMargin: "200px" });
  for (const box of document.querySelectorAll("[data-network]")) waiting.observe(box);
})();
