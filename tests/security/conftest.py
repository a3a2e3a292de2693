"""The API as in its own tests."""

from tests.api.conftest import api, parts

__all__ = ["api", "parts"]
