"""What is done with log-ins: set one, open the session of a website, note how it went, change the key."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncSession
from yarl import URL

from hoistscraper.accounts import store
from hoistscraper.accounts.keys import add_key, key_file
from hoistscraper.accounts.kinds import Credential, must_suit
from hoistscraper.accounts.model import CredentialRecord
from hoistscraper.accounts.packing import kind_of, packed, unpacked
from hoistscraper.accounts.sessions import session_for
from hoistscraper.accounts.taking import StepTaker
from hoistscraper.accounts.vault import Vault, open_vault
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.fetching.site_session import LogInFailed, SiteSession
from hoistscraper.fetching.urls import origin_of
from hoistscraper.websites.model import Website

if TYPE_CHECKING:
    from hoistscraper.settings import Settings

MOST_FAILURES = 3
"""Visits in a row that could not log in; then the website is left alone, before it locks the account."""


async def set_credential(
    session: AsyncSession, settings: "Settings", website: Website, credential: Credential, *, at: datetime
) -> None:
    """Store the log-in of a website, in place of the one before.

    :raises Invalid: the log-in does not suit the website.
    :raises KeyMissing: other log-ins are locked with a key that is gone.
    """
    must_suit(credential, website.url, settings.allow_hosts)
    is_first = not await store.is_anything_locked(session, besides=website.id)
    vault = open_vault(settings, may_make_key=is_first)
    secret = vault.lock(packed(credential), origin=_origin(website.url))
    await store.put_credential(session, website.id, kind=kind_of(credential).value, secret=secret, at=at)


async def open_session(
    session: AsyncSession,
    settings: "Settings",
    website: Website,
    *,
    browser: OneBrowser,
    is_trial: bool = False,
) -> SiteSession | None:
    """Return what a visit to a website carries; ``None``: the website has no log-in.

    Recorded steps are taken in the ``browser``. A trial is made even where the visits before failed.

    :raises VaultError: the stored log-in cannot be opened.
    :raises BrowserMissing: it is recorded, and no browser may be used here.
    :raises LogInFailed: too many visits in a row could not log in.
    """
    record = await store.find_credential(session, website.id)
    if record is None:
        return None
    if record.failures >= MOST_FAILURES and not is_trial:
        raise LogInFailed(
            f"The log-in failed {record.failures} times and is not tried again, lest the account be locked. "
            f"Last: {record.failed_reason} Once it is mended, try it with `hoistscraper credential test "
            f"{website.url}`."
        )
    taker = StepTaker(browser, page_seconds=settings.browser_timeout_seconds)
    may_browse = settings.render == "auto" and browser.is_there
    return session_for(
        opened(record, settings, website), website.url, run_steps=taker if may_browse else None
    )


def opened(record: CredentialRecord, settings: "Settings", website: Website) -> Credential:
    """Return a stored log-in, secrets and all.

    :raises VaultError: it cannot be opened.
    """
    secrets = open_vault(settings).unlock(record.secret, origin=_origin(website.url))
    return unpacked(record.kind, secrets)


async def note_use(session: AsyncSession, website: Website, used: SiteSession, *, at: datetime) -> None:
    """Note how a visit went with its log-in."""
    await store.mark_used(
        session, website.id, at=at, is_verified=used.is_verified, failed_reason=used.failed_reason
    )


async def change_key(session: AsyncSession, settings: "Settings") -> int:
    """Lock every log-in with a new key, all or none, and return how many there are.

    With keys in the environment, whose first one is the newest, no key is made.

    :raises VaultError: one of them cannot be opened; then nothing is changed but that the new key is there.
    """
    open_vault(settings)
    if settings.credential_key:
        vault = open_vault(settings)
    else:
        vault = Vault(add_key(settings), str(key_file(settings)))
    return await store.relock_all(session, lambda secret, url: vault.relock(secret, origin=_origin(url)))


def _origin(website_url: str) -> str:
    return origin_of(URL(website_url))
