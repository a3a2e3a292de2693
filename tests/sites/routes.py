"""Every way to misbehave, one line each: the path, what it does in words, and the answer."""

import gzip
import sys
import zlib
from functools import partial

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from tests.sites.answers import (
    body,
    bomb,
    cut_before_the_head,
    cut_in_a_chunk,
    cut_in_the_middle,
    dripping,
    endless,
    failing,
    huge,
    not_http,
    packed,
    page,
    redirect,
    silent,
    unless_modified,
)
from tests.sites.server import Answer, Route

LAST_MODIFIED = "Mon, 05 Jan 2026 08:00:00 GMT"
FRENCH = page("Appel à projets", "Clôture à midi, été 2026")
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
_FINE = body(page("Fine"))
_quick_brotli = partial(brotli.compress, quality=3)
_COOKIE = body("", status=302, location="/cookie", set_cookie="seen=1")
_OCTETS = "application/octet-stream"
_META_REFRESH = (
    '<!doctype html><head><meta http-equiv="refresh" content="0; url={}"></head><body>Moving on</body>'
)

_TABLE: tuple[tuple[str, str, Answer], ...] = (
    ("/", "a page that behaves", _FINE),
    ("/cookie", "sets a cookie and sends the reader back", failing(1, _COOKIE, _FINE)),
    ("/cookie-and-page", "sets a cookie along with a page", body(page("Fine"), set_cookie="key=secret")),
    ("/endless-header", "has a header that is too long", body(page("Fine"), x_long="x" * 100_000)),
    ("/401", "wants a log-in", body(page("Log in"), status=401)),
    ("/403", "lets nobody in", body(page("Keep out"), status=403)),
    ("/404", "is not there", body(page("Not here"), status=404)),
    ("/410", "is there no more", body(page("Gone"), status=410)),
    ("/418", "answers with a status that fits no page", body(page("Teapot"), status=418)),
    ("/429", "wants to be left alone for a second", body("", status=429, retry_after="1")),
    (
        "/429-then-fine",
        "wants to be left alone once",
        failing(1, body("", status=429, retry_after="0"), _FINE),
    ),
    ("/429-for-an-hour", "wants to be left alone for an hour", body("", status=429, retry_after="3600")),
    ("/500", "always has a fault of its own", body(page("Fault"), status=500)),
    ("/500-three-times", "has a fault three times, then is fine", failing(3, body("", status=500), _FINE)),
    ("/501", "has a fault that does not pass", body("", status=501)),
    ("/503", "is being mended", body("", status=503)),
    ("/redirect", "sends on to the start page", redirect("/")),
    ("/redirect-loop", "sends in a circle of two", redirect("/redirect-loop-back")),
    ("/redirect-loop-back", "the other half of the circle", redirect("/redirect-loop", 301)),
    (
        "/redirect-to-private",
        "sends to an address on this machine that is not opened",
        redirect("http://127.0.0.2:{port}/"),
    ),
    (
        "/redirect-to-metadata",
        "sends to a cloud's own service",
        redirect("http://169.254.169.254/latest/meta-data/"),
    ),
    (
        "/redirect-to-number",
        "sends to this machine, written as one number",
        redirect("http://2130706433:{port}/"),
    ),
    ("/redirect-to-localhost", "sends to this machine by name", redirect("http://localhost:{port}/")),
    ("/redirect-to-file", "sends to a file", redirect("file:///etc/passwd")),
    ("/redirect-to-script", "sends to a script", redirect("javascript:alert(1)")),
    ("/redirect-to-nowhere", "sends on without saying where", body("", status=302)),
    ("/huge", "100 MB, announced", huge(100, announced=True)),
    ("/huge-unannounced", "100 MB, not announced", huge(100, announced=False)),
    ("/gzip-bomb", "100 kB that unpack to 100 MB", bomb("gzip", gzip.compress)),
    ("/brotli-bomb", "a few bytes that unpack to 100 MB", bomb("br", _quick_brotli)),
    ("/gzip", "packed", packed("gzip", gzip.compress)),
    (
        "/gzip-broken",
        "packed, but the end is missing",
        packed("gzip", lambda plain: gzip.compress(plain)[:-12]),
    ),
    ("/gzip-lie", "says that it is packed, but is not", body(page("Plain"), content_encoding="gzip")),
    (
        "/deflate-raw",
        "packed without the usual beginning",
        packed("deflate", lambda plain: zlib.compress(plain)[2:-4]),
    ),
    ("/zstandard", "packed with zstandard", packed("zstd", zstd.compress)),
    ("/zstandard-bomb", "a few bytes that unpack to 100 MB", bomb("zstd", zstd.compress)),
    ("/brotli", "packed with brotli", packed("br", brotli.compress)),
    (
        "/unknown-packing",
        "packed in a way that nobody asked for",
        body(b"\x1f\x9d\x90", content_encoding="compress"),
    ),
    ("/endless", "never ends", endless),
    ("/drip", "never ends, a letter at a time", dripping),
    ("/silent", "never answers", silent),
    ("/binary", "bytes that are no page", body(bytes(range(256)) * 40, kind=_OCTETS)),
    ("/picture", "a picture", body(PNG, kind="image/png")),
    ("/picture-as-page", "a picture that calls itself a page", body(PNG)),
    ("/pdf", "a PDF", body(PDF, kind="application/pdf")),
    ("/pdf-as-octets", "a PDF that does not say so", body(PDF, kind=_OCTETS)),
    ("/page-as-text", "a page that calls itself plain text", body(page("Shy"), kind="text/plain")),
    ("/page-without-type", "a page that does not say what it is", body(page("Shy"), kind=None)),
    ("/json", "JSON that does not say so", body('{"calls": []}', kind=_OCTETS)),
    ("/feed", "a feed that calls itself plain text", body('<?xml version="1.0"?><rss/>', kind="text/plain")),
    ("/empty", "nothing at all", body("")),
    ("/blank", "nothing but white space", body("  \r\n\t ")),
    ("/wrong-charset", "UTF-8 that calls itself Latin-1", body(FRENCH, kind="text/html; charset=iso-8859-1")),
    ("/latin-1", "Latin-1 that calls itself UTF-8", body(FRENCH.encode("cp1252"))),
    ("/utf-16", "UTF-16 with a mark", body(FRENCH.encode("utf-16"), kind="text/html")),
    (
        "/utf-16-bare",
        "UTF-16 without a mark or a word about it",
        body(FRENCH.encode("utf-16-le"), kind="text/html"),
    ),
    ("/nul-bytes", "a page with NUL bytes in it", body(page("Nul\x00 bytes", "a\x00b"))),
    (
        "/unchanged",
        "knows by its ETag and date whether it changed",
        unless_modified(page("Same"), etag='"v1"', last_modified=LAST_MODIFIED),
    ),
    ("/cut", "breaks off in the middle", cut_in_the_middle),
    ("/cut-once", "breaks off once, then is fine", failing(1, cut_in_the_middle, _FINE)),
    ("/cut-in-a-chunk", "sends broken chunks", cut_in_a_chunk),
    ("/cut-at-once", "hangs up without a word", cut_before_the_head),
    ("/not-http", "speaks another protocol", not_http),
    ("/refresh", "an empty page that sends the reader on", body(_META_REFRESH.format("/"))),
    (
        "/refresh-loop",
        "an empty page that sends the reader on to one that sends back",
        body(_META_REFRESH.format("/refresh-loop-back")),
    ),
    ("/refresh-loop-back", "the other half of the circle", body(_META_REFRESH.format("/refresh-loop"))),
    (
        "/refresh-to-private",
        "an empty page that sends to this machine",
        body(_META_REFRESH.format("http://127.0.0.2/")),
    ),
    ("/forbidden-by-robots", "kept from programs by the robots.txt of some of the sites", _FINE),
)

ROUTES = {path: Route(story, answer) for path, story, answer in _TABLE}

FORBIDDING = Route(
    "keeps programs from a part", body("User-agent: *\nDisallow: /forbidden-by-robots\n", kind="text/plain")
)
FORBIDDING_US = Route(
    "keeps us from everything", body("User-agent: HoistScraper\nDisallow: /\n", kind="text/plain")
)
SLOW = Route("asks for a pace", body("User-agent: *\nCrawl-delay: 2\n", kind="text/plain"))
VERY_SLOW = Route(
    "asks for a pace that nobody keeps", body("User-agent: *\nCrawl-delay: 86400\n", kind="text/plain")
)
FAULTY = Route("has a fault", body("", status=503))
LOCKED = Route("lets nobody see its robots.txt", body("", status=403))
MOVED = Route("sends on for its robots.txt", redirect("/moved-robots.txt"))


def with_robots(robots: Route) -> dict[str, Route]:
    """Return the routes of a site with this robots.txt."""
    return {**ROUTES, "/robots.txt": robots, "/moved-robots.txt": FORBIDDING}
