"use strict";
// Everything can be read without this script; it filters the marks and steps through them.
const form = document.getElementById("filters");
const marks = [...document.querySelectorAll("mark")];
const stops = marks.filter((mark) => mark.id);
let current = null;

function wanted(mark) {
  const families = [...form.elements.family].filter((box) => box.checked).map((box) => box.value);
  const shown = families.some((family) => mark.classList.contains(family));
  return shown && (!form.elements.masked.checked || mark.classList.contains("masked"));
}

function route() {
  const open = stops.filter((mark) => !mark.classList.contains("off"));
  if (!form.elements.doubtful.checked) return open;
  const confidence = (mark) => Number(mark.dataset.confidence ?? 2);
  return open.sort((a, b) => confidence(a) - confidence(b));
}

function tell(order) {
  const place = order.indexOf(current) + 1;
  form.elements.place.value = `${place || "–"} / ${order.length}`;
}

function filter() {
  for (const mark of marks) {
    const off = !wanted(mark);
    mark.classList.toggle("off", off);
    if (mark.id) mark.tabIndex = off ? -1 : 0;
  }
  tell(route());
}

function step(by) {
  const order = route();
  if (!order.length) return;
  const place = order.indexOf(current);
  const next = place < 0 ? (by > 0 ? 0 : order.length - 1) : place + by;
  current = order[(next + order.length) % order.length];
  current.focus({ preventScroll: true });
  current.scrollIntoView({ block: "center" });
  tell(order);
}

document.querySelector("main").addEventListener("focusin", (event) => {
  if (!event.target.id) return;
  current = event.target;
  tell(route());
});
form.addEventListener("change", filter);
form.elements.previous.addEventListener("click", () => step(-1));
form.elements.next.addEventListener("click", () => step(1));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") step(1);
  if (event.key === "k") step(-1);
});
filter();
