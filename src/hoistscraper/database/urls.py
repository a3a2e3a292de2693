"""Addresses of PostgreSQL servers, as people write them and as the driver wants them."""

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from hoistscraper.errors import Invalid

_DRIVER = "postgresql+psycopg"
_ACCEPTED = frozenset({"postgres", "postgresql", _DRIVER})


def parse_url(raw: str) -> URL:
    """Return an address for our driver; ``postgres://`` and ``postgresql://`` mean the same.

    :raises Invalid: it is no address of a PostgreSQL server. Its text, maybe a password, is not told.
    """
    try:
        url = make_url(raw)
    except (ArgumentError, ValueError):
        raise Invalid(
            "DATABASE_URL cannot be understood: write it as postgresql://user:password@host:5432/name, "
            "with special characters of the password as %40 and the like."
        ) from None
    if url.drivername not in _ACCEPTED:
        raise Invalid(f"DATABASE_URL begins with {url.drivername}://, but only postgresql:// is understood.")
    if password := _first(url.query.get("password")):
        url = url.set(password=password).difference_update_query(["password"])
    return url.set(drivername=_DRIVER)


def whole_url(url: URL) -> str:
    """Return an address as text, with its password."""
    return url.render_as_string(hide_password=False)


def client_url(url: URL) -> str:
    """Return an address, with its password, in the form that PostgreSQL's own programs take."""
    text = url.set(drivername="postgresql").render_as_string(hide_password=False)
    front, mark, query = text.partition("?")
    # SQLAlchemy writes spaces as browsers do in forms, which PostgreSQL's programs do not know.
    return front.replace(" ", "%20") + mark + query.replace("+", "%20")


def shown_url(raw: str) -> str:
    """Return an address for people: as programs take it, without a password."""
    return client_url(without_password(parse_url(raw)))


def without_password(url: URL) -> URL:
    """Return an address without its password, nor that of its certificate's key."""
    query = {name: value for name, value in url.query.items() if "password" not in name}
    return URL.create(url.drivername, url.username, None, url.host, url.port, url.database, query)


def place_of(url: URL) -> str:
    """Return where a server is, for a sentence: its host and port, or the folder of its socket."""
    host = url.host or _first(url.query.get("host"))
    if not host:
        return "this machine"
    return host if host.startswith("/") else f"{host}:{url.port or _first(url.query.get('port')) or 5432}"


def _first(value: str | tuple[str, ...] | None) -> str | None:
    return value[0] if isinstance(value, tuple) else value
