// Work without a mouse: a new row takes the focus, Space presses what says it is a button,
// Ctrl+Enter or Cmd+Enter saves.
const FIELDS = "input:not([type=hidden]), select, textarea";

// A description that a row was copied with speaks of the row it was copied from.
function describe(row) {
  for (const field of row.querySelectorAll("[aria-describedby*='__prefix__']")) {
    const told = field.getAttribute("aria-describedby");
    const number = field.id.match(/-(\d+)-/)?.[1];
    if (number) field.setAttribute("aria-describedby", told.replaceAll("__prefix__", number));
  }
}

document.addEventListener("formset:added", ({ target }) => {
  describe(target);
  const first = [...target.querySelectorAll(FIELDS)].find((field) => field.offsetParent);
  first?.focus();
});

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (key === " " && target instanceof HTMLAnchorElement && target.matches("[role=button]")) {
    event.preventDefault();
    target.click();
  }
  if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = target.closest("form") ?? document.querySelector("#incident_form");
    const save = form?.querySelector("[name=_save]");
    if (!save) return;
    event.preventDefault();
    form.requestSubmit(save);
  }
});

// The removed row had the focus; its neighbour, or what adds rows, takes it.
document.addEventListener("formset:removed", ({ detail }) => {
  document.querySelector(`#${detail.formsetName}-group .add-row a`)?.focus();
});

// After an error the first field that is wrong takes the cursor.
document.querySelector("form [aria-invalid='true']")?.focus();
