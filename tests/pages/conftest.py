"""The world that the tests of pages read, which is that of the API's tests."""

from tests.api.conftest import staff, world

__all__ = ["staff", "world"]
