"""The desks for outlets, articles and what was captured of them."""

from .articles import ArticleAdmin
from .outlets import PublisherAdmin
from .watches import WatchAdmin

__all__ = ["ArticleAdmin", "PublisherAdmin", "WatchAdmin"]
