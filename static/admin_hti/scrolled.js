// A table wider than the window scrolls; without a field in it, the keyboard could not reach it.
function reach(table) {
  const wide = table.scrollWidth > table.clientWidth;
  if (wide) table.tabIndex = 0;
  else table.removeAttribute("tabindex");
}

const watch = new ResizeObserver((seen) => seen.forEach(({ target }) => reach(target)));
for (const table of document.querySelectorAll(".inline-group .tabular fieldset")) watch.observe(table);
