// How much of its length a field has used, in the words of its data-counter ("{used} of {most}").
// The number is drawn only; a screen reader knows the limit from maxlength.
function count(field) {
  const words = field.dataset.counter.replace("{used}", field.value.length);
  let note = field.nextElementSibling;
  if (!note || !note.classList.contains("counter")) {
    note = document.createElement("p");
    note.className = "counter quiet number";
    note.setAttribute("aria-hidden", "true");
    field.after(note);
  }
  note.textContent = words.replace("{most}", field.maxLength);
}

document.addEventListener("input", ({ target }) => target.dataset.counter && count(target));
document.addEventListener("focusin", ({ target }) => target.dataset.counter && count(target));
