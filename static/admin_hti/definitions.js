// Show what the word chosen in a list means; the definitions are the titles of the options.
function explain(list) {
  const chosen = list.selectedOptions[0]?.title ?? "";
  let told = list.parentElement.querySelector(":scope > .definition");
  if (!told) {
    if (!chosen) return;
    told = document.createElement("span");
    told.className = "definition";
    list.after(told);
  }
  told.textContent = chosen;
  told.id = `${list.id}_definition`;
  const others = (list.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .filter((id) => id && !id.endsWith("_definition"));
  const described = chosen ? [...others, told.id] : others;
  if (described.length) list.setAttribute("aria-describedby", described.join(" "));
  else list.removeAttribute("aria-describedby");
}

function isDefined(node) {
  return (
    node instanceof HTMLSelectElement &&
    !node.name.includes("__prefix__") &&
    node.querySelector("option[title]") &&
    node.closest(".aligned, .inline-related")
  );
}

function explainAll() {
  for (const list of document.querySelectorAll("select")) {
    if (isDefined(list)) explain(list);
  }
}

document.addEventListener("change", ({ target }) => {
  if (isDefined(target)) explain(target);
});
// Rows that come and go take other numbers, and with them other ids.
document.addEventListener("formset:added", explainAll);
document.addEventListener("formset:removed", explainAll);
explainAll();
