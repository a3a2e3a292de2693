import socket

import psycopg
import pytest

from hoistscraper.database.problems import problem_of, told
from hoistscraper.errors import HoistError, Invalid, Refused, Unavailable
from tests.database.server import plain

_PASSWORD = "sesame-s3cret"


@pytest.mark.parametrize(
    ("state", "kind", "words"),
    [
        ("53100", Unavailable, "disk .* is full"),
        ("53300", Unavailable, "no connection left"),
        ("57P01", Unavailable, "stopped in the middle"),
        ("57P03", Unavailable, "starting or stopping"),
        ("28P01", Refused, "refuses this user or password"),
        ("3D000", Invalid, "no database of this name"),
        ("42501", Refused, "does not let its user"),
        ("42P01", Unavailable, "hoistscraper db upgrade"),
        ("40P01", Unavailable, "same rows"),
        ("08006", Unavailable, "was lost"),
    ],
)
def test_a_servers_complaint_becomes_a_sentence(state: str, kind: type[HoistError], words: str) -> None:
    with pytest.raises(kind, match=words), told("db.example:5432"):
        raise psycopg.errors.lookup(state)("internal words")


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        (
            'connection failed: FATAL:  password authentication failed for user "x"',
            Refused,
            "user or password",
        ),
        ('connection failed: FATAL:  database "x" does not exist', Invalid, "no database of this name"),
        ("FATAL:  sorry, too many clients already", Unavailable, "no connection left"),
        ("FATAL:  the database system is starting up", Unavailable, "try again in a moment"),
        ("consuming input failed: server closed the connection unexpectedly", Unavailable, "in the middle"),
    ],
)
def test_a_connection_that_is_refused_becomes_a_sentence(
    said: str, kind: type[HoistError], words: str
) -> None:
    with pytest.raises(kind, match=words), told("db.example:5432"):
        raise psycopg.OperationalError(said)


def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Unavailable) as raised, told(f"127.0.0.1:{port}"):
        psycopg.connect(f"postgresql://me:{_PASSWORD}@127.0.0.1:{port}/x")
    assert "cannot be reached" in raised.value.message
    assert "refused" in raised.value.message
    assert _PASSWORD not in raised.value.message


def test_an_unknown_database_of_a_real_server_is_told(server_url: str) -> None:
    with pytest.raises(Invalid, match="no database of this name"), told("here"):
        psycopg.connect(plain(server_url).replace("/hoistscraper?", "/nowhere?"))


def test_a_fault_of_the_program_is_no_problem_of_the_database() -> None:
    assert problem_of(psycopg.errors.SyntaxError("near"), "here") is None
