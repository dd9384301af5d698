// The inbox by keyboard: J and K from one item to the next, a letter for each decision.
const items = [...document.querySelectorAll("[data-item]")];

function here() {
  return items.findIndex((item) => item.contains(document.activeElement));
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !items.length) return;
  const step = { j: 1, k: -1 }[event.key];
  if (step) {
    const next = Math.min(Math.max(here() + step, 0), items.length - 1);
    items[next].focus();
    event.preventDefault();
    return;
  }
  const target = items[here()]?.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target instanceof HTMLInputElement) target.focus();
  else target.click();
});
