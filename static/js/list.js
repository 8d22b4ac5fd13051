// The map beside a list: draws the base map and the points the server has gathered, and lets a reader search
// the section in view. Everything it says comes from the page; without it the list works the same.
(() => {
  "use strict";

  const box = document.getElementById("livemap");
  const form = document.getElementById("filters");
  document.documentElement.classList.add("js");
  if (!box || !form || !window.L) return;

  const map = L.map(box, {
    attributionControl: false, zoomControl: false, minZoom: 5, maxZoom: 16, zoomSnap: 0.25, scrollWheelZoom: false,
    maxBounds: [[53.6, 5.5], [58.8, 17.5]], maxBoundsViscosity: 0.6,
    fadeAnimation: false, markerZoomAnimation: false, zoomAnimation: false,
  });
  L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
  const points = L.layerGroup().addTo(map);
  const DENMARK = [[54.5, 8.0], [57.8, 15.2]];
  let query = "";
  let movedByReader = false;

  function data() {
    return JSON.parse(document.querySelector("#map-data script").textContent);
  }

  function icon(count) {
    const size = count === 1 ? 16 : Math.min(24 + 4 * Math.log10(count), 32);
    const mark = document.createElement("span");
    mark.className = count === 1 ? "sk-pt" : "sk-pt sk-pt--many";
    if (count > 1) mark.textContent = String(count);
    return L.divIcon({ html: mark, className: "sk-ptbox", iconSize: [Math.max(size, 24), Math.max(size, 24)] });
  }

  function link(entry) {
    const anchor = document.createElement("a");
    anchor.href = entry.properties.url;
    anchor.textContent = entry.properties.name;
    return anchor;
  }

  // Escape and a click beside it close it; Leaflet's own button speaks English only.
  const POPUP = { closeButton: false };

  function popup(entries) {
    const list = document.createElement("ul");
    list.className = "sk-popup";
    for (const entry of entries) list.appendChild(document.createElement("li")).appendChild(link(entry));
    return list;
  }

  async function open(feature, marker) {
    const [west, south, east, north] = feature.properties.bbox;
    const spread = map.project([north, east], 16).distanceTo(map.project([south, west], 16));
    if (spread > 48 && map.getZoom() < 15) {
      map.fitBounds([[south, west], [north, east]], { padding: [40, 40], maxZoom: 15 });
      return;
    }
    const section = [west - 1e-4, south - 1e-4, east + 1e-4, north + 1e-4].map((d) => d.toFixed(5)).join(",");
    const answer = await fetch(address({ bbox: section }));
    if (answer.ok) marker.bindPopup(popup((await answer.json()).features), POPUP).openPopup();
  }

  function address(more) {
    const asked = new URLSearchParams(query);
    for (const [name, value] of Object.entries(more)) asked.set(name, value);
    return `${box.dataset.points}?${asked}`;
  }

  // Points nearer to each other than a finger is wide become one; the server gathers by cells and knows no pixels.
  const APART = 30;

  function gathered(features) {
    const kept = [];
    for (const feature of features) {
      const [longitude, latitude] = feature.geometry.coordinates;
      const at = map.project([latitude, longitude]);
      const near = kept.find((other) => other.at.distanceTo(at) < APART);
      if (near) near.features.push(feature);
      else kept.push({ at, features: [feature] });
    }
    return kept.map((group) => (group.features.length === 1 ? group.features[0] : together(group.features)));
  }

  function together(features) {
    const bounds = extent(features);
    const count = features.reduce((sum, { properties }) => sum + properties.count, 0);
    return {
      geometry: features[0].geometry,
      properties: { count, bbox: bounds.toBBoxString().split(",").map(Number) },
    };
  }

  function draw(features) {
    points.clearLayers();
    for (const feature of gathered(features)) {
      const [longitude, latitude] = feature.geometry.coordinates;
      const { count, name } = feature.properties;
      const title = count === 1 ? name : `${count} ${box.dataset.many}. ${box.dataset.marker}`;
      const marker = L.marker([latitude, longitude], { icon: icon(count), title, alt: title });
      if (count === 1) marker.bindPopup(popup([feature]), POPUP);
      else marker.on("click", () => open(feature, marker));
      marker.addTo(points);
    }
  }

  function extent(features) {
    const corners = features.flatMap(({ geometry, properties }) => {
      const [west, south, east, north] = properties.bbox || [...geometry.coordinates, ...geometry.coordinates];
      return [[south, west], [north, east]];
    });
    return corners.length ? L.latLngBounds(corners) : null;
  }

  function show() {
    const found = data();
    query = found.query;
    movedByReader = false;
    draw(found.features);
    const asked = new URLSearchParams(query).get("bbox");
    if (asked) {
      const [west, south, east, north] = asked.split(",").map(Number);
      map.fitBounds([[south, west], [north, east]], { animate: false });
    } else {
      map.fitBounds(extent(found.features) || DENMARK, { animate: false, padding: [36, 36], maxZoom: 9 });
    }
    areaButton.hidden = true;
    refine();
  }

  let refining = 0;
  async function refine() {
    const turn = ++refining;
    const bounds = map.getBounds().pad(0.2);
    const section = [
      Math.max(bounds.getWest(), -180), Math.max(bounds.getSouth(), -85),
      Math.min(bounds.getEast(), 180), Math.min(bounds.getNorth(), 85),
    ].map((d) => d.toFixed(4)).join(",");
    const asked = new URLSearchParams(query);
    const answer = await fetch(address({ zoom: Math.round(map.getZoom()), bbox: asked.get("bbox") || section }));
    if (answer.ok && turn === refining) draw((await answer.json()).features);
  }

  const areaButton = document.createElement("button");
  areaButton.type = "button";
  areaButton.className = "button button-primary sk-area";
  areaButton.textContent = box.dataset.search;
  areaButton.hidden = true;
  box.after(areaButton);
  areaButton.addEventListener("click", () => {
    const b = map.getBounds();
    const field = document.getElementById("bbox");
    field.disabled = false;
    field.value = [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()].map((d) => d.toFixed(4)).join(",");
    form.requestSubmit();
  });

  // Only what the reader does asks for a new search; the map also moves by itself to show new results.
  for (const act of ["pointerdown", "keydown", "wheel"]) {
    box.addEventListener(act, () => { movedByReader = true; }, { capture: true, passive: true });
  }
  map.on("moveend", () => {
    if (!movedByReader) return;
    areaButton.hidden = false;
    refine();
  });

  fetch(box.dataset.land).then((answer) => answer.json()).then((land) => {
    L.geoJSON(land, {
      interactive: false,
      style: (shape) => ({ className: shape.properties.here ? "sk-land sk-land--here" : "sk-land", weight: 0.7 }),
    }).addTo(map).bringToBack();
  });

  let shown = document.querySelector("#map-data script");
  document.body.addEventListener("htmx:after:swap", () => {
    const found = document.querySelector("#map-data script");
    if (found === shown) return;
    shown = found;
    show();
  });
  show();
})();
