"""The listing: twenty calls a page, past ones among them, beside what is no call at all."""

from collections.abc import Sequence
from html import escape

from hoistscraper.sample_portal.calls import Call, Outcome
from hoistscraper.sample_portal.pages.around import NEWS, winners_of
from hoistscraper.sample_portal.pages.frame import page
from hoistscraper.sample_portal.wording import amount_in_words, day_in_words, deadline_in_words

CALLS_PER_PAGE = 20


def listing_path(number: int) -> str:
    """Return the address of a listing page, counted from 1."""
    return "/calls/" if number == 1 else f"/calls/?page={number}"


def listing_page(number: int, calls: Sequence[Call], year: int) -> str:
    """Return one page of the listing, counted from 1."""
    pages = -(-len(calls) // CALLS_PER_PAGE)
    first = (number - 1) * CALLS_PER_PAGE
    rows = "\n".join(_row(call) for call in calls[first : first + CALLS_PER_PAGE])
    content = f"""<div class="wide">
<main>
<h1>Grants, tenders and fellowships</h1>
<p class="quiet">Calls {first + 1} to {min(first + CALLS_PER_PAGE, len(calls))} of {len(calls)}</p>
<ul class="calls">
{rows}
</ul>
{_pager(number, pages)}
</main>
{_aside(calls, year)}
</div>"""
    title = "Calls" if number == 1 else f"Calls, page {number}"
    return page(title, content, description="Invented calls for funding.", head=_neighbours(number, pages))


def _row(call: Call) -> str:
    facts = [escape(call.organisation.name), _when(call)]
    amount = amount_in_words(call)
    if amount:
        facts.append(f"{'Budget' if call.kind == 'tender' else 'Amount'}: {escape(amount)}")
    language = "" if call.language == "en" else f' lang="{call.language}"'
    return f"""<li class="call">
<h2><a href="{call.path}"{language}>{escape(call.title)}</a></h2>
<div class="facts">{"".join(f"<p>{fact}</p>" for fact in facts)}</div>
<p{language}>{escape(call.summary)}</p>
<p class="quiet">{call.kind.capitalize()}{_mark(call)}</p>
</li>"""


def _when(call: Call) -> str:
    if call.deadline is None:
        return "Deadline: rolling, apply at any time"
    words = escape(deadline_in_words(call.deadline, call.organisation))
    return f"Closed on {words}" if call.outcome is Outcome.CLOSED else f"Deadline: {words}"


def _mark(call: Call) -> str:
    # An overdue call is one that nobody remembered to mark.
    if call.outcome is Outcome.OVERDUE:
        return ""
    words = call.outcome.value.capitalize()
    if call.opens:
        words += f", opens {day_in_words(call.opens, call.organisation)}"
    return f' <span class="mark {call.outcome.value}">{escape(words)}</span>'


def _pager(number: int, pages: int) -> str:
    links = [f'<a href="{listing_path(number - 1)}" rel="prev">Previous</a>'] if number > 1 else []
    links += [
        f'<span aria-current="page">{other}</span>'
        if other == number
        else f'<a href="{listing_path(other)}">{other}</a>'
        for other in range(1, pages + 1)
    ]
    links += [f'<a href="{listing_path(number + 1)}" rel="next">Next</a>'] if number < pages else []
    return f'<nav class="pager" aria-label="Pages">{"".join(links)}</nav>'


def _neighbours(number: int, pages: int) -> str:
    return f'<link rel="next" href="{listing_path(number + 1)}">' if number < pages else ""


def _aside(calls: Sequence[Call], year: int) -> str:
    news = "\n".join(f'<li><a href="/news/{item.slug}/">{escape(item.title)}</a></li>' for item in NEWS)
    winners = "\n".join(f"<li>{escape(line)}</li>" for line in winners_of(calls))
    return f"""<aside>
<section class="box">
<h2>News</h2>
<ul>
{news}
</ul>
</section>
<section class="box">
<h2>Past winners, {year - 1}</h2>
<ul>
{winners}
</ul>
<p><a href="/winners/">All winners</a></p>
</section>
<section class="box">
<h2>Good to know</h2>
<p><a href="/guide/">How to write a strong grant application</a></p>
<p><a href="/alerts/">Tender alerts and open calls by e-mail</a></p>
</section>
</aside>"""
