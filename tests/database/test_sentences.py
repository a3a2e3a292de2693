import pytest

from hoistscraper.database.embedded.sentences import reason_in, telling_line

_TIME = "2026-01-01 10:00:00.000 UTC [123]"


@pytest.mark.parametrize(
    ("output", "line"),
    [
        (f"{_TIME} FATAL:  could not map memory\n{_TIME} LOG:  shut down\n", "could not map memory"),
        ("initdb: error: invalid locale name\ninitdb: hint: try another.\n", "invalid locale name"),
        (
            "/x/postgres: error while loading shared libraries: libz.so.1",
            "error while loading shared libraries: libz.so.1",
        ),
        (f"{_TIME} LOG:  redo is not required\n", "it was ended before it was ready"),
        ("", "it was ended before it was ready"),
    ],
)
def test_of_all_that_a_server_says_the_telling_line_is_shown(output: str, line: str) -> None:
    assert telling_line(output) == line


def test_a_server_that_was_killed_gave_no_reason_though_it_turned_us_away() -> None:
    assert reason_in(f"{_TIME} FATAL:  the database system is starting up\n") is None
