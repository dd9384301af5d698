"""What a browser sends of a form that it was shown: the fields of a page as they stand."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.test import Client
from django.urls import reverse

from tests import make

Fields = dict[str, list[str]]


class _Form(HTMLParser):
    """Gathers the fields of the form whose id is asked for."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form, self.inside = form, False
        self.fields: Fields = {}
        self.select = self.area = ""
        self.first: str | None = None
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field, or an option of a list."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = said.get("id") == self.form
        if not self.inside:
            return
        name = said.get("name", "")
        if tag == "select":
            self.select, self.first = name, None
            self.several = "multiple" in said
        elif tag == "option":
            value = said.get("value", "")
            self.first = value if self.first is None else self.first
            if "selected" in said:
                self._add(self.select, value)
        elif tag == "textarea":
            self.area, self.text = name, []
        elif tag == "input" and name and "disabled" not in said:
            self._input(name, said)

    def _input(self, name: str, said: dict[str, str]) -> None:
        kind = said.get("type", "text")
        if kind in ("checkbox", "radio"):
            if "checked" in said:
                self._add(name, said.get("value", "on"))
        elif kind not in ("submit", "button", "image", "file"):
            self._add(name, said.get("value", ""))

    def handle_data(self, data: str) -> None:
        """Note the text of an area."""
        if self.area:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Note what a list or an area holds."""
        if tag == "select" and self.select:
            if self.select not in self.fields and not self.several and self.first is not None:
                self._add(self.select, self.first)
            self.select = ""
        elif tag == "textarea" and self.area:
            # A parser of HTML drops the line break that begins an area.
            lines = "".join(self.text).replace("\r\n", "\n").removeprefix("\n")
            self._add(self.area, lines.replace("\n", "\r\n"))
            self.area = ""
        elif tag == "form":
            self.inside = False

    def _add(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


def fields(page: str, form: str) -> Fields:
    """Return what a browser sends of the form with an id, where nobody touched it."""
    parser = _Form(form)
    parser.feed(page)
    parser.close()
    return {name: values for name, values in parser.fields.items() if "__prefix__" not in name}


def row_of(sent: Fields, prefix: str, key: Any) -> str:
    """Return the name of the row of a formset that has a key."""
    return next(
        name.removesuffix("-id")
        for name, values in sent.items()
        if name.startswith(f"{prefix}-") and name.endswith("-id") and values == [str(key)]
    )


def read_of(row: models.Model, *, by: User | None = None) -> str:
    """Return what the form of a row at the desk says that it started from, for one reader."""
    reader = by or make.user("reader of forms", staff=True, is_superuser=True)
    client = Client()
    client.force_login(reader)
    named = f"{row._meta.app_label}_{row._meta.model_name}"
    page = client.get(reverse(f"admin:{named}_change", args=(row.pk,))).content.decode()
    return next(iter(fields(page, f"{row._meta.model_name}_form").get("_read", [""])))
