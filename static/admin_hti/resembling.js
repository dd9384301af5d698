// While a draft is entered, say which records it may be of. The server compares; what stands here
// asks it when a field that matters has changed, and keeps what was decided meanwhile.
const WAIT = 600;
const ASKED =
  /^(article_url|more_articles|title|occurred|country_name|event_type|locations-\d+-place|targets-\d+-name)$/;

const region = document.querySelector("[data-resembling]");
const form = region?.closest("form");

function typed() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (ASKED.test(name) && value.trim()) query.append(name, value);
  }
  return query;
}

function decided() {
  const said = [...region.querySelectorAll("[name=decided]")];
  return said.map(({ value }) => value).filter(Boolean);
}

function show(html) {
  const before = decided();
  const inside = region.querySelector("[data-found]");
  inside.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  for (const list of inside.querySelectorAll("select")) {
    const chosen = [...list.options].find((option) => before.includes(option.value));
    if (chosen) chosen.selected = true;
  }
  const heading = inside.querySelector("h2");
  region.hidden = !heading;
  region.querySelector("[role=status]").textContent = heading?.textContent.trim() ?? "";
}

let timer;
let last = "";

async function ask() {
  const query = typed();
  if (String(query) === last) return;
  last = String(query);
  // A title alone says little: something else has to be there too.
  if (!query.has("article_url") && (!query.has("title") || query.size < 2)) {
    show("");
    return;
  }
  // No answer comes to a page that is left, or once the login has ended; saving says so.
  const asked = fetch(`${region.dataset.resembling}?${query}`, { redirect: "error" });
  const answer = await asked.catch(() => null);
  if (answer?.ok && String(typed()) === last) show(await answer.text());
}

// All that was typed goes along, so that it comes back where the record cannot be attached to.
// No submit button stands in the region: the first one of a form is what Enter presses.
function attach(sent, reference, address) {
  const chosen = document.createElement("input");
  Object.assign(chosen, { type: "hidden", name: "attach_to", value: reference });
  sent.append(chosen);
  sent.action = address;
  sent.submit();
}

// Of a draft that is saved the buttons stand in a form of their own, which works without a script.
const own = document.getElementById("attach-to");
const saved = own && document.getElementById("incident_form");
if (saved) {
  own.addEventListener("submit", (event) => {
    event.preventDefault();
    attach(saved, event.submitter.value, own.action);
  });
}

if (form) {
  region.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-attach-to]");
    if (button) attach(form, button.dataset.attachTo, region.dataset.attach);
  });
  for (const event of ["input", "change"]) {
    form.addEventListener(event, ({ target }) => {
      if (!ASKED.test(target.name ?? "")) return;
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
  }
  ask();
}
