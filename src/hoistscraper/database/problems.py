"""What a person reads when the database cannot do what it should; passwords never appear."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import psycopg_pool
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from hoistscraper.errors import HoistError, Invalid, Refused, Unavailable

_NOTHING_LOST = "what was saved is safe"
_SAID_BY_SERVER = re.compile(r"(?:FATAL|ERROR|PANIC):\s+(.+)")

_STOPPED = f"The database at {{place}} stopped in the middle of the work; {_NOTHING_LOST}. Try again."
_BUSY_STARTING = "The database at {place} is starting or stopping: try again in a moment."
_TOO_MANY = "The database at {place} has no connection left: end other programs that use it, then try again."
_WRONG_PASSWORD = "The database at {place} refuses this user or password: check DATABASE_URL."  # noqa: S105 - a sentence
_NO_DATABASE = "The server at {place} has no database of this name: create it, or check DATABASE_URL."
_DISK_FULL = (
    f"The disk of the database at {{place}} is full: free some space, then try again; {_NOTHING_LOST}."
)
_READ_ONLY = "The database at {place} is read-only: give one in DATABASE_URL that may be written."
_NOT_ALLOWED = (
    "The database at {place} does not let its user do this: give that user the rights to its tables."
)
_TOO_LONG = "The database at {place} took too long: try again, or raise HOIST_STATEMENT_TIMEOUT_SECONDS."
_COLLIDED = "Another command changed the same rows at the same time: try again."
_OLD_SCHEMA = "The database at {place} lacks tables of this release: run `hoistscraper db upgrade`."
_CANNOT_REACH = "The database at {place} cannot be reached ({said}): start it, or check DATABASE_URL."
_LOST = f"The connection to the database at {{place}} was lost ({{said}}); {_NOTHING_LOST}. Try again."
_POOL_EMPTY = "All connections to the database at {place} are busy: try again, or raise {setting}."

# SQLSTATE or its class -> which error, and its sentence. https://www.postgresql.org/docs/18/errcodes-appendix.html
_BY_STATE: dict[str, tuple[type[HoistError], str]] = {
    "57P01": (Unavailable, _STOPPED),
    "57P02": (Unavailable, _STOPPED),
    "57P03": (Unavailable, _BUSY_STARTING),
    "57P05": (Unavailable, _STOPPED),
    "57014": (Unavailable, _TOO_LONG),
    "53100": (Unavailable, _DISK_FULL),
    "53300": (Unavailable, _TOO_MANY),
    "55P03": (Unavailable, _COLLIDED),
    "40001": (Unavailable, _COLLIDED),
    "40P01": (Unavailable, _COLLIDED),
    "28": (Refused, _WRONG_PASSWORD),
    "25006": (Refused, _READ_ONLY),
    "42501": (Refused, _NOT_ALLOWED),
    "3D000": (Invalid, _NO_DATABASE),
    "42P01": (Unavailable, _OLD_SCHEMA),
    "42703": (Unavailable, _OLD_SCHEMA),
    "08": (Unavailable, _LOST),
}

# A connection that is refused carries no SQLSTATE, only what the server wrote before it hung up.
_BY_TEXT: tuple[tuple[str, type[HoistError], str], ...] = (
    (
        r"password authentication failed|no password supplied|authentication failed|no pg_hba",
        Refused,
        _WRONG_PASSWORD,
    ),
    (r'database ".*" does not exist', Invalid, _NO_DATABASE),
    (r'role ".*" does not exist', Refused, _WRONG_PASSWORD),
    (r"too many clients|connection slots|too many connections", Unavailable, _TOO_MANY),
    (r"is starting up|is shutting down|in recovery mode", Unavailable, _BUSY_STARTING),
    (
        r"terminating connection|server closed the connection|connection is lost|is closed",
        Unavailable,
        _STOPPED,
    ),
)


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turn what the database or its driver complains of into errors of ours, where a person can act on it.

    Broken constraints and wrong statements pass through: they are ours to handle or to mend.
    """
    try:
        yield
    except PoolTimeout as error:
        raise Unavailable(_POOL_EMPTY.format(place=place, setting="HOIST_POOL_SIZE")) from error
    except (psycopg_pool.PoolTimeout, psycopg_pool.TooManyRequests) as error:
        raise Unavailable(_POOL_EMPTY.format(place=place, setting="HOIST_READ_POOL_SIZE")) from error
    except DBAPIError as error:
        if isinstance(error.orig, psycopg.Error) and (problem := problem_of(error.orig, place)):
            raise problem from error
        raise
    except psycopg.Error as error:
        if problem := problem_of(error, place):
            raise problem from error
        raise


def problem_of(error: psycopg.Error, place: str) -> HoistError | None:
    """Return the error that tells a person what to do, or ``None`` where it is a fault of the program."""
    found = _by_state(error.sqlstate) or _by_text(error) or _by_kind(error)
    if found is None:
        return None
    kind, sentence = found
    return kind(sentence.format(place=place, said=_said(error)))


def _by_state(state: str | None) -> tuple[type[HoistError], str] | None:
    return (_BY_STATE.get(state) or _BY_STATE.get(state[:2])) if state else None


def _by_text(error: psycopg.Error) -> tuple[type[HoistError], str] | None:
    if error.sqlstate or not isinstance(error, psycopg.OperationalError):
        return None
    text = str(error)
    return next(((kind, said) for pattern, kind, said in _BY_TEXT if re.search(pattern, text)), None)


def _by_kind(error: psycopg.Error) -> tuple[type[HoistError], str] | None:
    if not isinstance(error, psycopg.OperationalError):
        return None
    return (Unavailable, _LOST if error.sqlstate else _CANNOT_REACH)


def _said(error: psycopg.Error) -> str:
    text = error.diag.message_primary or str(error)
    if found := _SAID_BY_SERVER.search(text):
        return found.group(1).strip()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return next((line for line in lines if not line.startswith("Multiple")), "no reason given").rstrip(":.")
