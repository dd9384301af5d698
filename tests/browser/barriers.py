"""What hinders readers on a page, as axe-core finds it (WCAG 2.2, levels A and AA)."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from playwright.sync_api import Page, expect

LEVELS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What depends on room or colours; the rest is the same on a phone and in the dark.
LOOKS: Final = [
    *("target-size", "scrollable-region-focusable"),
    *("color-contrast", "link-in-text-block"),
]
PHONE: Final = 600
_SCRIPT: Final = files("axe_playwright_python").joinpath("axe.min.js")
# Where faults alone are asked for, addresses of the thousands of sound places are not worked out.
_RUN: Final = "(rules) => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
# Parts of a page that are asked for on their own and have not come yet.
_COMING: Final = "[data-hx-trigger~='load'], .htmx-request"
# Nothing may move while it is measured: what is laid out only near the window would.
_STILL: Final = (
    "* { transition: none !important; animation: none !important;"
    " content-visibility: visible !important }"
)


def barriers(page: Page) -> list[str]:
    """Return what hinders readers on the page as it is: on a wide screen in light, else in dark.

    The context has to bypass the policy: the checker sets styles of its own.
    """
    # Where a panel arrives meanwhile, what was measured before and after it do not fit together.
    expect(page.locator(_COMING)).to_have_count(0)
    page.evaluate(_SCRIPT.read_text(encoding="utf-8"))
    page.add_style_tag(content=_STILL)
    before = page.evaluate("document.documentElement.dataset.theme")
    size = page.viewport_size
    phone = size is not None and size["width"] < PHONE
    theme, rules = ("dark", LOOKS) if phone else ("light", LEVELS)
    page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", theme)
    answer = page.evaluate(_RUN, rules)
    found = [
        f"{theme} {page.url}: {fault['id']} {' '.join(map(str, node['target']))}: "
        + " ".join(node["failureSummary"].split())
        for fault in answer["violations"]
        for node in fault["nodes"]
    ]
    page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", before)
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append(f"{page.url} is wider than the window")
    return found
