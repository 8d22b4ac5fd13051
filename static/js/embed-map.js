// The map in a frame: the points the server has gathered, finer ones as one zooms in. The list below holds the
// same entries; without this script it stands alone. No cookie is sent, and links open beside the frame.
(() => {
  "use strict";

  const box = document.getElementById("map");
  if (!box || !window.L) return;
  box.hidden = false;

  const first = JSON.parse(document.querySelector("#map-data script").textContent);
  const map = L.map(box, {
    attributionControl: false, zoomControl: false, minZoom: 5, maxZoom: 16, zoomSnap: 0.25, scrollWheelZoom: false,
    maxBounds: [[53.6, 5.5], [58.8, 17.5]], maxBoundsViscosity: 0.6,
    fadeAnimation: false, markerZoomAnimation: false, zoomAnimation: false,
  });
  L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
  const points = L.layerGroup().addTo(map);
  const DENMARK = [[54.5, 8.0], [57.8, 15.2]];

  function ask(more) {
    const asked = new URLSearchParams(first.query);
    for (const [name, value] of Object.entries(more)) asked.set(name, value);
    return fetch(`${box.dataset.points}?${asked}`, { credentials: "omit" });
  }

  function icon(count) {
    const size = count === 1 ? 24 : Math.min(24 + 4 * Math.log10(count), 32);
    const mark = document.createElement("span");
    mark.className = count === 1 ? "ek-pt" : "ek-pt ek-pt--many";
    if (count > 1) mark.textContent = String(count);
    return L.divIcon({ html: mark, className: "ek-ptbox", iconSize: [size, size] });
  }

  // Escape and a click beside it close it; Leaflet's own button speaks English only.
  const POPUP = { closeButton: false };

  function popup(entries) {
    const list = document.createElement("ul");
    list.className = "ek-popup";
    for (const { properties } of entries) {
      const link = document.createElement("a");
      Object.assign(link, { href: properties.url, textContent: properties.name, target: "_blank", rel: "noopener" });
      list.appendChild(document.createElement("li")).appendChild(link);
    }
    return list;
  }

  async function open({ properties }, marker) {
    const [west, south, east, north] = properties.bbox;
    const spread = map.project([north, east], 16).distanceTo(map.project([south, west], 16));
    if (spread > 48 && map.getZoom() < 15) {
      map.fitBounds([[south, west], [north, east]], { padding: [40, 40], maxZoom: 15 });
      return;
    }
    const answer = await ask({ bbox: [west - 1e-4, south - 1e-4, east + 1e-4, north + 1e-4].map((d) => d.toFixed(5)).join() });
    if (answer.ok) marker.bindPopup(popup((await answer.json()).features), POPUP).openPopup();
  }

  function draw(features) {
    points.clearLayers();
    for (const feature of features) {
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
    return corners.length ? L.latLngBounds(corners) : DENMARK;
  }

  let turn = 0;
  let zoom;
  async function refine() {
    if (map.getZoom() === zoom) return; // a popup that moves the map must not lose its marker
    zoom = map.getZoom();
    const mine = ++turn;
    const answer = await ask({ zoom: Math.round(zoom) });
    if (answer.ok && mine === turn) draw((await answer.json()).features);
  }

  fetch(box.dataset.land, { credentials: "omit" }).then((answer) => answer.json()).then((land) => {
    const style = (shape) => ({ className: shape.properties.here ? "ek-land ek-land--here" : "ek-land", weight: 0.7 });
    L.geoJSON(land, { interactive: false, style }).addTo(map).bringToBack();
  });

  draw(first.features);
  map.fitBounds(extent(first.features), { animate: false, padding: [30, 30], maxZoom: 8 });
  map.on("zoomend", refine);
  refine();
})();
