"""The detail layout that tells a call in sentences under headings."""

from html import escape

from hoistscraper.sample_portal.calls import Call, Outcome
from hoistscraper.sample_portal.pages.frame import page, trail
from hoistscraper.sample_portal.wording import (
    amount_in_words,
    day_in_words,
    deadline_in_words,
    email_in_words,
)


def prose_page(call: Call) -> str:
    """Return a detail page without labels: what a reader wants to know stands in the sentences."""
    sections = [
        ("About this call", [call.summary, _offered_by(call)]),
        ("Who can apply", [call.eligibility]),
        ("Funding" if call.kind != "tender" else "Budget", [_worth(call)]),
        ("Dates", [*_earlier_dates(call), _deadline(call)]),
        ("How to apply", [_how_to_apply(call)]),
    ]
    content = f"""<main class="narrow">
{trail(("Home", "/"), ("Calls", "/calls/"), (call.title, None))}
<h1>{escape(call.title)}</h1>
{"".join(_section(heading, sentences) for heading, sentences in sections)}</main>"""
    return page(call.title, content, description=call.summary)


def _section(heading: str, sentences: list[str]) -> str:
    paragraphs = "\n".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    return f"<h2>{heading}</h2>\n{paragraphs}\n"


def _offered_by(call: Call) -> str:
    by = call.organisation.name
    return f"This {call.kind} is offered by the {by}. Its reference number is {call.reference}."


def _worth(call: Call) -> str:
    amount = amount_in_words(call) or "no fixed sum"
    if call.kind == "tender":
        return f"The estimated contract value is {amount}."
    return f"{amount} is available for each {'fellow' if call.kind == 'fellowship' else 'project'}."


def _earlier_dates(call: Call) -> list[str]:
    named = [("Opening date", call.opens)] if call.opens else []
    return [f"{name}: {day_in_words(day, call.organisation)}." for name, day in (*named, *call.other_dates)]


def _deadline(call: Call) -> str:
    if call.deadline is None:
        return "There is no deadline: applications are accepted on a rolling basis."
    words = deadline_in_words(call.deadline, call.organisation)
    noun = "Tenders" if call.kind == "tender" else "Applications"
    if call.outcome is Outcome.CLOSED:
        return f"This call is closed. {noun} had to be received by {words}."
    return f"{noun} must be received by {words}."


def _how_to_apply(call: Call) -> str:
    organisation = call.organisation
    return (
        f"Write to {organisation.contact} at {email_in_words(organisation)} "
        f"or telephone {organisation.phone} before you start."
    )
