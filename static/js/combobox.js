// Choosing by typing, as the ARIA pattern of an editable combobox with a list has it. A line of text
// asks its address what fits; a <select> is covered by such a line and searched under all names.
"use strict";

const folded = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();

class Combobox {
  constructor(input, words, find, take) {
    Object.assign(this, { input, words, find, take, active: -1 });
    const wrap = document.createElement("div");
    wrap.className = "combobox";
    input.before(wrap);
    this.list = document.createElement("ul");
    this.list.className = "combobox-list";
    this.list.id = `${input.id}-list`;
    this.list.hidden = true;
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    wrap.append(input, this.list, this.status);
    const label = document.querySelector(`label[for="${CSS.escape(input.id)}"]`);
    const named = { role: "listbox", "aria-label": label?.firstChild.textContent.trim() ?? "" };
    for (const [name, value] of Object.entries(named)) this.list.setAttribute(name, value);
    this.status.setAttribute("role", "status");
    const roles = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list" };
    const more = { "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries({ ...roles, ...more })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.search());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("click", () => this.list.hidden && !words.url && this.search(""));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => this.choose(target.closest("[role=option]")));
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  async search(text = this.input.value) {
    const found = await this.find(text);
    if (!found || document.activeElement !== this.input) return;
    this.list.replaceChildren(...found);
    this.options.forEach((option, at) => (option.id = `${this.list.id}-${at}`));
    this.mark(-1);
    this.show(this.options.length > 0);
    const count = this.options.length;
    const said = count ? this.words.found.replace("{number}", count) : this.words.nothing;
    this.status.textContent = text ? said : "";
  }

  show(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) this.mark(-1);
  }

  close() {
    this.show(false);
    this.words.left?.();
  }

  mark(at) {
    this.active = at;
    this.options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    const option = this.options[at];
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  choose(option) {
    if (!option) return;
    this.take(option);
    this.show(false);
    this.status.textContent = "";
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async press(event) {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) await this.search(this.words.url ? this.input.value : "");
      const count = this.options.length;
      const step = key === "ArrowDown" ? 1 : -1;
      if (count) this.mark(this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count);
    } else if (key === "Enter" && !this.list.hidden && this.active >= 0) {
      event.preventDefault();
      this.choose(this.options[this.active]);
    } else if (key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.show(false);
    }
  }
}

function askServer(input) {
  const { combobox: url, found, nothing } = input.dataset;
  const chosen = document.querySelector(`[data-chosen="${CSS.escape(input.id)}"]`);
  let last;
  const find = async (text) => {
    if (chosen) chosen.value = "";
    last?.abort();
    last = new AbortController();
    const { signal } = last;
    await new Promise((done) => setTimeout(done, 150));
    if (signal.aborted) return null;
    const template = document.createElement("template");
    try {
      const answer = await fetch(`${url}?q=${encodeURIComponent(text)}`, { signal });
      template.innerHTML = answer.ok ? await answer.text() : "";
    } catch {
      return null; // offline, or more was typed: the name can be written out
    }
    return template.content.children;
  };
  new Combobox(input, { url, found, nothing }, find, (option) => {
    input.value = option.dataset.value;
    if (chosen) chosen.value = option.dataset.id;
  });
}

function cover(select) {
  const input = document.createElement("input");
  input.className = select.className;
  input.id = select.id; // the label and the list of errors lead to it
  select.id = `${input.id}-codes`;
  for (const name of ["aria-describedby", "aria-invalid"])
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  select.before(input);
  select.hidden = true;
  const entries = [...select.options].map((option) => ({
    option,
    keys: folded(`${option.text} | ${option.dataset.names ?? ""}`).split(/ \| | · /),
  }));
  const country = document.querySelector(`select[name="${CSS.escape(select.dataset.within ?? "")}"]`);
  const shown = () => (input.value = select.value ? select.selectedOptions[0].text : "");
  const matches = (keys, text) =>
    keys.some((key) => key.startsWith(text)) ? 2 : keys.some((key) => key.includes(text)) ? 1 : 0;
  const find = (typed) => {
    const text = folded(typed);
    const within = ({ option }) => !country?.value || !option.dataset.country || option.dataset.country === country.value;
    return entries
      .filter((entry) => within(entry) && (text === "" || (entry.option.value && matches(entry.keys, text))))
      .sort((a, b) => (text ? matches(b.keys, text) - matches(a.keys, text) : 0))
      .map(({ option }) => {
        const item = document.createElement("li");
        item.setAttribute("role", "option");
        item.textContent = option.text;
        item.dataset.value = option.value;
        return item;
      });
  };
  const set = (value) => {
    const before = select.value;
    select.value = value;
    shown();
    if (select.value !== before) select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const left = () => {
    const text = folded(input.value);
    const same = entries.find(({ option, keys }) => option.value && (keys.includes(text) || folded(option.text) === text));
    set(text === "" ? "" : same ? same.option.value : select.value);
  };
  const { found, nothing } = select.dataset;
  new Combobox(input, { found, nothing, left }, find, (option) => {
    set(option.dataset.value);
    const home = select.selectedOptions[0]?.dataset.country;
    if (country && home && !country.value) country.dispatchEvent(new CustomEvent("combobox:set", { detail: home }));
  });
  select.addEventListener("combobox:set", ({ detail }) => set(detail));
  country?.addEventListener("change", () => {
    const home = select.selectedOptions[0]?.dataset.country;
    if (home && country.value && home !== country.value) set("");
  });
  shown();
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("input[data-combobox]").forEach(askServer);
  document.querySelectorAll("select[data-combobox]").forEach(cover);
});
