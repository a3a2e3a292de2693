"""Why a page was read as it was: what spoke for each kind, and what was possible for each field."""

from dataclasses import dataclass
from datetime import date

from hoistscraper.discovery.calls import find_calls, topic_of
from hoistscraper.discovery.layout import Layout, lay_out
from hoistscraper.discovery.weighing import LEAST_MEAN, LEAST_STRENGTH
from hoistscraper.extraction.detail import read_detail
from hoistscraper.extraction.document import parse
from hoistscraper.extraction.why import Considered, why
from hoistscraper.fetching.decoding import decode
from hoistscraper.reading.kind import LEAST_FACTS, list_strength, signs_of_one_call


@dataclass(frozen=True, slots=True)
class Explanation:
    """Sentences on the page's kind, and what was considered for each field of the call it may be about."""

    kind: tuple[str, ...]
    fields: tuple[Considered, ...]


def explain(content: bytes, *, url: str | None, charset: str | None = None, today: date) -> Explanation:
    """Explain how an HTML page is read; it is read anew for this, with every rule."""
    document = parse(decode(content, declared=charset), url)
    layout = lay_out(document)
    read = read_detail(document, today=today, source_url=url)
    considered = tuple(why(document, read, today=today))
    signs = signs_of_one_call(layout, read)
    facts = ", ".join(f"{name} {weight:+.1f}" for name, weight in signs.items() if weight) or "nothing"
    one_call = (
        f"One call: {facts}; together {sum(signs.values()):.2f}, a call has at least {LEAST_FACTS} and a"
        " date, a sum, a status, a reference number or an invitation to apply."
    )
    return Explanation((*_of_list(layout), one_call), considered)


def _of_list(layout: Layout) -> tuple[str, ...]:
    topic = topic_of(layout)
    named = f"Its name and address speak {topic:+.1f} for calls."
    calls = find_calls(layout)
    if calls is None:
        return named, "A list: no group of like rows."
    rivals = sum(signs_of_one_call(layout, calls=calls).values())
    shown = ", ".join(row.title[:40] for row in calls.rows[:3])
    return named, (
        f"A list: {len(calls.rows)} rows ({calls.group.form}; {shown}), {calls.weight.mean:.2f} for each"
        f" (at least {LEAST_MEAN}), {calls.weight.own_facts:.0%} state facts, {calls.share:.0%} of the"
        f" content; strength {calls.strength:.2f} (at least {LEAST_STRENGTH}), and"
        f" {list_strength(calls):.2f} against {rivals:.2f} for one call."
    )
