"""Sign-in slows down with each failure, and is never locked for good.

After some failures in a row one has to wait: longer each time, but never longer than a minute. Who guesses is
so held to a guess a minute for each account, and for each address; a browser in which the user has signed in
before counts for itself, so that nobody keeps users out by guessing elsewhere.

An attempt counts as failed before it is judged, and is taken back if it was right: a hundred at once are a
hundred. One that has to wait does not count, or those who ask again too soon would wait for ever.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from math import ceil
from uuid import UUID

from sqlalchemy import case, delete, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningInsert

from hoistscraper.accounts.user_model import SignInAttempts
from hoistscraper.errors import TooOften

LONGEST_WAIT = timedelta(seconds=60)
FORGOTTEN_AFTER = timedelta(hours=1)
"""So long after the last failure all is as if there had been none."""
_NETWORK_BITS = 64

_attempts = SignInAttempts.metadata.tables["sign_in_attempts"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What failures are counted of; ``free`` of them in a row cost no wait. Many may share an address."""

    name: bytes
    free: int
    is_shared: bool = False


def account(email: str) -> Subject:
    """Return an account, whether there is one or not."""
    return _subject(f"account {email.strip().casefold()}", free=5)


def address(text: str) -> Subject:
    """Return the address from which somebody signs in; of IPv6, the network of one household."""
    try:
        ip = ip_address(text.partition("%")[0])
    except ValueError:
        return _address(text)
    if isinstance(ip, IPv6Address):
        ip = ip.ipv4_mapped or IPv6Address(int(ip) >> _NETWORK_BITS << _NETWORK_BITS)
    return _address(str(ip))


def _address(text: str) -> Subject:
    return Subject(sha256(f"address {text}".encode()).digest(), free=20, is_shared=True)


def coming_back(text: str) -> Subject:
    """Return the address at which somebody comes back from a provider, who does not confirm them."""
    return _subject(f"coming back {text}", free=20)


def device(device_id: UUID) -> Subject:
    """Return a browser in which the user has signed in before."""
    return _subject(f"device {device_id}", free=5)


def changing(user_id: UUID) -> Subject:
    """Return what a user changes who has signed in already."""
    return _subject(f"changing {user_id}", free=5)


def _subject(text: str, *, free: int) -> Subject:
    return Subject(sha256(text.encode()).digest(), free)


async def count_attempt(session: AsyncSession, subjects: Sequence[Subject], *, at: datetime) -> None:
    """Count an attempt to sign in, before it is judged.

    :raises TooOften: one of them has to wait; then nothing may be saved of this transaction.
    """
    for subject in subjects:
        counted = await session.execute(_counting(subject, at))
        if counted.first() is None:
            next_at = await session.scalar(
                select(_attempts.c.next_at).where(_attempts.c.subject == subject.name)
            )
            wait_seconds = max(1.0, (next_at - at).total_seconds()) if next_at else 1.0
            raise TooOften(
                f"Sign-in failed too often: try again in {ceil(wait_seconds)} seconds.",
                wait_seconds=wait_seconds,
            )


def _counting(subject: Subject, at: datetime) -> ReturningInsert[tuple[int]]:
    before = case((_attempts.c.failed_at <= at - FORGOTTEN_AFTER, 0), else_=_attempts.c.failures)
    failures = before + 1
    # Two to the power of what is over the free ones; beyond six that is more than the longest wait.
    over = func.least(failures - subject.free, 6)
    wait_seconds = case(
        (failures <= subject.free, 0.0),
        else_=func.least(func.power(literal(2.0), over), LONGEST_WAIT.total_seconds()),
    )
    first = insert(_attempts).values(subject=subject.name, failures=1, failed_at=at, next_at=at)
    return first.on_conflict_do_update(
        index_elements=["subject"],
        set_={
            "failures": failures,
            "failed_at": at,
            "next_at": literal(at) + func.make_interval(0, 0, 0, 0, 0, 0, wait_seconds),
        },
        # Of two at the same moment, the one that came first may be counted second: where none has to wait,
        # that the other's moment is a little later is no reason to.
        where=or_(_attempts.c.failures <= subject.free, _attempts.c.next_at <= at),
    ).returning(_attempts.c.failures)


async def take_back(session: AsyncSession, subjects: Sequence[Subject], *, at: datetime) -> None:
    """Note that an attempt was right: of its account and device all is forgotten, of an address that one.

    Who has an account could else guess at others for ever, by signing in between.
    """
    for subject in subjects:
        if subject.is_shared:
            given_back = {"failures": func.greatest(_attempts.c.failures - 1, 0), "next_at": at}
            await session.execute(
                update(_attempts).where(_attempts.c.subject == subject.name).values(given_back)
            )
        else:
            await session.execute(delete(_attempts).where(_attempts.c.subject == subject.name))


async def forget_old(session: AsyncSession, *, at: datetime) -> None:
    """Remove what counts no more."""
    await session.execute(delete(_attempts).where(_attempts.c.failed_at <= at - FORGOTTEN_AFTER))
