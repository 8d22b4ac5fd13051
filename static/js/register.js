// Registering: tells when nothing could be saved and tries again, saves when the page is left, counts before
// sending, and shows a map to press. What it says comes from the page; without it every step works by its buttons.
(() => {
  "use strict";

  const form = document.getElementById("step-form");
  const saver = document.getElementById("saver");
  const said = document.getElementById("saved");
  const mark = document.querySelector(".sk-save__mark");
  document.documentElement.classList.add("js");
  document.getElementById("error-summary")?.focus();
  if (!form || !saver) return;

  const AGAIN_MS = 5000;
  const saved = new BroadcastChannel("stedkraft-saved");
  let dirty = false;
  let timer = 0;

  function words() {
    return new URLSearchParams(new FormData(form));
  }

  function isTooMuch() {
    return words().toString().length > Number(form.dataset.most);
  }

  function tell(text) {
    mark?.setAttribute("hidden", "");
    if (said.textContent !== text) said.textContent = text;
  }

  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("submit", (event) => {
    if (isTooMuch()) {
      event.preventDefault();
      tell(form.dataset.toomuch);
      said.scrollIntoView({ block: "center" });
      return;
    }
    dirty = false;
  });

  // The first words give the draft an address of its own, which takes the place of the one the page came from.
  saver.addEventListener("htmx:config:request", (event) => { event.detail.ctx.request.action = location.pathname; });
  saver.addEventListener("htmx:before:request", (event) => {
    if (isTooMuch()) {
      event.preventDefault();
      tell(form.dataset.toomuch);
      return;
    }
    dirty = false;
  });

  function again() {
    clearTimeout(timer);
    timer = setTimeout(() => saver.dispatchEvent(new Event("again")), AGAIN_MS);
  }

  saver.addEventListener("htmx:error", () => {
    dirty = true;
    tell(form.dataset.unsaved);
    again();
  });

  saver.addEventListener("htmx:after:request", (event) => {
    const status = event.detail.ctx.response.status;
    mark?.toggleAttribute("hidden", status !== 200);
    if (status === 200) {
      saved.postMessage("saved");
      return;
    }
    dirty = true;
    if (status >= 500) {
      tell(form.dataset.unsaved);
      again();
    } else if (![409, 413].includes(status)) {
      tell(form.dataset.refused);
    }
  });

  // Closing the window in the middle of a sentence keeps the sentence.
  window.addEventListener("pagehide", () => {
    if (!dirty || isTooMuch()) return;
    const sent = words();
    sent.set("saving", "1");
    navigator.sendBeacon(location.pathname, sent);
  });

  // A map to press

  const box = document.getElementById("pointmap");
  const latitude = document.getElementById("f-latitude");
  const longitude = document.getElementById("f-longitude");
  if (!box || !window.L || !latitude || !longitude) return;
  box.hidden = false;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", box.dataset.label);

  const number = (field) => Number.parseFloat(field.value.replace(",", "."));
  const here = [Number(box.dataset.latitude), Number(box.dataset.longitude)];
  const map = L.map(box, {
    attributionControl: false, zoomControl: false, minZoom: 5, maxZoom: 16, scrollWheelZoom: false, keyboard: false,
    maxBounds: [[53.6, 5.5], [58.8, 17.5]], fadeAnimation: false, markerZoomAnimation: false, zoomAnimation: false,
  }).setView(here, 9);
  L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
  const pin = L.circleMarker(here, { radius: 8, className: "sk-pin", interactive: false });

  function show() {
    const at = [number(latitude), number(longitude)];
    if (at.some(Number.isNaN)) {
      pin.remove();
      return;
    }
    pin.setLatLng(at).addTo(map);
    if (!map.getBounds().contains(at)) map.setView(at, map.getZoom());
  }

  map.on("click", ({ latlng }) => {
    const write = (field, degrees) => {
      field.value = degrees.toFixed(5).replace(".", document.documentElement.lang === "da" ? "," : ".");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    write(latitude, latlng.lat);
    write(longitude, latlng.lng);
  });
  latitude.addEventListener("input", show);
  longitude.addEventListener("input", show);
  fetch(box.dataset.land).then((answer) => answer.json()).then((land) => {
    L.geoJSON(land, {
      interactive: false,
      style: (shape) => ({ className: shape.properties.here ? "sk-land sk-land--here" : "sk-land", weight: 0.7 }),
    }).addTo(map).bringToBack();
    show();
  });
})();
