"""The files of the built web app: compressed forms, ETags, how long they are kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType

from hoistscraper.api.inline_scripts import FILE as INLINE_SCRIPTS

Header = tuple[bytes, bytes]

WEB = Path(__file__).parent / "web"
"""Where ``frontend/build.py`` puts them."""

NOT_FOUND = "404.html"
PAGE = "index.html"

_SUFFIXES: Mapping[str, str] = MappingProxyType({"zstd": ".zst", "br": ".br", "gzip": ".gz"})
_OURS = frozenset({INLINE_SCRIPTS, "stamp"})
_HASHED = "_next/static/"
_KINDS: Mapping[str, bytes] = MappingProxyType(
    {
        ".html": b"text/html; charset=utf-8",
        ".js": b"text/javascript; charset=utf-8",
        ".css": b"text/css; charset=utf-8",
        ".txt": b"text/plain; charset=utf-8",
        ".json": b"application/json",
        ".svg": b"image/svg+xml",
        ".ico": b"image/x-icon",
        ".png": b"image/png",
        ".webp": b"image/webp",
        ".woff2": b"font/woff2",
    }
)


@dataclass(frozen=True, slots=True)
class Form:
    """Bytes as they are sent, and the headers that go with them."""

    body: bytes
    etag: bytes
    headers: tuple[Header, ...]
    about: tuple[Header, ...]
    """Those that a 304 repeats."""


@dataclass(frozen=True, slots=True)
class WebFile:
    """One file: as it is, and compressed where that was worth it."""

    plain: Form
    encoded: Mapping[str, Form]
    mark: bytes

    def form(self, encoding: str | None) -> Form:
        """Return the form of an encoding where there is one, else the plain one."""
        return self.encoded.get(encoding, self.plain) if encoding else self.plain

    def is_had_by(self, if_none_match: bytes) -> bool:
        """Whether a client has this content, in whatever form."""
        return self.mark in if_none_match or if_none_match.strip() == b"*"


def read_web_files(folder: Path = WEB) -> Mapping[str, WebFile]:
    """Return the files of the app by their names in it; none where it was not built.

    All of it is read at once, a few megabytes: a build under a server that runs takes nothing away from it.
    """
    if not (folder / PAGE).is_file():
        return {}
    return {name: _read(folder, name) for name in _names(folder)}


def _names(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in _OURS and path.suffix not in _SUFFIXES.values():
            yield name


def _read(folder: Path, name: str) -> WebFile:
    path = folder / name
    body = path.read_bytes()
    mark = blake2b(body, digest_size=12).hexdigest().encode()
    kind = _KINDS.get(path.suffix, b"application/octet-stream")
    caching = b"public, max-age=31536000, immutable" if name.startswith(_HASHED) else b"no-cache"

    def form(sent: bytes, encoding: str | None) -> Form:
        etag = b'"%b-%b"' % (mark, encoding.encode()) if encoding else b'"%b"' % mark
        about = (
            (b"etag", etag),
            (b"cache-control", caching),
            (b"vary", b"accept-encoding"),
        )
        headers = [(b"content-type", kind), (b"content-length", str(len(sent)).encode()), *about]
        if encoding:
            headers.append((b"content-encoding", encoding.encode()))
        return Form(sent, etag, tuple(headers), about)

    encoded = {
        encoding: form(Path(f"{path}{suffix}").read_bytes(), encoding)
        for encoding, suffix in _SUFFIXES.items()
        if Path(f"{path}{suffix}").is_file()
    }
    return WebFile(form(body, None), encoded, mark)
