// What an article proposes: A keeps a value and C clears it, and both go on to the next; J and K
// go on and back. The words of the value in hand are shown in the text, its field in the form.
const list = document.querySelector("[data-proposals]");
const items = list ? [...list.querySelectorAll("[data-proposed]")] : [];
const bare = list ? JSON.parse(list.dataset.unfilled) : {};
const proposed = new Map();

function inputs(item) {
  const names = item.dataset.inputs.split(" ");
  return names.flatMap((name) => [...document.getElementsByName(name)]);
}

// What a field holds where nobody filled it: that of the row from which new rows are copied.
function unfilled(field) {
  if (field.name in bare) return bare[field.name];
  const copied = document.getElementsByName(field.name.replace(/-\d+-/, "-__prefix__-"))[0];
  return copied && copied !== field ? copied.value : "";
}

function boxed(field) {
  return field.type === "checkbox" || field.type === "radio";
}

function fill(item, given) {
  for (const field of inputs(item)) {
    const before = proposed.get(field);
    if (boxed(field)) field.checked = given ? before : false;
    else field.value = given ? before : unfilled(field);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function decide(item, act) {
  fill(item, act === "keep");
  item.dataset.state = act;
  for (const button of item.querySelectorAll("[data-act]")) {
    button.setAttribute("aria-pressed", String(button.dataset.act === act));
  }
}

function go(from, step) {
  const next = items[Math.min(Math.max(from + step, 0), items.length - 1)];
  next?.focus();
}

function show(item) {
  for (const old of document.querySelectorAll("[data-words].now, .proposed-field")) {
    old.classList.remove("now", "proposed-field");
  }
  const words = document.querySelector(`[data-words~="${item.dataset.proposed}"]`);
  words?.classList.add("now");
  const box = words?.closest(".proposal-text");
  if (box) box.scrollTop = words.offsetTop - box.clientHeight / 3;
  for (const field of inputs(item)) {
    const folded = field.closest("details");
    if (folded) folded.open = true;
    field.closest(".form-row, td")?.classList.add("proposed-field");
  }
}

for (const [place, item] of items.entries()) {
  for (const field of inputs(item)) proposed.set(field, boxed(field) ? field.checked : field.value);
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
    if (act) decide(item, act);
    go(place, step);
  });
}

if (items.length && !document.querySelector("form [aria-invalid='true']")) items[0].focus();

// A kind that becomes the first one is no other one as well.
document.querySelector("#id_event_type")?.addEventListener("change", ({ target }) => {
  const same = `[name="other_event_types"][value="${CSS.escape(target.value)}"]`;
  const other = items.length ? document.querySelector(same) : null;
  if (other) other.checked = false;
});
