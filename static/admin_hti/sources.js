// Beside each field for numbers of articles: which article has which number.
const MOST = 60;

function address(text) {
  const shown = text.replace(/^https?:\/\/(www\.)?/i, "");
  return shown.length > MOST ? `${shown.slice(0, MOST)}…` : shown;
}

function articles() {
  const first = document.querySelector("[name=article_url]").value.trim();
  const lines = document.querySelector("[name=more_articles]").value.split(/\r?\n/);
  const rows = document.querySelectorAll("select[name^='citations-'][name$='-article']");
  return [
    address(first) || "the first article",
    ...lines.map((line) => line.trim()).filter(Boolean).map(address),
    ...[...rows].filter((row) => row.value).map((row) => address(row.selectedOptions[0].text)),
  ];
}

function list(field) {
  const id = `${field.id}_articles`;
  let told = document.getElementById(id);
  if (!told) {
    told = document.createElement("ol");
    told.id = id;
    told.className = "article-numbers";
    field.after(told);
  }
  told.replaceChildren(
    ...articles().map((text) => {
      const item = document.createElement("li");
      item.textContent = text;
      return item;
    }),
  );
  const described = field.getAttribute("aria-describedby") ?? "";
  if (!described.split(" ").includes(id)) {
    field.setAttribute("aria-describedby", `${described} ${id}`.trim());
  }
}

function listAll() {
  for (const field of document.querySelectorAll("input.numbers")) {
    if (!field.name.includes("__prefix__")) list(field);
  }
}

if (document.querySelector("[name=more_articles]")) {
  for (const event of ["change", "formset:added", "formset:removed"]) {
    document.addEventListener(event, listAll);
  }
  listAll();
}
