// Say under the field which incidents rest on an address already; saving is never held up.
const WAIT = 350;

function shown(region, known) {
  region.replaceChildren();
  if (known.length === 0) return;
  const lead = document.createElement("p");
  lead.textContent = "This article is already cited in:";
  const list = document.createElement("ul");
  for (const { reference, title, state, url } of known) {
    const link = document.createElement("a");
    link.href = url;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = `${reference} ${title}`;
    const item = document.createElement("li");
    item.append(link, ` (${state})`);
    list.append(item);
  }
  region.append(lead, list);
}

function watch(field) {
  const region = document.createElement("div");
  region.className = "known-article";
  region.setAttribute("aria-live", "polite");
  field.closest(".form-row").append(region);
  let timer;
  let asked = "";

  async function ask() {
    const url = field.value.trim();
    if (url === asked) return;
    asked = url;
    if (!/^https?:\/\/.+\../i.test(url)) {
      shown(region, []);
      return;
    }
    const query = new URLSearchParams({ url });
    const answer = await fetch(`${field.dataset.knownArticle}?${query}`);
    if (!answer.ok || field.value.trim() !== url) return;
    const { known } = await answer.json();
    shown(region, known);
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("blur", ask);
  ask();
}

document.querySelectorAll("[data-known-article]").forEach(watch);
