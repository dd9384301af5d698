"""What tests of the desk of captures share: who is logged in, its page, and what it is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from articles.models import Article
from tests import make

HOSTILE = "</p><script>alert(1)</script><img src=x onerror=alert(1)>"
TYPED = "The harbour master said that the cable was found cut. " * 30


def desk_of(name: str = "analyst", *, reviews: bool = False, may: str = "change_article") -> Client:
    """Return a browser in which somebody of the desk is logged in."""
    user = make.reviewer(name) if reviews else make.user(name, staff=True)
    rights = Permission.objects.filter(codename__in=("view_article", may))
    User.objects.get(pk=user.pk).user_permissions.set(rights)
    client = Client()
    client.force_login(user)
    return client


def address(article: Article, page: str = "captures/") -> str:
    return f"/admin/articles/article/{article.pk}/{page}"


def seen(client: Client, article: Article) -> str:
    """Return the page of captures."""
    answer = client.get(address(article))
    assert answer.status_code == 200
    return answer.content.decode()


def sent(client: Client, article: Article, way: str, **fields: Any) -> Any:
    return client.post(address(article), {"way": way, **fields})


def several(article: Article, number: int) -> None:
    """Keep texts that differ, one an hour, the newest first."""
    for n in range(number):
        at = timezone.now() - timedelta(hours=n)
        make.capture(article, f"{TYPED} Number {n}.", at=at, by=make.user("analyst", staff=True))
