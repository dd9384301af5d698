// Say in words which theme is on; choosing it is done by the admin's own theme.js.
const NAMES = { auto: "Theme: auto", light: "Theme: light", dark: "Theme: dark" };
const root = document.documentElement;

function told() {
  for (const button of document.querySelectorAll("[data-theme-name]")) {
    button.hidden = false;
    button.textContent = NAMES[root.dataset.theme] ?? NAMES.auto;
  }
}

told();
new MutationObserver(told).observe(root, { attributeFilter: ["data-theme"] });
