// Keeps what is typed into a form with data-keep (an address): a moment after the last key, and when
// the page is left. The element with data-kept says so, or that it could not be kept.
"use strict";

const PAUSE = 1500;
const timers = new WeakMap();

function typed(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

async function keep(form, { leaving = false } = {}) {
  forget(form);
  const line = form.querySelector("[data-kept]");
  let said = form.dataset.keepFailed;
  try {
    const answer = await fetch(form.dataset.keep, { method: "POST", body: typed(form), keepalive: leaving });
    if (answer.ok && !answer.redirected) said = await answer.text();
  } catch {
    // no answer: what is said already says so
  }
  if (line) line.textContent = said;
}

function forget(form) {
  clearTimeout(timers.get(form));
  timers.delete(form);
}

const formOf = (target) => target.closest?.("form[data-keep]");

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, ({ target }) => {
    const form = formOf(target);
    if (!form) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => keep(form), PAUSE));
  });
}

// A form that is sent says it all itself.
document.addEventListener("submit", ({ target }) => forget(target), true);
document.addEventListener("htmx:beforeRequest", ({ target }) => formOf(target) && forget(formOf(target)));

addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  for (const form of document.querySelectorAll("form[data-keep]")) if (timers.has(form)) keep(form, { leaving: true });
});
