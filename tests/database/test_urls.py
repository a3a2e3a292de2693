import pytest

from hoistscraper.database.urls import client_url, parse_url, place_of, shown_url, whole_url
from hoistscraper.errors import Invalid


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_form_is_understood(scheme: str) -> None:
    url = parse_url(f"{scheme}://me:p%40ss@db.example:5433/funds?sslmode=require")
    assert whole_url(url) == "postgresql+psycopg://me:p%40ss@db.example:5433/funds?sslmode=require"
    assert place_of(url) == "db.example:5433"


def test_a_server_on_a_socket_is_named_by_its_folder() -> None:
    assert place_of(parse_url("postgresql://me@/funds?host=%2Frun%2Fpg")) == "/run/pg"


@pytest.mark.parametrize("raw", ["mysql://me:secret@host/x", "secret", ""])
def test_anything_else_is_refused_without_being_repeated(raw: str) -> None:
    with pytest.raises(Invalid) as raised:
        parse_url(raw)
    assert "secret" not in raised.value.message


def test_spaces_reach_other_programs_as_they_understand_them() -> None:
    url = parse_url("postgresql://me:a+b@/funds?host=%2Fwith%20a%2Bspace")
    assert client_url(url) == "postgresql://me:a+b@/funds?host=%2Fwith%20a%2Bspace"


def test_a_password_is_never_shown() -> None:
    shown = shown_url("postgres://me:s3cret@db.example/funds?password=s3cret&sslmode=require")
    assert whole_url(parse_url("postgres://me@db.example/funds?password=s3cret")) == (
        "postgresql+psycopg://me:s3cret@db.example/funds"
    )
    assert shown == "postgresql://me@db.example/funds?sslmode=require"
