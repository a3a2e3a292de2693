"""Is it the same call?"""

from datetime import date
from uuid import UUID

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.opportunities.identity import (
    Fingerprint,
    KnownCall,
    find_same,
    fold,
    reference_key,
    same_call,
)
from hoistscraper.opportunities.sources import LONGEST_IDENTITY_BYTES, identities, row_hash

LONG_TITLE = "restoration of riverside meadows and wetlands"
MARCH = date(2027, 3, 1)


def fingerprint(
    title: str = LONG_TITLE,
    reference: str | None = None,
    organisation: str | None = "river trust",
    deadline: date | None = MARCH,
) -> Fingerprint:
    return Fingerprint(title, reference, organisation, deadline)


def test_folding_drops_case_accents_and_punctuation() -> None:
    assert fold("  Appel à Projets — Été 2026! ") == "appel a projets ete 2026"


def test_a_reference_too_short_or_without_digits_tells_nothing() -> None:
    assert reference_key("RFP-1") is None
    assert reference_key("GRANTS") is None
    assert reference_key("RFP 2026/014") == "rfp2026014"


def test_the_same_title_organisation_and_deadline_is_the_same_call() -> None:
    assert same_call(fingerprint(), fingerprint())


def test_another_deadline_is_another_round_even_with_the_same_reference() -> None:
    assert not same_call(
        fingerprint(reference="rt2026"), fingerprint(reference="rt2026", deadline=date(2028, 3, 1))
    )


def test_the_same_reference_of_one_organisation_is_the_same_call_under_another_title() -> None:
    assert same_call(fingerprint(reference="rt2026"), fingerprint(title="meadows", reference="rt2026"))


def test_the_same_reference_of_two_organisations_is_not() -> None:
    assert not same_call(
        fingerprint(reference="rt2026"),
        fingerprint(title="meadows", reference="rt2026", organisation="town council"),
    )


def test_a_short_title_alone_is_not_enough() -> None:
    assert not same_call(fingerprint(title="research grants"), fingerprint(title="research grants"))


def test_a_call_without_a_deadline_is_not_recognised_by_its_title() -> None:
    assert not same_call(fingerprint(deadline=None), fingerprint(deadline=None))


def test_two_calls_that_could_be_the_same_are_none() -> None:
    known = [KnownCall(UUID(int=n), fingerprint()) for n in (1, 2)]
    assert find_same(fingerprint(), known) is None
    assert find_same(fingerprint(), known[:1]) == UUID(int=1)


def test_a_call_is_named_by_its_address() -> None:
    rows = [Candidate(title="A"), Candidate(title="B")]
    assert identities(rows, ["https://a.org/1", None], []) == ["url:https://a.org/1", "title:b"]


def test_rows_that_share_an_address_are_told_apart_by_their_titles() -> None:
    rows = [Candidate(title="A"), Candidate(title="B")]
    shared = "https://a.org/apply"
    assert identities(rows, [shared, shared], []) == [f"url:{shared} title:a", f"url:{shared} title:b"]


def test_a_row_keeps_its_name_when_the_one_that_shared_its_address_has_gone() -> None:
    shared = "https://a.org/apply"
    before = [f"url:{shared} title:a", f"url:{shared} title:b"]
    assert identities([Candidate(title="A")], [shared], before) == [before[0]]


def test_rows_of_one_title_are_told_apart_by_their_references() -> None:
    rows = [Candidate(title="A", reference_number=number) for number in ("1/26", "2/26")]
    first, second = identities(rows, [None, None], [])
    assert first != second


def test_an_endless_title_still_fits_an_index() -> None:
    [name] = identities([Candidate(title="é" * 100_000)], [None], [])
    assert len(name.encode()) <= LONGEST_IDENTITY_BYTES


def test_a_row_hash_changes_with_anything_that_the_row_states() -> None:
    row = Candidate(title="A", url="https://a.org/1")
    assert row_hash(row) == row_hash(Candidate(title="A", url="https://a.org/1"))
    assert row_hash(row) != row_hash(Candidate(title="A", url="https://a.org/1", organisation="X"))
