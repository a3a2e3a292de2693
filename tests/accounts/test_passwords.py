"""Passwords: which are good enough, and that nothing of them is kept but a hash."""

import asyncio

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from hoistscraper.accounts import passwords
from hoistscraper.accounts.passwords import Comparison, check_password, compared, hash_password, is_right
from hoistscraper.errors import Invalid, Unavailable

ANA = {"email": "ana.maria@example.org", "name": "Ana Maria Ortiz"}


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "too short"),
        ("elevenchars", "too short"),
        ("x" * 1001, "too long"),
        ("ana.maria@example.org", "itself"),
        ("ANA-MARIA@EXAMPLE.ORG", "itself"),
        ("Ana Maria Ortiz", "itself"),
        ("password1234", "guessed first"),
        ("Password 1234!", "guessed first"),
        ("123456789012", "guessed first"),
        ("aaaaaaaaaaaa", "guessed first"),
        ("abcabcabcabcabc", "guessed first"),
        ("hoist!hoist!hoist!", "guessed first"),
        ("Hoistscraper1", "guessed first"),
        ("!!!!!!!!!!!!!!", "guessed first"),
    ],
)
def test_what_is_guessed_first_is_refused(password: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        check_password(password, **ANA)


@pytest.mark.parametrize(
    "password",
    [
        "a bridge over water",
        "Schwarzer Kater 7",
        "ana maria likes tea",
        "мост через реку",
        "四つの単語を並べた長い言葉",
    ],
)
def test_a_long_line_is_good_enough_in_any_script(password: str) -> None:
    check_password(password, **ANA)


async def test_only_the_very_password_is_right() -> None:
    kept = await hash_password("a bridge over water")
    assert kept.startswith("$argon2id$")
    assert "bridge" not in kept
    assert kept != await hash_password("a bridge over water")
    assert await is_right("a bridge over water", kept)
    for wrong in ("a bridge over wate", "A bridge over water", "", "a bridge over water" + " " * 2000):
        assert not await is_right(wrong, kept)


async def test_the_same_characters_are_the_same_password_whatever_keyboard_typed_them() -> None:
    assert await is_right("un café bien serré", await hash_password("un cafe\u0301 bien serre\u0301"))


async def test_nobody_has_no_password() -> None:
    assert not await is_right("a bridge over water", None)
    assert not await is_right("", None)


WEAKER = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))


async def test_what_was_kept_with_other_parameters_is_renewed_by_who_is_right() -> None:
    before = WEAKER.hash("a bridge over water")
    right = await compared("a bridge over water", before)
    assert right.is_right
    assert right.renewed
    assert right.renewed.split("$")[3] == (await hash_password("x")).split("$")[3] != before.split("$")[3]
    assert await compared("a bridge over water", right.renewed) == Comparison(is_right=True, renewed=None)
    assert await compared("another bridge", before) == Comparison(is_right=False, renewed=None)
    assert await compared("a bridge over water", None) == Comparison(is_right=False, renewed=None)


async def test_no_more_wait_than_can_be_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_MOST_WAITING", 3)
    answers = await asyncio.gather(
        *(is_right("a bridge over water", None) for _ in range(5)), return_exceptions=True
    )
    assert [type(answer) for answer in answers[3:]] == [Unavailable, Unavailable]
    assert answers[:3] == [False, False, False]
    assert not await is_right("a bridge over water", None)
