"""Why a page was read as it was: what spoke for each kind, each list and row, each value of a field."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hoistscraper.discovery.calls import CallList, choose_calls, topic_of, weigh_groups
from hoistscraper.discovery.layout import Layout, lay_out
from hoistscraper.discovery.records import all_rows
from hoistscraper.discovery.weighing import LEAST_MEAN, LEAST_STRENGTH, why_no_call
from hoistscraper.extraction.detail import read_detail
from hoistscraper.extraction.document import parse
from hoistscraper.extraction.lines import remembering_lines
from hoistscraper.extraction.why import Considered, why, why_row
from hoistscraper.fetching.decoding import decode
from hoistscraper.reading.items import context_of_rows, ground_of_rows, item_of_row, texts_of_row
from hoistscraper.reading.kind import LEAST_FACTS, list_strength, signs_of_one_call

MOST_LISTS = 8


@dataclass(frozen=True, slots=True)
class Possible:
    """A group of rows that could be the list, or a row that could be a call, and why it is or is not."""

    name: str
    is_taken: bool
    verdict: str
    fields: tuple[Considered, ...] = ()  # for which the row offers more than one value


@dataclass(frozen=True, slots=True)
class Explanation:
    """Sentences on the page's kind; what could be its list, and each row of the one that could most.

    ``fields`` is what was considered for each field of the one call that it may be about.
    """

    kind: tuple[str, ...]
    fields: tuple[Considered, ...]
    lists: tuple[Possible, ...] = ()
    rows: tuple[Possible, ...] = ()


@remembering_lines()
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
    found = weigh_groups(layout)
    calls = choose_calls(found, layout)
    return Explanation(
        (*_of_list(layout, calls), one_call),
        considered,
        tuple(_lists(found, calls)),
        tuple(_rows(calls, layout, today)) if calls else (),
    )


def _lists(found: Sequence[CallList], calls: CallList | None) -> Iterator[Possible]:
    """Say of the groups for which most speaks why they are the list or not."""
    ranked = sorted(found, key=lambda each: -each.strength)[:MOST_LISTS]
    for each in ranked:
        shown = ", ".join(row.title[:40] for row in each.rows[:3])
        is_taken = calls is not None and each.group is calls.group
        strength = f"{each.strength:.2f} speaks for it, {each.weight.mean:.2f} for each row"
        if is_taken and each is ranked[0]:
            verdict = f"taken: {strength}, for no other more"
        elif is_taken:
            verdict = f"taken: {strength}; it holds the rows for which more speaks, and their values"
        elif calls is None:
            verdict = f"not taken: none of its rows may be a call; {strength}"
        elif each.strength > calls.strength:
            verdict = f"not taken: {strength}, but it stands within the blocks that were taken"
        else:
            verdict = f"not taken: {strength}, {calls.strength:.2f} for the one that was taken"
        yield Possible(f"{each.group.size} rows ({each.group.form}): {shown}", is_taken, verdict)


def _rows(calls: CallList, layout: Layout, today: date) -> Iterator[Possible]:
    """Say of each row why it is a call or not, and of its values which ones lost."""
    whole = all_rows(calls.group, layout)
    names = Counter((row.title, row.url) for row in whole)
    ground = ground_of_rows(calls.rows, layout, today=today)
    context = context_of_rows(ground)
    kept = {(row.node, row.title): row for row in calls.rows}
    for row in whole:
        mine = kept.get((row.node, row.title))
        if mine is None:
            why_not = why_no_call(row)
            is_double = why_not is None and names[row.title, row.url] > 1
            verdict = f"left out: {'it is shown twice' if is_double else why_not or 'it may be no call'}"
            yield Possible(row.title, is_taken=False, verdict=verdict)
            continue
        fields = why_row(texts_of_row(mine), item_of_row(mine, ground), context)
        verdict = "taken: nothing says that it is no call"
        if row.url and not mine.url:
            verdict += "; its address is that of many others, so it counts for none"
        yield Possible(row.title, is_taken=True, verdict=verdict, fields=tuple(fields))


def _of_list(layout: Layout, calls: CallList | None) -> tuple[str, ...]:
    topic = topic_of(layout)
    named = f"Its name and address speak {topic:+.1f} for calls."
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
