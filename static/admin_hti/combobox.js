// Name the fields that find rows as one types: select2 gives its boxes no name but their value.
const $ = window.django?.jQuery;

function labelOf(list) {
  return list.getAttribute("aria-label") ?? list.labels[0]?.textContent.replace(/:\s*$/, "") ?? "";
}

function name(list) {
  const box = list.parentElement.querySelector(".select2-selection");
  const value = box?.querySelector(".select2-selection__rendered");
  if (!value) return;
  box.id = `${list.id}_combobox`;
  box.setAttribute("aria-label", labelOf(list));
  box.setAttribute("aria-labelledby", `${box.id} ${value.id}`);
  const described = list.getAttribute("aria-describedby");
  if (described) box.setAttribute("aria-describedby", described);
  value.removeAttribute("role");
  value.removeAttribute("aria-readonly");
}

function nameAll() {
  for (const list of document.querySelectorAll("select.admin-autocomplete")) {
    if (!list.name.includes("__prefix__")) name(list);
  }
}

if ($) {
  $(nameAll);
  $(document).on("select2:open", ({ target }) => {
    const search = document.querySelector(".select2-container--open .select2-search__field");
    search?.setAttribute("aria-label", labelOf(target));
  });
  document.addEventListener("formset:added", nameAll);
  document.addEventListener("formset:removed", nameAll);
}
