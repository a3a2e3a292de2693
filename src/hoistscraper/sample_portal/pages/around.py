"""Everything that is not a call: home, news, past winners, guidance, privacy, and "no such page"."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from hoistscraper.sample_portal.calls import Call, Outcome
from hoistscraper.sample_portal.pages.frame import PORTAL_NAME, page, trail


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A short piece of news."""

    slug: str
    title: str
    text: str


NEWS = (
    NewsItem(
        "lantern-walk",
        "Four hundred children on the lantern walk",
        "Hall committees and schools walked from the station to the river with lanterns that they had made.",
    ),
    NewsItem(
        "orchard-census",
        "The orchard census is complete",
        "Volunteers counted 18,200 old fruit trees and found eleven varieties that were believed lost.",
    ),
    NewsItem(
        "new-office-hours",
        "Our telephone is answered until six",
        "From this month on somebody answers the telephone on working days until six in the evening.",
    ),
)


def home_page() -> str:
    """Return the first page, which only points to the others."""
    return _plain(
        PORTAL_NAME,
        "Invented organisations announce their invented calls here.",
        '<p><a href="/calls/">See all calls</a> or <a href="/news/">read the news</a>.</p>',
    )


def news_index() -> str:
    """Return the list of news."""
    items = "\n".join(f'<li><a href="/news/{item.slug}/">{escape(item.title)}</a></li>' for item in NEWS)
    return _plain("News", "What happened lately around the portal.", f"<ul>\n{items}\n</ul>")


def news_page(item: NewsItem) -> str:
    """Return one piece of news."""
    return _plain(item.title, item.text)


def winners_page(calls: Sequence[Call], year: int) -> str:
    """Return who won last year; names of past calls appear here, but nobody can apply."""
    lines = "\n".join(f"<li>{escape(line)}</li>" for line in winners_of(calls))
    return _plain(f"Past winners, {year - 1}", "Congratulations to them all.", f"<ul>\n{lines}\n</ul>")


def winners_of(calls: Sequence[Call]) -> list[str]:
    """Return one line for each call that was awarded: who won what."""
    names = ("Dairy Circle of the Lower Fens", "Technical School of Oudenrode", "Palings & Daughters")
    awarded = [call for call in calls if call.outcome is Outcome.AWARDED]
    return [f"{winner}: {call.title}" for winner, call in zip(names, awarded, strict=True)]


def guide_page() -> str:
    """Return advice to applicants: it speaks of applications and is none."""
    return _plain(
        "How to write a strong grant application",
        "Say in the first sentence what will be different when the money is spent.",
        "<p>Ask somebody outside your field to read it. Add up the budget twice.</p>",
    )


def alerts_page() -> str:
    """Return the page about messages: it speaks of tenders and open calls and is none."""
    return _plain(
        "Tender alerts and open calls by e-mail",
        "The portal is a sample and sends no messages; its feed tells a feed reader what is new.",
        '<p><a href="/feed.xml">The feed</a></p>',
    )


def about_page() -> str:
    """Return what the portal is."""
    return _plain(
        "About this portal",
        "A small website that comes with HoistScraper, to try it on something that hurts nobody.",
    )


def privacy_page() -> str:
    """Return what the portal knows of its visitors."""
    return _plain("Privacy", "This portal runs on your own machine. It keeps nothing and tells nobody.")


def not_found_page() -> str:
    """Return what a visitor sees at an address where there is nothing."""
    return _plain(
        "There is no such page",
        "The address may have been typed wrongly, or the page has gone.",
        '<p><a href="/calls/">See all calls</a></p>',
    )


def _plain(title: str, lead: str, content: str = "") -> str:
    steps = "" if title == PORTAL_NAME else trail(("Home", "/"), (title, None))
    main = f"""<main class="narrow">
{steps}
<h1>{escape(title)}</h1>
<p>{escape(lead)}</p>
{content}
</main>"""
    return page(title, main, description=lead)
