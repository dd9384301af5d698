// Charts: one stop of the keyboard each, arrows within, a brushed range of time, pictures as PNG,
// and marks that exchange the dashboard instead of the page. All works by plain links without this.

const board = () => document.getElementById("dashboard");

function marks(chart) {
  return [...chart.querySelectorAll("a.mark")];
}

// Only one mark of a chart is a stop; the arrows go on from there.
function settle(root) {
  for (const chart of root.querySelectorAll("svg.chart")) {
    marks(chart).forEach((mark, n) => mark.setAttribute("tabindex", n ? "-1" : "0"));
  }
  for (const link of root.querySelectorAll("[data-png]")) link.hidden = false;
}

function go(address) {
  const target = board();
  if (!target || !window.htmx) {
    location.assign(address);
    return;
  }
  target.setAttribute("aria-busy", "true");
  window.htmx.ajax("GET", address, {
    source: document.getElementById("board"),
    target: "#board",
    select: "#board",
    swap: "outerHTML show:none",
  });
}

// The range from one mark of time to another: the first day of the one, the last of the other.
function range(first, last) {
  const from = new URL(first.href.baseVal, location);
  const to = new URL(last.href.baseVal, location);
  const side = first.closest(".other") ? "beside" : null;
  const begun = side ? new URLSearchParams(from.searchParams.get(side)) : from.searchParams;
  const ended = side ? new URLSearchParams(to.searchParams.get(side)) : to.searchParams;
  begun.set("to", ended.get("to"));
  if (side) from.searchParams.set(side, begun.toString());
  return from.pathname + "?" + from.searchParams.toString();
}

function between(chart, one, other) {
  const all = marks(chart);
  const [first, last] = [all.indexOf(one), all.indexOf(other)].sort((a, b) => a - b);
  return all.slice(first, last + 1);
}

function brushed(chart, chosen) {
  for (const mark of marks(chart)) mark.classList.toggle("brushed", chosen.includes(mark));
}

let pressed = null;
let chosen = [];
// Where a range begun by key starts.
let start = null;

function clear(chart) {
  chosen = [];
  start = null;
  brushed(chart, chosen);
}

document.addEventListener("pointerdown", (event) => {
  const mark = event.target.closest?.("a.mark[data-key]");
  pressed = mark && event.button === 0 ? mark : null;
  chosen = [];
  start = null;
});

document.addEventListener("pointermove", (event) => {
  if (!pressed) return;
  const chart = pressed.ownerSVGElement;
  const mark = event.target.closest?.("a.mark[data-key]");
  if (!mark || mark.ownerSVGElement !== chart) return;
  if (mark === pressed && !chosen.length) return;
  chosen = between(chart, pressed, mark);
  brushed(chart, chosen);
});

document.addEventListener("pointerup", () => {
  if (pressed && chosen.length > 1) go(range(chosen[0], chosen.at(-1)));
  pressed = null;
});

// A link can be dragged; here dragging marks a range.
document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.("a.mark[data-key]")) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const png = event.target.closest?.("a[data-png]");
  if (png) {
    event.preventDefault();
    save(png);
    return;
  }
  const mark = event.target.closest?.("a.mark");
  if (mark && chosen.length > 1) {
    event.preventDefault();
    return;
  }
  const link = mark ?? event.target.closest?.("#dashboard .chip, #dashboard .intervals a");
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !plain || !board()) return;
  event.preventDefault();
  go(mark ? link.href.baseVal : link.href);
});

document.addEventListener("keydown", (event) => {
  const mark = event.target.closest?.("a.mark");
  if (!mark) return;
  const chart = mark.ownerSVGElement;
  const all = marks(chart);
  const here = all.indexOf(mark);
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const to = { Home: 0, End: all.length - 1 }[event.key] ?? here + (steps[event.key] ?? NaN);
  if (Number.isNaN(to)) {
    if (event.key === "Enter" && chosen.length > 1 && chosen.includes(mark)) {
      event.preventDefault();
      go(range(chosen[0], chosen.at(-1)));
    } else if (event.key === "Escape") {
      clear(chart);
    }
    return;
  }
  event.preventDefault();
  const next = all[Math.min(Math.max(to, 0), all.length - 1)];
  if (event.shiftKey && mark.dataset.key) {
    if (start?.ownerSVGElement !== chart) start = mark;
    chosen = between(chart, start, next);
    brushed(chart, chosen);
  } else {
    clear(chart);
  }
  mark.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
});

// The file of the picture, drawn at twice its size.
async function save(link) {
  const answer = await fetch(link.href);
  const text = await answer.text();
  const picture = new Image();
  picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.naturalWidth * 2;
  canvas.height = picture.naturalHeight * 2;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const made = document.createElement("a");
  made.href = canvas.toDataURL("image/png");
  made.download = link.dataset.png;
  made.click();
}

document.addEventListener("htmx:afterSettle", (event) => {
  settle(document);
  if (event.detail.elt?.id === "board") {
    const heading = document.getElementById("head-1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  }
});
settle(document);
