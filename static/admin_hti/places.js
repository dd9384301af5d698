// Find towns as one types a place, and fill in what is known of the one chosen; what was typed in
// other fields stays. Coordinates pasted in one piece are split.
const WAIT = 150;
const FILLED = {
  country: "country",
  admin1: "region",
  lat: "latitude",
  lon: "longitude",
  precision: "precision",
};
const ENGLISH = new Intl.ListFormat("en");
let lists = 0;

// Two numbers, or degrees with minutes and seconds; each with a letter of the compass or neither.
export function coordinates(text) {
  const typed = text.trim().replace(/^geo:/i, "").replace(/[−–]/g, "-");
  const commas = /^(-?\d{1,3}),(\d+)\s*[;,\s]\s*(-?\d{1,3}),(\d+)$/.exec(typed);
  if (commas) return inRange(`${commas[1]}.${commas[2]}`, `${commas[3]}.${commas[4]}`);
  const plain = /^(-?\d{1,3}(?:\.\d+)?)\s*(?:[,;]\s*|\s)(-?\d{1,3}(?:\.\d+)?)$/.exec(typed);
  if (plain) return inRange(plain[1], plain[2]);
  const angle =
    "(\\d{1,3}(?:\\.\\d+)?)\\s*°?\\s*(?:(\\d{1,2}(?:\\.\\d+)?)\\s*[′'’]?\\s*)?" +
    "(?:(\\d{1,2}(?:\\.\\d+)?)\\s*(?:[″\"”]|''|′′)?\\s*)?";
  const after = new RegExp(`^${angle}([NSEW])[\\s,;]*${angle}([NSEW])$`, "i").exec(typed);
  const before = new RegExp(`^([NSEW])\\s*${angle}[\\s,;]*([NSEW])\\s*${angle}$`, "i").exec(typed);
  const found = after
    ? [after.slice(1, 5), after.slice(5, 9)]
    : before && [
        [...before.slice(2, 5), before[1]],
        [...before.slice(6, 9), before[5]],
      ];
  if (!found) return null;
  const said = {};
  for (const [degrees, minutes = "0", seconds = "0", letter] of found) {
    if (Number(minutes) >= 60 || Number(seconds) >= 60) return null;
    const size = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600;
    const axis = /[NS]/i.test(letter) ? "lat" : "lon";
    said[axis] = /[SW]/i.test(letter) ? -size : size;
  }
  if (said.lat === undefined || said.lon === undefined) return null;
  return inRange(said.lat.toFixed(5), said.lon.toFixed(5));
}

function inRange(lat, lon) {
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return null;
  return [lat, lon].map((number) => String(Number(Number(number).toFixed(6))));
}

function changed(field) {
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

class PlaceSearch {
  constructor(input) {
    this.input = input;
    this.prefix = input.name.replace(/place$/, "");
    this.towns = [];
    this.active = -1;
    this.filled = new Map();
    this.touched = new Set();
    this.number = 0;

    this.list = document.createElement("ul");
    this.list.id = `places-${(lists += 1)}`;
    this.list.className = "places-found";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Places found");
    this.list.hidden = true;
    // In the page, not in the row: a row that scrolls would cut it off.
    document.body.append(this.list);
    this.told = document.createElement("span");
    this.told.className = "place-told";
    this.told.setAttribute("aria-live", "polite");
    input.after(this.told);
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", this.list.id],
      ["autocomplete", "off"],
    ]) {
      input.setAttribute(name, value);
    }
    // A table names its columns and not the fields in them.
    if (!input.labels?.length && !input.hasAttribute("aria-label")) {
      input.setAttribute("aria-label", "Place");
    }
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) this.choose(this.towns[[...this.list.children].indexOf(option)]);
    });
    input.closest(".tabular")?.addEventListener("scroll", () => this.close(), true);
    window.addEventListener("resize", () => this.close());
    for (const name of Object.keys(FILLED)) {
      const field = this.field(name);
      field?.addEventListener("change", ({ isTrusted }) => {
        if (isTrusted) this.touched.add(field);
      });
    }
    for (const name of ["lat", "lon"]) {
      this.field(name)?.addEventListener("paste", (event) => this.pasted(event));
    }
  }

  field(name) {
    return document.getElementsByName(`${this.prefix}${name}`)[0];
  }

  typed() {
    clearTimeout(this.timer);
    this.number += 1;
    this.told.textContent = "";
    const text = this.input.value.trim();
    if (!text) {
      this.close();
      if (this.filled.size) this.undo(false);
      return;
    }
    // One letter says little, but one sign may be a whole word.
    if (text.length < 2 && /^[\u0000-\u024f]$/.test(text)) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.ask(text), WAIT);
  }

  async ask(text) {
    const mine = this.number;
    const query = new URLSearchParams({ q: text, country: this.country() });
    // No answer comes to a page that is left, or once the login has ended; saving says so.
    const asked = fetch(`${this.input.dataset.places}?${query}`, { redirect: "error" });
    const answer = await asked.catch(() => null);
    if (!answer?.ok || mine !== this.number || document.activeElement !== this.input) return;
    const { places, country } = await answer.json();
    if (mine !== this.number) return;
    this.asked = country;
    this.show(places);
  }

  // A country that was filled in here does not narrow the next search.
  country() {
    const field = this.field("country");
    return field && this.filled.get(field)?.after !== field.value ? field.value : "";
  }

  show(towns) {
    this.towns = towns;
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(
      ...towns.map(({ label }, index) => {
        const option = document.createElement("li");
        option.id = `${this.list.id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = label;
        return option;
      }),
    );
    if (towns.length === 0) {
      this.close();
      this.told.textContent = "Not among the larger towns; it is kept as typed.";
      return;
    }
    const { left, bottom } = this.input.getBoundingClientRect();
    this.list.hidden = false;
    const widest = document.documentElement.clientWidth - this.list.offsetWidth - 8;
    this.list.style.left = `${Math.max(8, Math.min(left, widest)) + window.scrollX}px`;
    this.list.style.top = `${bottom + window.scrollY + 2}px`;
    this.input.setAttribute("aria-expanded", "true");
    this.told.textContent = towns.length === 1 ? "1 place" : `${towns.length} places`;
  }

  close() {
    if (this.list.hidden) return;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.told.textContent = "";
  }

  pressed(event) {
    const open = !this.list.hidden;
    if (event.key === "Escape" && (open || this.filled.size)) {
      event.preventDefault();
      if (open) this.close();
      else this.undo(true);
    } else if (open && event.key === "Enter") {
      // Whoever presses Enter over a list answers the list, and does not send the form.
      event.preventDefault();
      if (this.active >= 0) this.choose(this.towns[this.active]);
      else this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) this.move(event.key === "ArrowDown" ? 1 : -1);
      else if (this.input.value.trim()) this.ask(this.input.value.trim());
    }
  }

  move(by) {
    const count = this.towns.length;
    this.active = this.active < 0 && by < 0 ? count - 1 : (this.active + by + count) % count;
    [...this.list.children].forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === this.active));
    });
    const option = this.list.children[this.active];
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  choose(town) {
    this.undo(false);
    this.close();
    const filled = [];
    const kept = [];
    this.fill(this.input, town.name);
    const free = ["lat", "lon"].every((name) => this.isFree(this.field(name)));
    for (const [name, label] of Object.entries(FILLED)) {
      const field = this.field(name);
      if (!field || !town[name] || field.value === town[name]) continue;
      if (name === "country" && this.asked === town.country) continue;
      if (this.isFree(field) && (free || !["lat", "lon"].includes(name))) {
        this.fill(field, town[name]);
        filled.push(label);
      } else {
        kept.push(label);
      }
    }
    const parts = [];
    if (filled.length) parts.push(`Filled in: ${ENGLISH.format(filled)}. Escape takes it back.`);
    if (kept.length) parts.push(`Kept as it was: ${ENGLISH.format(kept)}.`);
    this.told.textContent = parts.join(" ");
  }

  isFree(field) {
    if (!field) return false;
    // A new row says "country" of itself; whoever chose it meant it.
    if (field instanceof HTMLSelectElement) {
      return ["", "country"].includes(field.value) && !this.touched.has(field);
    }
    return field.value === "";
  }

  fill(field, after) {
    this.filled.set(field, { before: field.value, after });
    field.value = after;
    if (field !== this.input) changed(field);
  }

  undo(tell) {
    for (const [field, { before, after }] of this.filled) {
      if (field.value !== after) continue;
      if (field === this.input && !tell) continue;
      field.value = before;
      if (field !== this.input) changed(field);
    }
    this.filled.clear();
    if (tell) this.told.textContent = "Taken back.";
  }

  pasted(event) {
    const text = event.clipboardData?.getData("text") ?? "";
    if (/^\s*-?\d*\.?\d*\s*$/.test(text)) return;
    event.preventDefault();
    const found = coordinates(text);
    if (!found) {
      this.told.textContent = "These are no coordinates.";
      return;
    }
    const [lat, lon] = found;
    for (const [name, value] of Object.entries({ lat, lon })) {
      this.field(name).value = value;
      this.touched.add(this.field(name));
      changed(this.field(name));
    }
    this.told.textContent = `Latitude ${lat}, longitude ${lon}.`;
  }
}

function watchAll(inside) {
  for (const input of inside.querySelectorAll("[data-places]")) {
    if (!input.name.includes("__prefix__") && !input.hasAttribute("role")) new PlaceSearch(input);
  }
}

watchAll(document);
document.addEventListener("formset:added", ({ target }) => watchAll(target));
