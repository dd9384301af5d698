// Say under a field for a date how it is understood, and help to choose one part by part.
// What is understood is always the server's answer: there is one grammar, and it is not here.
const WAIT = 350;
const WAIT_TO_OBJECT = 1200;
const SHAPES = {
  on: ["On a day, in a month or in a year", "Date", ""],
  lasted: ["Lasted from … to …", "From", "To (empty: end not known)"],
  between: ["Some time between … and …", "Earliest", "Latest"],
  ongoing: ["Began …, still going on", "Began", ""],
};

function made(name, attributes = {}, ...inside) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...inside);
  return node;
}

async function answerTo(url, query) {
  // No answer comes to a page that is left, or once the login has ended; saving says so.
  const asked = fetch(`${url}?${new URLSearchParams(query)}`, { redirect: "error" });
  const answer = await asked.catch(() => null);
  return answer?.ok ? answer.json() : null;
}

// Show an answer in a region; `take` is called with the reading that is chosen.
function tell(region, answer, typed, take, alsoInWords = true) {
  region.replaceChildren();
  region.classList.toggle("wrong", Boolean(answer.error));
  // The message of a form names the readings; here they are buttons.
  const asked = "It can be read in more than one way. Which is meant?";
  if (answer.readings.length) region.append(asked);
  else if (answer.error && alsoInWords) region.append(answer.error);
  if (answer.understood) {
    const kept = answer.edtf === typed ? "" : ` (kept as ${answer.edtf})`;
    region.append(`${answer.understood}${kept}`);
  }
  if (answer.readings.length === 0) return;
  const choices = made("span", { class: "readings" });
  for (const { edtf, words } of answer.readings) {
    const choice = made("button", { type: "button" }, words);
    choice.addEventListener("click", () => take(edtf));
    choices.append(choice);
  }
  region.append(choices);
}

// Ask some time after the last change; an answer that came too late is not shown. What is shown
// already stays as it is: pressing one of its buttons leaves the field, which asks once more, and
// a button that is replaced while it is held down is not clicked.
function asking(url, query, show) {
  let timer;
  let number = 0;
  let told;
  async function now(patient) {
    clearTimeout(timer);
    const mine = ++number;
    const asked = String(new URLSearchParams(query()));
    if (asked === told) return;
    const answer = await answerTo(url, asked);
    if (!answer || mine !== number) return;
    const tellNow = () => {
      told = asked;
      show(answer);
    };
    if (patient && answer.error) timer = setTimeout(tellNow, WAIT_TO_OBJECT - WAIT);
    else tellNow();
  }
  return {
    now: () => now(false),
    forget: () => (told = undefined),
    soon() {
      clearTimeout(timer);
      number += 1;
      timer = setTimeout(() => now(true), WAIT);
    },
  };
}

class Chooser {
  // One dialog for all fields of the page.
  constructor() {
    this.title = made("h2", { id: "date-chooser-title" });
    this.shapes = made("fieldset", {}, made("legend", {}, "What is known"));
    for (const [shape, [label]] of Object.entries(SHAPES)) {
      const radio = made("input", { type: "radio", name: "shape", value: shape });
      this.shapes.append(made("label", {}, radio, label));
    }
    [this.first, this.last] = ["first", "last"].map((name) =>
      made("input", {
        name,
        type: "text",
        autocomplete: "off",
        maxlength: "60",
        "aria-describedby": "date-chooser-forms",
      }),
    );
    [this.firstLabel, this.lastLabel] = [made("span"), made("span")];
    this.lastPart = made("label", {}, this.lastLabel, this.last);
    const parts = made(
      "div",
      { class: "date-parts" },
      made("label", {}, this.firstLabel, this.first),
      this.lastPart,
    );
    const forms = "2024, 2024-03, 2024-03-14, 14.3.2024, 14 March 2024 or spring 2024";
    this.about = made("input", { type: "checkbox", name: "about" });
    this.uncertain = made("input", { type: "checkbox", name: "uncertain" });
    const doubt = made(
      "fieldset",
      { class: "date-doubt" },
      made("legend", {}, "Doubt"),
      made("label", {}, this.about, "About: near this date"),
      made("label", {}, this.uncertain, "Uncertain: it may be wrong"),
    );
    this.region = made("p", { class: "understood", "aria-live": "polite" });
    const use = made("button", { type: "submit", class: "use" }, "Use this date");
    const cancel = made("button", { type: "button", class: "cancel" }, "Cancel");
    this.form = made(
      "form",
      { method: "dialog", novalidate: "" },
      this.title,
      this.shapes,
      parts,
      made("p", { class: "help", id: "date-chooser-forms" }, forms),
      doubt,
      this.region,
      made("div", { class: "date-buttons" }, use, cancel),
    );
    this.dialog = made(
      "dialog",
      { class: "date-chooser", "aria-labelledby": "date-chooser-title" },
      this.form,
    );
    document.body.append(this.dialog);

    this.form.addEventListener("input", () => {
      this.arrange();
      this.question?.soon();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.use();
    });
    cancel.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => this.field?.focus());
  }

  get shape() {
    return new FormData(this.form).get("shape") ?? "on";
  }

  async open(field, label) {
    this.field = field;
    this.url = field.dataset.dateInWords;
    this.question = asking(
      this.url,
      () => this.query(),
      (answer) => this.show(answer),
    );
    const answer = await answerTo(this.url, { text: field.value });
    const typed = field.value.trim();
    const parts = answer?.parts ?? { shape: "on", first: typed, last: "" };
    this.title.textContent = label;
    for (const radio of this.form.elements.shape) radio.checked = radio.value === parts.shape;
    this.first.value = parts.first;
    this.last.value = parts.last;
    this.about.checked = Boolean(parts.about);
    this.uncertain.checked = Boolean(parts.uncertain);
    this.region.replaceChildren();
    this.arrange();
    this.dialog.showModal();
    this.first.focus();
    if (typed) this.question.now();
  }

  arrange() {
    const [, first, last] = SHAPES[this.shape];
    this.firstLabel.textContent = first;
    this.lastLabel.textContent = last;
    this.lastPart.hidden = !last;
  }

  query() {
    const query = { shape: this.shape, first: this.first.value };
    if (!this.lastPart.hidden) query.last = this.last.value;
    if (this.about.checked) query.about = "1";
    if (this.uncertain.checked) query.uncertain = "1";
    return query;
  }

  show(answer) {
    tell(this.region, answer, answer.edtf, (edtf) => this.take(edtf));
    if (answer.edtf) this.region.append(made("code", {}, answer.edtf));
  }

  async use() {
    const answer = await answerTo(this.url, this.query());
    if (!answer) return;
    if (answer.edtf) {
      this.take(answer.edtf);
    } else {
      this.question.forget();
      this.show(answer);
      this.first.focus();
    }
  }

  take(edtf) {
    write(this.field, edtf);
    this.dialog.close();
  }
}

function write(field, edtf) {
  field.value = edtf;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

let chooser;

function nameOf(field) {
  const heading = field.closest("td")?.cellIndex;
  const inTable = field.closest("table")?.tHead?.rows[0]?.cells[heading];
  const label = field.labels?.[0] ?? inTable;
  return (label?.firstChild?.textContent ?? "").trim().replace(/:$/, "") || "Date";
}

function watch(field) {
  const region = document.getElementById(`${field.id}_understood`);
  if (!region || field.dataset.watched) return;
  field.dataset.watched = "true";
  const take = (edtf) => {
    write(field, edtf);
    field.focus();
  };
  const question = asking(
    field.dataset.dateInWords,
    () => ({ text: field.value }),
    (answer) => tell(region, answer, field.value.trim(), take),
  );
  let asked = field.value;
  field.addEventListener("input", () => {
    asked = field.value;
    question.soon();
  });
  field.addEventListener("change", () => {
    if (asked || region.childNodes.length) question.now();
  });

  const label = nameOf(field);
  const button = made("button", { type: "button", class: "choose-date" }, "Choose");
  button.append(made("span", { class: "visually-hidden" }, ` a date: ${label}`));
  button.addEventListener("click", () => {
    chooser ??= new Chooser();
    chooser.open(field, label);
  });
  field.after(button);
  // After a refused save the errors say what is wrong; what may be meant is offered here.
  if (field.value && !region.textContent.trim()) {
    answerTo(field.dataset.dateInWords, { text: field.value }).then((answer) => {
      if (answer?.error) tell(region, answer, field.value, take, false);
    });
  }
}

function watchAll(inside) {
  for (const field of inside.querySelectorAll("[data-date-in-words]")) {
    if (!field.name.includes("__prefix__")) watch(field);
  }
}

watchAll(document);
document.addEventListener("formset:added", ({ target }) => watchAll(target));
