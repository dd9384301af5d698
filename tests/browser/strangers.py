"""Add what means harm: captures, articles and announcements in which markup acts if it can.

Run as a module, with the environment of the site.
"""

from __future__ import annotations

import os
from typing import Final

import django

FAR: Final = "//evil.example.org"
HARM: Final = (
    "<script>alert(1)</script>",
    f"<script src='{FAR}/x.js'></script>",
    "<img src=x onerror=alert(1)>",
    f"<img src='{FAR}/p.gif'>",
    f"<iframe src='{FAR}/'></iframe>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    f"<meta http-equiv=refresh content='0;url={FAR}'>",
    f"<base href='{FAR}'>",
    f"<link rel=stylesheet href='{FAR}/x.css'>",
    f"<style>@import '{FAR}/x.css'; * {{ background: url({FAR}/p.gif) }}</style>",
    f"<form action='{FAR}'><input autofocus onfocus=alert(1)><button>Fetch</button></form>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='jAvAsCrIpT&colon;alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<video><source onerror=alert(1)></video>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "</title></textarea></script><script>alert(1)</script>",
    '"\' onmouseover=alert(1) autofocus onfocus=alert(1) x="',
    "<p hx-get='/admin/' hx-trigger='load' hx-on:click='alert(1)'>x</p>",
    "{% include 'admin/base.html' %}{{ 7|add:7 }}<!-- --!><img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
)
WORDS: Final = "The harbour master said that the cable was found cut. " * 40


def main() -> None:
    """Add a page that holds all harm, and rows that hold it, whatever a reader makes of files."""
    from django.utils import timezone  # noqa: PLC0415

    from articles import capturing  # noqa: PLC0415
    from articles.models import Article, Capture, Item, Watch  # noqa: PLC0415
    from incidents import indexing  # noqa: PLC0415
    from tests import make  # noqa: PLC0415

    outlet = make.publisher(HARM[2][:120])
    articles = [
        make.article(f"https://evil.example.org/{n}", title=harm, publisher=outlet)
        for n, harm in enumerate(HARM[:2])
    ]
    page = f"<title>x</title><article><p>{WORDS}</p>{''.join(HARM)}</article>".encode()
    told = ("title", "outlet", "author", "origin", "file_name", "verdict_reason", "reason_phrase")
    watch = Watch.objects.create(publisher=outlet, url="https://evil.example.org/feed",
                                 language="en", why=HARM[0], told=True, failed=HARM[2])  # fmt: skip
    for number, harm in enumerate(HARM):
        article = articles[number % 2]
        if number < 2:
            capturing.capture_file(article, page, name=harm, content_type="text/html", by=None)
        capture = make.capture(article, f"{WORDS}\n\n{harm} of the cable {harm}", language="en")
        Capture.objects.filter(pk=capture.pk).update(
            **dict.fromkeys(told, harm), status=200, redirects=[[301, harm]],
            asked=f"https://a.example/{harm}", address=f"https://a.example/{harm}",
        )  # fmt: skip
        Item.objects.create(watch=watch, url=f"https://evil.example.org/{number}?{harm}"[:80],
                            title=harm, summary=harm * 3, found_at=timezone.now())  # fmt: skip
    make.incident("Cable that strangers write about", citations=articles)
    Article.objects.filter(publisher=outlet).update(text=f"{WORDS} {' cable '.join(HARM)}")
    indexing.rebuild()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main()
