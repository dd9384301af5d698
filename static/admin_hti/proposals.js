// What an article proposes: A keeps a value and C clears it, and both go on to the next; J and K
// go on and back. The words of the value in hand are shown in the text, its field in the form.
const list = document.querySelector("[data-proposals]");
const items = list ? [...list.querySelectorAll("[data-proposed]")] : [];
const bare = list ? JSON.parse(list.dataset.unfilled) : {};
const told = document.querySelector(".proposal-judged");
let hand;
// Of each item its fields, and the values that they were proposed with.
const fields = new Map();
const proposed = new Map();

function named(names) {
  return names.flatMap((name) => [...document.getElementsByName(name)]);
}

function boxed(field) {
  return field.type === "checkbox" || field.type === "radio";
}

// What the page came with: a browser that goes back puts what was typed into the fields.
function given(field) {
  if (boxed(field)) return field.defaultChecked;
  if (!field.options) return field.defaultValue;
  return [...field.options].find((option) => option.defaultSelected)?.value ?? "";
}

// What a field holds where nobody filled it: that of the row from which new rows are copied.
function unfilled(field) {
  if (field.name in bare) return bare[field.name];
  const copied = document.getElementsByName(field.name.replace(/-\d+-/, "-__prefix__-"))[0];
  return copied && copied !== field ? copied.value : "";
}

function fill(item, kept) {
  for (const field of fields.get(item)) {
    const before = proposed.get(field);
    if (boxed(field)) field.checked = kept ? before : false;
    else field.value = kept ? before : unfilled(field);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function mark(item, act) {
  item.dataset.state = act;
  for (const button of item.querySelectorAll("[data-act]")) {
    button.setAttribute("aria-pressed", String(button.dataset.act === act));
  }
  const judged = items.filter(({ dataset }) => dataset.state).length;
  told.textContent = told.dataset.words.replace("{n}", judged).replace("{all}", items.length);
}

function decide(item, act) {
  fill(item, act === "keep");
  mark(item, act);
}

function go(from, step) {
  items[Math.min(Math.max(from + step, 0), items.length - 1)].focus();
}

// Tab goes from the item in hand on to the text and the form, not through all other items.
function reach(item) {
  for (const other of items) {
    const index = other === item ? 0 : -1;
    for (const stop of [other, ...other.querySelectorAll("[data-act]")]) stop.tabIndex = index;
  }
}

function show(item) {
  reach(item);
  hand?.removeAttribute("data-hand");
  hand = item;
  hand.dataset.hand = "";
  for (const old of document.querySelectorAll("[data-words].now, .proposed-field")) {
    old.classList.remove("now", "proposed-field");
  }
  const words = document.querySelectorAll(`mark[data-words~="${item.dataset.proposed}"]`);
  for (const piece of words) piece.classList.add("now");
  const box = words[0]?.closest(".proposal-text");
  if (box) box.scrollTop = words[0].offsetTop - box.clientHeight / 3;
  for (const field of fields.get(item)) {
    const folded = field.closest("details");
    if (folded) folded.open = true;
    field.closest(".fieldBox, .form-row, td")?.classList.add("proposed-field");
  }
}

// Scroll what is in hand into view within the panel, and leave the page where it is.
function stay() {
  if (!hand) return;
  within(list, hand.getBoundingClientRect());
  const [item, shown] = [hand, list].map((one) => one.getBoundingClientRect());
  const seen = { top: Math.max(item.top, shown.top), bottom: Math.min(item.bottom, shown.bottom) };
  within(list.closest(".proposal"), seen);
}

function within(box, { top, bottom }) {
  const edges = box.getBoundingClientRect();
  const above = top - edges.top;
  const below = Math.min(bottom - edges.bottom, above);
  if (above < 0 || below > 0) box.scrollTop += above < 0 ? above : below;
}

// What was judged is sent along, so that it is here again after an error.
function judged() {
  return items.map((item) => ({
    shown: item.querySelector("strong").textContent,
    act: item.dataset.state ?? "",
    fields: fields
      .get(item)
      .filter((field) => field.isConnected)
      .map((field) => [field.name, field.value, proposed.get(field)]),
  }));
}

function restored(item, before) {
  if (!before || before.shown !== item.querySelector("strong").textContent) return false;
  const found = [];
  for (const [name, value, kept] of before.fields) {
    const field = named([name]).find((one) => !boxed(one) || one.value === value);
    if (!field) continue;
    found.push(field);
    proposed.set(field, kept);
  }
  fields.set(item, found);
  if (before.act) mark(item, before.act);
  return true;
}

function begin(item, before) {
  if (!restored(item, before)) {
    fields.set(item, named(item.dataset.inputs.split(" ")));
    for (const field of fields.get(item)) proposed.set(field, given(field));
  }
  lose(item);
}

// A row that was taken out of the form is cleared, and nothing of it can be kept any more.
function lose(item) {
  if (fields.get(item).some((field) => field.isConnected)) return;
  mark(item, "clear");
  for (const button of item.querySelectorAll("[data-act]")) button.disabled = true;
}

const sent = JSON.parse(list?.dataset.judged || "[]");
for (const [place, item] of items.entries()) {
  begin(item, sent[place]);
  item.querySelector(".proposed-acts").hidden = false;
  item.addEventListener("focusin", () => show(item));
  item.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (act) decide(item, act);
  });
  item.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = { a: "keep", c: "clear" }[event.key];
    const step = act ? 1 : { j: 1, k: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    if (act && fields.get(item).some((field) => field.isConnected)) decide(item, act);
    go(place, step);
  });
}

if (items.length) {
  document.querySelector("#proposal-keys").hidden = false;
  reach(items[0]);
  // What is opened or told beside the list makes it lower: what is in hand stays in view.
  const panel = list.closest(".proposal");
  const room = new ResizeObserver(stay);
  for (const box of [list, panel]) room.observe(box);
  panel.addEventListener("toggle", stay, true);
  list.closest("form").addEventListener("formdata", ({ formData }) => {
    formData.set("_judged", JSON.stringify(judged()));
  });
  document.addEventListener("formset:removed", () => items.forEach(lose));
}

// The form gives the cursor to its first button or field at a moment of its own, before this one.
addEventListener("load", () => {
  const typing = document.activeElement.matches("input:not([autofocus]), select, textarea");
  const wrong = document.querySelector("form [aria-invalid='true']");
  if (items.length && !typing) (wrong ?? items[0]).focus();
});

// A kind that becomes the first one is no other one as well.
document.querySelector("#id_event_type")?.addEventListener("change", ({ target }) => {
  const same = `[name="other_event_types"][value="${CSS.escape(target.value)}"]`;
  const other = items.length ? document.querySelector(same) : null;
  if (other) other.checked = false;
});

// The finding that came with a status says what is chosen by hand in its place.
document.querySelector("#id_status")?.addEventListener("change", ({ target }) => {
  const proposed = items.flatMap((item) => fields.get(item));
  const finding = proposed.find(({ name }) => /^findings-\d+-status$/.test(name));
  if (!finding?.value || finding.value === target.value) return;
  finding.value = target.value;
  finding.dispatchEvent(new Event("change", { bubbles: true }));
});
