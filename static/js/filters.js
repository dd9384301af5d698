// Comfort for the filter form; it works without this too.
// The form may be exchanged, so the document listens for it.
function onChange(act) {
  document.addEventListener(
    "change",
    ({ target }) => {
      if (target.form?.id === "filter-form") act(target, target.form);
    },
    { capture: true },
  );
}

// `none` stands alone: choosing it takes back the others, and the other way round.
onChange((target, form) => {
  if (target.type !== "checkbox" || !target.checked) return;
  if (!target.closest("[data-alone]")) return;
  for (const other of form.querySelectorAll(`[name="${target.name}"]:checked`)) {
    if (other !== target && (target.value === "none" || other.value === "none")) {
      other.checked = false;
    }
  }
});

// A year and a period exclude each other; naming one takes the other back.
onChange((target, form) => {
  if (target.name === "year") {
    for (const name of ["from", "to"]) form.elements[name].value = "";
  } else if ((target.name === "from" || target.name === "to") && target.value) {
    const chosen = form.querySelector("[name=year]:checked");
    if (chosen) chosen.checked = false;
  }
});

const RESULTS = "#results, #dashboard";
document.addEventListener("htmx:beforeRequest", ({ target }) => {
  if (target.id !== "filter-form") return;
  document.querySelector(RESULTS)?.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:sendError", () => {
  const results = document.querySelector(RESULTS);
  results?.setAttribute("aria-busy", "false");
  const told = document.createElement("p");
  told.className = "error";
  told.textContent = "The site did not answer. What is shown is older than the filters.";
  results?.prepend(told);
});
