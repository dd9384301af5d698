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
}

function isDefined(node) {
  return (
    node instanceof HTMLSelectElement &&
    node.querySelector("option[title]") &&
    node.closest(".aligned, .inline-related") &&
    !node.closest(".tabular")
  );
}

document.addEventListener("change", ({ target }) => {
  if (isDefined(target)) explain(target);
});
for (const list of document.querySelectorAll("select")) {
  if (isDefined(list) && !list.name.includes("__prefix__")) explain(list);
}
document.addEventListener("formset:added", ({ target }) => {
  for (const list of target.querySelectorAll("select")) {
    if (isDefined(list)) explain(list);
  }
});
