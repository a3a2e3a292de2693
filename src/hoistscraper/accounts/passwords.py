"""Passwords: which are good enough, how they are kept, and whether one is right.

Whether somebody exists is not to be heard from how long an answer takes: where there is no password to
compare with, one that nobody knows is compared instead.
"""

import asyncio
import re
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from hoistscraper.accounts.common_passwords import is_common
from hoistscraper.errors import Invalid, Unavailable

SHORTEST = 12
LONGEST = 1_000

# Each takes 64 MB of memory and a tenth of a second of the processor: two at a time leave air for the rest.
_AT_A_TIME = 2
_MOST_WAITING = 40
_NO_WORD = re.compile(r"[\W_]+")

_hasher = PasswordHash((Argon2Hasher(),))
_workers = ThreadPoolExecutor(_AT_A_TIME, thread_name_prefix="passwords")
_waiting: set[object] = set()
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether a password is right, and if so, what is to be kept of it from now on, should that be another.

    What is kept was made with the parameters of its time; who is right lets it be made with those of today.
    """

    is_right: bool
    renewed: str | None = field(repr=False)


def check_password(password: str, *, email: str, name: str) -> None:
    """See that a password is good enough for somebody.

    :raises Invalid: saying what is wrong with it.
    """
    whole = _normal(password)
    if len(whole) < SHORTEST:
        raise Invalid(f"The password is too short: take at least {SHORTEST} characters, such as four words.")
    if len(whole) > LONGEST:
        raise Invalid(f"The password is too long: take at most {LONGEST} characters.")
    folded = _folded(whole)
    own = {_folded(email), _folded(email.partition("@")[0] * 2), _folded(name), _folded(name * 2)}
    if folded in own:
        raise Invalid("The password is the name or e-mail address itself: take another one.")
    if is_common(folded):
        raise Invalid("The password is one of those that are guessed first: take another one.")


async def hash_password(password: str) -> str:
    """Return what is kept of a password."""
    return await _in_turn(lambda: _hasher.hash(_normal(password)))


async def is_right(password: str, password_hash: str | None) -> bool:
    """Whether a password is the one that a hash was made of; ``None`` takes as long and is never right."""
    return (await compared(password, password_hash)).is_right


async def compared(password: str, password_hash: str | None) -> Comparison:
    """Compare a password with the hash that is kept; ``None`` takes as long and is never right."""
    # One that is too long to be anybody's is not worth the work, but takes its time all the same.
    given = _normal(password)[:LONGEST]

    def compare() -> Comparison:
        against = _nobodys()
        is_right, renewed = _hasher.verify_and_update(given, password_hash or against)
        return Comparison(is_right and password_hash is not None, renewed)

    return await _in_turn(compare)


@cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_urlsafe())


async def _in_turn(work: Callable[[], Result]) -> Result:
    if len(_waiting) >= _MOST_WAITING:
        raise Unavailable("Too many sign in at this moment: try again in some seconds.")
    place = object()
    _waiting.add(place)
    try:
        return await asyncio.get_running_loop().run_in_executor(_workers, work)
    finally:
        _waiting.discard(place)


def _normal(password: str) -> str:
    """Return the same characters for the same password, whatever keyboard it was typed on."""
    return unicodedata.normalize("NFKC", password)


def _folded(text: str) -> str:
    return _NO_WORD.sub("", text.casefold())
