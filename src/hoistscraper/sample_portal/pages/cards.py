"""The detail layout of small cards, which also declares its facts as JSON-LD."""

import json
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from hoistscraper.sample_portal.calls import Call
from hoistscraper.sample_portal.pages.frame import page, trail
from hoistscraper.sample_portal.pages.labels import facts


def cards_page(call: Call) -> str:
    """Return a detail page: a section for each fact, and the same facts declared for machines."""
    cards = "\n".join(
        f'<section class="box">\n<h2>{escape(label)}</h2>\n<p>{escape(value)}</p>\n</section>'
        for label, value in facts(call)
    )
    content = f"""<main class="narrow">
{trail(("Home", "/"), ("Calls", "/calls/"), (call.title, None))}
<h1>{escape(call.title)}</h1>
<p>{escape(call.summary)}</p>
<div class="cards">
{cards}
</div>
</main>"""
    # "<" is escaped, so that no text of a call can end the script element.
    declared = json.dumps(declaration(call), ensure_ascii=False, indent=1).replace("<", "\\u003c")
    head = f'<script type="application/ld+json">\n{declared}\n</script>'
    return page(call.title, content, description=call.summary, head=head)


def declaration(call: Call) -> dict[str, object]:
    """Return the call in the words of schema.org."""
    declared: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Demand" if call.kind == "tender" else "MonetaryGrant",
        "name": call.title,
        "description": call.summary,
        "identifier": call.reference,
        "funder": {"@type": "Organization", "name": call.organisation.name},
    }
    if call.opens:
        declared["availabilityStarts"] = call.opens.isoformat()
    if call.deadline:
        declared["validThrough"] = _closing_moment(call)
    if call.amount_max is not None:
        declared["amount"] = _monetary_amount(call)
    return declared


def _closing_moment(call: Call) -> str | None:
    if call.deadline is None:
        return None
    day, hour = call.deadline.day, call.deadline.hour
    if hour is None:
        return day.isoformat()
    return datetime.combine(day, hour, tzinfo=ZoneInfo(call.organisation.timezone)).isoformat()


def _monetary_amount(call: Call) -> dict[str, object]:
    amount: dict[str, object] = {"@type": "MonetaryAmount", "currency": call.organisation.currency}
    if call.amount_min is not None and call.amount_min == call.amount_max:
        return {**amount, "value": call.amount_max}
    if call.amount_min is not None:
        amount["minValue"] = call.amount_min
    return {**amount, "maxValue": call.amount_max}
