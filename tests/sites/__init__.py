"""Local websites that misbehave on demand; ``python -m tests.sites`` serves them to try by hand."""

from tests.sites.server import Exchange, Route, Site

__all__ = ["Exchange", "Route", "Site"]
