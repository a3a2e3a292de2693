"""One visit to one website, wherever its finds go: what ``scrape`` does with and without a database."""

import asyncio
from datetime import datetime, timedelta
from time import perf_counter

from hoistscraper.fetching.browsing.one_browser import OneBrowser
from hoistscraper.fetching.errors import FetchError
from hoistscraper.fetching.http import Fetcher
from hoistscraper.fetching.site_session import LogInFailed, SiteSession
from hoistscraper.scraping.brake import Brake
from hoistscraper.scraping.calls import CallReader
from hoistscraper.scraping.equipment import Equipment
from hoistscraper.scraping.keeper import Keeper, Writer
from hoistscraper.scraping.memory import Memory
from hoistscraper.scraping.recipes import Recipes
from hoistscraper.scraping.rendering import Rendering
from hoistscraper.scraping.report import JobStatus, Journal, Outcome
from hoistscraper.scraping.unlisted import UnlistedReader
from hoistscraper.scraping.walk import Walk
from hoistscraper.settings import Settings
from hoistscraper.websites.browser_needs import RenderMode

# Written together at most this many calls, and at most this late: what a power cut may cost.
BATCH_SIZE = 250
BATCH_SECONDS = 10.0


async def visit(
    url: str,
    *,
    settings: Settings,
    memory: Memory,
    writer: Writer,
    journal: Journal,
    browser: OneBrowser,
    mode: RenderMode = RenderMode.AUTO,
    at: datetime,
    session: SiteSession | None = None,
    brake: Brake | None = None,
    most_calls: int | None = None,
) -> Outcome:
    """Walk a website and hand what it offers to the writer; a website that fails is an outcome, not an error.

    ``browser`` shows the pages that need one, or those that ``mode`` says. ``session`` is the website's
    log-in; where the website does not take it, the walk ends at once.
    ``most_calls``, where given, are enough to see; those whose pages cannot be had are what their rows say.
    Cancelled or stopped by its brake, it writes what was found so far and says so in the outcome.

    :raises Unavailable: the writer cannot write.
    """
    started = perf_counter()
    keeper = Keeper(writer, batch_size=BATCH_SIZE, batch_seconds=BATCH_SECONDS)
    error: FetchError | LogInFailed | None = None
    status = JobStatus.COMPLETED
    brake = brake or Brake()
    async with (
        Fetcher(settings, robots=memory.robots, courtesies=memory.courtesies, session=session) as fetcher,
        Rendering(
            browser,
            settings,
            fetcher,
            website=url,
            journal=journal,
            mode=mode,
            needs=memory.browser_needs,
            at=at,
            session=session,
        ) as rendering,
    ):
        recipes = Recipes(journal, memory.recipe, is_on=memory.uses_recipes)
        equipment = Equipment(
            fetcher=fetcher,
            rendering=rendering,
            memory=memory,
            keeper=keeper,
            journal=journal,
            recipes=recipes,
            verified_before=at - timedelta(hours=settings.verify_after_hours),
            now=at,
        )
        calls = CallReader(equipment, most_pages=settings.max_details, rows_suffice=most_calls is not None)
        unlisted = UnlistedReader(equipment, calls=calls)
        walk = Walk(
            equipment,
            calls=calls,
            unlisted=unlisted,
            most_pages=settings.max_pages,
            most_calls=most_calls,
        )
        walking = asyncio.create_task(walk.run(url))
        brake.take_hold(halt=fetcher.halt, stop=walking.cancel)
        try:
            await walking
        except (FetchError, LogInFailed) as failure:
            error, status = failure, JobStatus.FAILED
            journal.note(failure.message, url, is_problem=True)
        except asyncio.CancelledError:
            status = JobStatus.CANCELLED
            journal.note("Stopped; what was found until then is kept.", is_problem=True)
        finally:
            brake.let_go()
        if walk.is_halted and status is JobStatus.COMPLETED:
            status = JobStatus.CANCELLED
            journal.note("Stopped after the pages in flight; what was found until then is kept.")
        await keeper.write(at=at)
        if status is JobStatus.COMPLETED and walk.is_complete:
            gone = [s for s in memory.sources.values() if s.is_listed and s.identity not in walk.seen]
            await keeper.forget(gone, at=at)
        return Outcome(
            status=status,
            error_kind=error.kind if error else None,
            error=error.message if error else None,
            seen=tuple(walk.seen),
            is_to_the_end=walk.is_to_the_end,
            cut_short=walk.cut_short,
            limit=walk.limit,
            pages_asked=calls.pages_asked,
            pages_failed=calls.pages_failed,
            may_heal=calls.may_heal or walk.may_heal,
            pages_blocked=calls.blocks,
            requests=fetcher.statistics.requests + rendering.requests,
            not_modified=fetcher.statistics.not_modified,
            bytes_received=fetcher.statistics.bytes_received + rendering.bytes_received,
            bytes_saved=journal.bytes_saved,
            elapsed_seconds=perf_counter() - started,
            robots=fetcher.robots_texts,
            hosts=fetcher.hosts_asked,
            is_halted=status is JobStatus.CANCELLED,
            retry_after_seconds=getattr(error, "retry_after_seconds", None),
            dropped=dict(journal.dropped),
            browser_needs=rendering.choice.learned(),
            recipes=recipes.learned(),
        )
