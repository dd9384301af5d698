// Comfort for the filter form; it works without this too.
const form = document.getElementById("filter-form");

// `none` stands alone: choosing it takes back the others, and the other way round.
form?.addEventListener(
  "change",
  ({ target }) => {
    if (target.type !== "checkbox" || !target.checked) return;
    if (!target.closest("[data-alone]")) return;
    for (const other of form.querySelectorAll(`[name="${target.name}"]:checked`)) {
      if (other !== target && (target.value === "none" || other.value === "none")) {
        other.checked = false;
      }
    }
  },
  { capture: true },
);

// A year and a period exclude each other; naming one takes the other back.
form?.addEventListener(
  "change",
  ({ target }) => {
    if (target.name === "year") {
      for (const name of ["from", "to"]) form.elements[name].value = "";
    } else if ((target.name === "from" || target.name === "to") && target.value) {
      const chosen = form.querySelector("[name=year]:checked");
      if (chosen) chosen.checked = false;
    }
  },
  { capture: true },
);

document.addEventListener("htmx:beforeRequest", () => {
  document.getElementById("results")?.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:sendError", () => {
  const results = document.getElementById("results");
  results?.setAttribute("aria-busy", "false");
  const told = document.createElement("p");
  told.className = "error";
  told.textContent = "The site did not answer. What is shown is older than the filters.";
  results?.prepend(told);
});
