"""Opening a tab: all that watches it stands before it goes anywhere."""

from playwright.async_api import BrowserContext

from hoistscraper.fetching.browsing.gate import Gate
from hoistscraper.fetching.browsing.passes import Pass
from hoistscraper.fetching.browsing.permits import Permit
from hoistscraper.fetching.browsing.tab import Tab
from hoistscraper.fetching.browsing.traffic import Traffic


async def open_tab(context: BrowserContext, holder: Pass, permit: Permit, blocked: tuple[str, ...]) -> Tab:
    """Open a tab whose documents are admitted one by one, and which loads nothing of what is blocked."""
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    tree = await session.send("Page.getFrameTree")
    main_frame = str(tree["frameTree"]["frame"]["id"])
    traffic = Traffic(session, main_frame)
    gate = Gate(session, main_frame, holder)
    await traffic.listen()
    await gate.stand()
    await session.send("Network.setBypassServiceWorker", {"bypass": True})
    if blocked:
        await session.send("Network.setBlockedURLs", {"urls": list(blocked)})
    return Tab(page, session, traffic, gate, permit)
