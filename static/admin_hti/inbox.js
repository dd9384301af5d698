// The inbox by keyboard: J and K from one item to the next, a letter for each decision.
const items = [...document.querySelectorAll("[data-item]")];

function here() {
  return items.findIndex((item) => item.contains(document.activeElement));
}

// After a decision the page is a new one: go on where that was made.
const PLACE = "inbox-place";
const place = sessionStorage.getItem(PLACE);
sessionStorage.removeItem(PLACE);
if (place !== null) items[Math.min(Number(place), items.length - 1)]?.focus();

document.addEventListener("submit", (event) => {
  const at = items.findIndex((item) => item.contains(event.target));
  if (at >= 0) sessionStorage.setItem(PLACE, String(at));
});

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
