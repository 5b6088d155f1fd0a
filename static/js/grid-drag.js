// The grid: a card is dragged with mouse, pen or (after a short hold) finger, its targets coloured
// by what the server says of them; arrow keys go from cell to cell. One listener each, for all cells.
"use strict";

const form = document.getElementById("put");
const says = form?.querySelector("[data-says]");
const HOLD = 300;
const SLACK = 6;
let drag = null;

function mark(targets) {
  for (const cell of form.querySelectorAll("[data-cell]")) {
    const target = targets[cell.dataset.cell];
    if (target) cell.dataset.level = target[0];
    else delete cell.dataset.level;
  }
}

async function ask(card) {
  const address = `${form.dataset.targets}&pick=${card.dataset.card}`;
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  return answer.ok ? answer.json() : {};
}

function begin() {
  drag.on = true;
  drag.card.classList.add("cell--dragged");
  ask(drag.card).then((targets) => {
    if (!drag?.on) return;
    drag.targets = targets;
    mark(targets);
    tell();
  });
}

function tell() {
  says.textContent = drag.targets[drag.over?.dataset.cell]?.[1] ?? "";
}

function end() {
  if (!drag) return;
  clearTimeout(drag.timer);
  drag.card.classList.remove("cell--dragged");
  drag = null;
  says.textContent = "";
  mark({});
}

form?.addEventListener("pointerdown", (event) => {
  const card = event.target.closest("[data-card]");
  if (!card || event.button !== 0) return;
  drag = { card, x: event.clientX, y: event.clientY, on: false, targets: {}, over: null };
  if (event.pointerType === "touch") drag.timer = setTimeout(begin, HOLD);
});

form?.addEventListener("dragstart", (event) => event.preventDefault());

document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > SLACK;
  if (!drag.on && far && event.pointerType === "touch") end();
  else if (!drag.on && far) begin();
  if (!drag?.on) return;
  const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-cell]");
  if (cell === drag.over) return;
  drag.over = cell;
  tell();
});

document.addEventListener("touchmove", (event) => {
  if (drag?.on) event.preventDefault();
}, { passive: false });

document.addEventListener("pointerup", () => {
  if (!drag?.on) { end(); return; }
  const cell = drag.over?.dataset.cell;
  const target = drag.targets[cell];
  const pick = drag.card.dataset.card;
  const swallow = (event) => event.preventDefault();
  form.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => form.removeEventListener("click", swallow, { capture: true }));
  end();
  if (!target) return;
  if (target[0] === "forbidden") { says.textContent = target[1]; return; }
  form.elements.pick.value = pick;
  const to = document.createElement("input");
  Object.assign(to, { type: "hidden", name: "to", value: cell });
  form.append(to);
  form.submit();
});

document.addEventListener("pointercancel", end);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") end();
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  const from = event.target.closest("#put [data-cell]");
  if (!from || !steps[event.key]) return;
  const [down, across] = steps[event.key];
  let row = from.parentElement;
  let column = from.cellIndex;
  let next = null;
  do {
    row = down > 0 ? row.nextElementSibling : down < 0 ? row.previousElementSibling : row;
    column += across;
    const cell = row?.cells[column];
    if (!cell?.dataset.cell) return;
    next = cell.querySelector("a, button:enabled");
  } while (!next);
  event.preventDefault();
  next.focus();
});
