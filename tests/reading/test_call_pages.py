"""What is learned of the pages of calls."""

from datetime import date

from hoistscraper.extraction.standing import Standing
from hoistscraper.reading.call_pages import (
    LEAST_PAGES,
    CallPageKind,
    CallPages,
    PageFields,
    as_json,
    from_json,
    in_words,
)
from hoistscraper.reading.read import read_linked

LISTED = Standing("label:dl", "deadline")
APPLY_BY = Standing("label:table", "apply by")
PAGE = (
    "<html lang=en><title>Study of mills</title><main><h1>Study of mills</h1><p>For the region.</p><dl>"
    "<dt>Reference number</dt><dd>RF-12</dd><dt>Deadline of round 2</dt><dd>1 March 2031</dd></dl>"
    "<p>Questions: <a href=mailto:office@mills.example>office@mills.example</a></p></main></html>"
)


def page(kind: CallPageKind = CallPageKind.PAGE, **standings: Standing) -> PageFields:
    return PageFields(kind, standings)


def test_a_page_is_read_with_where_its_values_stand() -> None:
    reading = read_linked(PAGE, url="https://mills.example/1", today=date(2031, 1, 1))
    read = PageFields.of(reading)
    assert read is not None
    assert read.kind is CallPageKind.PAGE
    assert read.standings["deadline"] == Standing("label:dl", "deadline of round")
    assert read.standings["reference_number"] == Standing("label:dl", "reference number")
    assert "amount" not in read.standings


def test_nothing_is_expected_of_few_pages_or_of_what_several_lack() -> None:
    few = CallPages().after([page(deadline=LISTED)] * (LEAST_PAGES - 1))
    assert few.of(CallPageKind.PAGE).expected == frozenset()
    enough = few.after([page(deadline=LISTED)])
    assert enough.of(CallPageKind.PAGE).expected == {"deadline"}
    assert enough.usual_label == "deadline"
    lacking = enough.after([page()])
    assert lacking.of(CallPageKind.PAGE).expected == {"deadline"}
    assert lacking.after([page()]).of(CallPageKind.PAGE).expected == frozenset()
    assert lacking.after([page()]).usual_label == "deadline"
    assert lacking.after([page(deadline=APPLY_BY)]).usual_label is None


def test_each_kind_of_page_is_known_by_itself() -> None:
    known = CallPages().after([page(deadline=LISTED)] * 5 + [page(CallPageKind.DOCUMENT)] * 5)
    assert known.of(CallPageKind.DOCUMENT).expected == frozenset()
    assert known.of(CallPageKind.PAGE).expected == {"deadline"}


def test_what_moved_stands_there_on_all_pages() -> None:
    known = CallPages().after([page(deadline=LISTED)] * 6).moved(CallPageKind.PAGE, "deadline", APPLY_BY)
    kind = known.of(CallPageKind.PAGE)
    assert kind.is_usual("deadline", APPLY_BY)
    assert not kind.is_usual("deadline", LISTED)
    assert kind.expected == {"deadline"}


def test_old_pages_count_less_than_new_ones() -> None:
    known = CallPages().after([page(deadline=LISTED)] * 800 + [page(deadline=APPLY_BY)] * 800)
    kind = known.of(CallPageKind.PAGE)
    assert kind.pages <= 400
    assert not kind.is_usual("deadline", LISTED)
    assert kind.expected == {"deadline"}


def test_what_was_learned_is_kept_until_other_rules_read() -> None:
    known = CallPages().after([page(deadline=LISTED)] * 5)
    kept = as_json(known, reader="6")
    assert from_json(kept, reader="6") == known
    assert from_json(kept, reader="7") == CallPages()
    assert from_json({"calls": 12, "fields": {}}, reader="6") == CallPages()


def test_a_person_is_told_what_was_learned() -> None:
    known = CallPages().after([page(deadline=LISTED)] * 5)
    assert list(in_words(known)) == [
        "Of calls, 100% of 5 pages state their deadline: labelled \u201cdeadline\u201d (5)."
    ]
