// The stack of the recommended: swipes say want or skip, U undoes while the stack holds the
// focus, and after each act the name of the next person holds it, so that the keys go on working.
"use strict";

const FAR = 90;
let began = null;

function press(card, verdict) {
  card.querySelector(`[data-verdict="${verdict}"]`)?.click();
}

document.addEventListener("touchstart", (event) => {
  const card = event.target.closest("[data-swipe]");
  began = card && event.touches.length === 1 && !event.target.closest("a, button, summary, table")
    ? { card, x: event.touches[0].clientX, y: event.touches[0].clientY }
    : null;
}, { passive: true });

document.addEventListener("touchend", (event) => {
  if (!began) return;
  const { card, x, y } = began;
  const across = event.changedTouches[0].clientX - x;
  const along = event.changedTouches[0].clientY - y;
  began = null;
  if (Math.abs(across) < FAR || Math.abs(along) > Math.abs(across) / 2) return;
  press(card, across > 0 ? "want" : "skip");
}, { passive: true });

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (!event.target.closest("#stack")) return;
  const undo = document.querySelector("[data-undo]");
  if (!undo || undo.dataset.key !== event.key.toLowerCase()) return;
  event.preventDefault();
  undo.click();
});

document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id !== "stack") return;
  const next = document.querySelector("#stack [data-focus], #stack h2");
  if (next && !next.hasAttribute("tabindex")) next.setAttribute("tabindex", "-1");
  next?.focus({ preventScroll: true });
});
