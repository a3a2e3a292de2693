"""What ``credential`` does with the database."""

from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.accounts import credentials, store
from hoistscraper.accounts.kinds import Credential
from hoistscraper.accounts.packing import kind_of
from hoistscraper.accounts.store import ListedCredential
from hoistscraper.accounts.trial import Trial, no_log_in, try_stored
from hoistscraper.audit.actions import Action
from hoistscraper.audit.trail import Thing
from hoistscraper.cli.opening import opened
from hoistscraper.cli.trail import trail_here
from hoistscraper.clock import now
from hoistscraper.errors import NotFound
from hoistscraper.settings import Settings
from hoistscraper.websites import store as websites
from hoistscraper.websites.model import Website


async def must_be_listed(settings: Settings, address: str) -> None:
    """Check that a website is in the list.

    :raises NotFound: it is not.
    """
    async with opened(settings) as database, database.transaction() as session:
        await _website(session, address)


async def set_one(settings: Settings, address: str, credential: Credential) -> None:
    """Store the log-in of a website.

    :raises NotFound: the website is not in the list.
    """
    async with opened(settings) as database, database.transaction() as session:
        website = await _website(session, address)
        await credentials.set_credential(session, settings, website, credential, at=now())
        kind = {"kind": kind_of(credential).value}
        await trail_here().record(session, Action.CREDENTIAL_SET, _thing(website), kind)


async def list_all(settings: Settings) -> list[ListedCredential]:
    """Return what may be shown of every log-in."""
    async with opened(settings) as database, database.transaction() as session:
        return await store.list_credentials(session)


async def test_one(settings: Settings, address: str) -> Trial:
    """Try the log-in of a website, and note how that went.

    :raises NotFound: it has none.
    :raises HoistError: it does not let us in, or cannot be had.
    """
    async with opened(settings) as database:
        async with database.transaction() as session:
            website = await _website(session, address)
        return await try_stored(database, settings, website)


async def remove_one(settings: Settings, address: str) -> None:
    """Forget the log-in of a website.

    :raises NotFound: it has none.
    """
    async with opened(settings) as database, database.transaction() as session:
        website = await _website(session, address)
        if not await store.remove_credential(session, website.id):
            raise no_log_in(website)
        await trail_here().record(session, Action.CREDENTIAL_REMOVE, _thing(website))


async def rotate(settings: Settings) -> int:
    """Lock every log-in with the newest key and return how many there are."""
    async with opened(settings) as database, database.transaction() as session:
        relocked = await credentials.change_key(session, settings)
        thing = Thing.several("credentials", relocked, "log-in")
        await trail_here().record(session, Action.CREDENTIAL_KEY_ROTATE, thing)
        return relocked


def _thing(website: Website) -> Thing:
    return Thing("credential", website.id, website.url)


async def _website(session: AsyncSession, address: str) -> Website:
    website = await websites.find_website(session, address)
    if website is None:
        raise NotFound(
            f"{address} is not in the list; add it first with `hoistscraper website add {address}`."
        )
    return website
