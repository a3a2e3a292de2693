"""What a browser may do with an answer: next to nothing, apart from what our own pages need."""

from collections.abc import Mapping

from hoistscraper.api.inline_scripts import Inline

_NOWHERE = "base-uri 'none'; frame-ancestors 'none'"
OF_DATA = f"default-src 'none'; form-action 'none'; {_NOWHERE}"
"""Figures and documents for programs: whatever text they hold, a browser that opens one runs none of it."""

DOCS = "/api/docs"
_PARTS = "/_next/static/"
"""Scripts and styles: the policy of the page that loads them counts."""

WEB_APP_UNKNOWN = "404.html"


def of_web_app(page: Inline) -> str:
    """Return the policy of a page of the web app, which loads everything from here."""
    return (
        f"default-src 'none'; script-src {_own(page.scripts)}; style-src {_own(page.styles)}; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        f"worker-src 'self'; form-action 'self'; {_NOWHERE}"
    )


def of_docs(page: Inline) -> str:
    """Return the policy of the explanations: their library writes styles into the page, and no scripts."""
    return (
        f"default-src 'none'; script-src {_own(page.scripts)}; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data:; connect-src 'self'; form-action 'none'; {_NOWHERE}"
    )


class Policies:
    """The policy for each address. ``web_app`` names the pages of the web app by their files."""

    def __init__(self, docs: Inline, web_app: Mapping[str, Inline]) -> None:
        self._docs = of_docs(docs).encode()
        self._data = OF_DATA.encode()
        self._pages = {_address(name): of_web_app(page).encode() for name, page in web_app.items()}
        self._other = of_web_app(web_app.get(WEB_APP_UNKNOWN, Inline())).encode()

    def of(self, path: str) -> bytes:
        """Return the policy for what is answered at an address."""
        if path.startswith("/api"):
            return self._docs if path.startswith(DOCS) else self._data
        if path == "/metrics" or path.startswith(_PARTS):
            return self._data
        return self._pages.get(path) or self._pages.get(f"{path}/") or self._other


def _address(file: str) -> str:
    """Return the address at which a file answers: that of its folder for an index."""
    return "/" + (file.removesuffix("index.html") if file.endswith("index.html") else file)


def _own(hashes: object) -> str:
    return " ".join(("'self'", *hashes)) if isinstance(hashes, (list, tuple)) else "'self'"
