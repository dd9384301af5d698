// A table wider than the window scrolls: it says so as long as something is cut off at its end, and
// takes the focus, as without a field in it the keyboard could not reach it.
const words = document.querySelector("#more-columns");
// So many pixels are no column.
const OFF = 24;

function reach(table) {
  const wide = table.scrollWidth > table.clientWidth;
  if (wide) table.tabIndex = 0;
  else table.removeAttribute("tabindex");
  const left = table.scrollWidth - table.clientWidth - Math.abs(table.scrollLeft);
  table.toggleAttribute("data-more", left > OFF);
}

function told(table) {
  const button = words.content.firstElementChild.cloneNode(true);
  button.addEventListener("click", () => {
    table.scrollBy(table.clientWidth / 2, 0);
  });
  table.after(button);
}

const watch = new ResizeObserver((seen) => {
  for (const { target } of seen) reach(target.closest("fieldset"));
});
for (const table of document.querySelectorAll(".inline-group .tabular fieldset")) {
  if (words) told(table);
  table.addEventListener("scroll", () => reach(table), { passive: true });
  watch.observe(table);
  // Its rows may become more or wider while it stays as wide as it is.
  const rows = table.querySelector("table");
  if (rows) watch.observe(rows);
}
