"""Stored log-ins in a real database."""

from pathlib import Path
from uuid import UUID

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from sqlalchemy import text

from hoistscraper.accounts import credentials, store
from hoistscraper.accounts.errors import KeyMissing, Unreadable
from hoistscraper.accounts.keys import key_file
from hoistscraper.accounts.kinds import BasicCredential
from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.fetching.site_session import SiteSession
from hoistscraper.settings import Settings
from hoistscraper.websites.model import Website
from hoistscraper.websites.store import add_website, remove_website

BASIC = BasicCredential(user="reader", password="marker-password")


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    """Settings with a data folder of its own."""
    return settings.model_copy(update={"data_dir": tmp_path})


async def given(database: Database, own: Settings, *names: str) -> list[Website]:
    """Return websites with a log-in."""
    websites = [Website(url=f"https://{name}.example/", name=name) for name in names]
    async with database.transaction() as session:
        for website in websites:
            await add_website(session, website)
            await credentials.set_credential(session, own, website, BASIC, at=now())
    return websites


async def opened(database: Database, own: Settings, website: Website) -> SiteSession | None:
    """Return the session of a website."""
    async with database.transaction() as session:
        return await credentials.open_session(session, own, website, browser=OneBrowser(own))


async def secrets_of(database: Database) -> dict[UUID, bytes]:
    """Return what is locked."""
    async with database.transaction() as session:
        rows = await session.execute(text("SELECT website_id, secret FROM credential"))
        return {row.website_id: bytes(row.secret) for row in rows}


async def test_one_website_has_one_log_in_and_a_new_one_replaces_it(
    database: Database, own: Settings
) -> None:
    [website] = await given(database, own, "portal")
    async with database.transaction() as session:
        await store.mark_used(session, website.id, at=now(), is_verified=False, failed_reason="No.")
        await credentials.set_credential(session, own, website, BASIC, at=now())
        [listed] = await store.list_credentials(session)
    assert (listed.website_url, listed.kind, listed.failed_reason) == (website.url, "basic", None)
    assert "marker" not in repr(listed)


async def test_a_removed_website_takes_its_log_in_along(database: Database, own: Settings) -> None:
    [website] = await given(database, own, "portal")
    async with database.transaction() as session:
        await remove_website(session, website.url)
    assert await secrets_of(database) == {}


async def test_a_new_key_locks_every_log_in_anew(database: Database, own: Settings) -> None:
    websites = await given(database, own, "a", "b", "c")
    before = await secrets_of(database)
    old_key = key_file(own).read_text().strip()
    async with database.transaction() as session:
        assert await credentials.change_key(session, own) == 3
    after = await secrets_of(database)
    newest = Fernet(key_file(own).read_text().splitlines()[0])
    assert all(newest.decrypt(secret) for secret in after.values())
    assert not set(before.values()) & set(after.values())
    assert key_file(own).read_text().splitlines()[1] == old_key
    assert [await opened(database, own, website) is not None for website in websites] == [True] * 3


async def test_a_key_change_that_fails_in_the_middle_changes_no_log_in(
    database: Database, own: Settings
) -> None:
    websites = await given(database, own, "a", "b", "c")
    async with database.transaction() as session:
        await session.execute(
            text("UPDATE credential SET secret = 'broken' WHERE website_id = :id"), {"id": websites[1].id}
        )
    before = await secrets_of(database)
    with pytest.raises(Unreadable):
        async with database.transaction() as session:
            await credentials.change_key(session, own)
    assert await secrets_of(database) == before
    assert await opened(database, own, websites[0])


async def test_keys_of_the_environment_are_changed_by_naming_a_new_one_first(
    database: Database, own: Settings
) -> None:
    new, old = (Fernet.generate_key().decode() for _ in range(2))
    with_old = own.model_copy(update={"credential_key": SecretStr(old)})
    with_both = own.model_copy(update={"credential_key": SecretStr(f"{new},{old}")})
    with_new = own.model_copy(update={"credential_key": SecretStr(new)})
    [website] = await given(database, with_old, "portal")
    async with database.transaction() as session:
        await credentials.change_key(session, with_both)
    assert await opened(database, with_new, website)
    assert not key_file(own).exists()


async def test_no_new_key_is_made_while_others_are_locked_with_a_lost_one(
    database: Database, own: Settings
) -> None:
    await given(database, own, "portal")
    key_file(own).unlink()
    with pytest.raises(KeyMissing):
        await given(database, own, "other")
    assert not key_file(own).exists()


async def test_a_lost_key_is_got_over_by_setting_the_only_log_in_again(
    database: Database, own: Settings
) -> None:
    [website] = await given(database, own, "portal")
    key_file(own).unlink()
    async with database.transaction() as session:
        await credentials.set_credential(session, own, website, BASIC, at=now())
    assert await opened(database, own, website)


async def test_a_log_in_does_not_follow_a_row_that_was_pointed_elsewhere(
    database: Database, own: Settings
) -> None:
    [website] = await given(database, own, "portal")
    website.url = "https://evil.example/"
    with pytest.raises(Unreadable):
        await opened(database, own, website)


async def test_a_website_without_a_log_in_has_no_session(database: Database, own: Settings) -> None:
    assert await opened(database, own, Website(url="https://open.example/", name="open")) is None
    assert not key_file(own).exists()
