"""What may be written in a suspicious visit, and what is held."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from hoistscraper.extraction.candidate import Candidate, Evidence, Moment, Status
from hoistscraper.opportunities.sources import Finding, KnownSource
from hoistscraper.scraping.held import Screen

FULL = Candidate(
    title="Study of archives",
    organisation="Riverside Foundation",
    deadline=Moment(date(2031, 3, 1)),
    amount_max=Decimal(5_000),
    eligibility="Charities",
)
EMPTIED = Candidate(title="Study of archives")


def source(number: int) -> KnownSource:
    return KnownSource(
        id=uuid4(),
        opportunity_id=uuid4(),
        identity=f"url:{number}",
        listing_url="/",
        row_hash="",
        verified_at=datetime(2026, 1, 1, tzinfo=UTC),
        is_listed=True,
    )


def finding(number: int, candidate: Candidate) -> Finding:
    return Finding(
        identity=f"url:{number}", listing_url="/", row_hash="", candidate=candidate, verified_at=None
    )


class Case:
    def __init__(self, known: int) -> None:
        sources = [source(number) for number in range(known)]
        self.known = {each.identity: each for each in sources}
        self.before: dict[UUID, Candidate] = {each.id: FULL for each in sources}


def test_new_calls_always_pass() -> None:
    case = Case(3)
    findings = [finding(number, EMPTIED) for number in range(5)]
    screened = Screen(case.known).screen(findings, case.before)
    assert [f.identity for f in screened.told] == ["url:3", "url:4"]
    assert len(screened.held) == 3


def test_what_is_held_says_what_would_have_become_of_it() -> None:
    case = Case(3)
    screened = Screen(case.known).screen([finding(n, EMPTIED) for n in range(3)], case.before)
    held = screened.held[0].as_json()["fields"]
    assert held["organisation"] == {"old": "Riverside Foundation", "new": None, "evidence": None}  # type: ignore[index]


def test_in_a_suspicious_batch_what_only_adds_passes() -> None:
    case = Case(4)
    richer = replace(FULL, contact_email="a@example.org")
    findings = [finding(n, EMPTIED) for n in range(3)] + [finding(3, richer)]
    screened = Screen(case.known).screen(findings, case.before)
    assert [f.identity for f in screened.told] == ["url:3"]


def test_changed_values_and_single_losses_pass() -> None:
    case = Case(4)
    later = replace(FULL, deadline=Moment(date(2031, 6, 30)))
    findings = [finding(0, later), finding(1, replace(FULL, eligibility=None)), finding(2, FULL)]
    screen = Screen(case.known)
    assert len(screen.screen(findings, case.before).told) == 3
    assert screen.deviation is None


def test_one_call_that_loses_nearly_everything_is_held_until_it_has_lasted() -> None:
    case = Case(1)
    emptied = [finding(0, EMPTIED)]
    assert len(Screen(case.known).screen(emptied, case.before).held) == 1
    assert not Screen(case.known, few_may_lose=True).screen(emptied, case.before).held


def test_suspicion_lasts_from_batch_to_batch() -> None:
    case = Case(10)
    screen = Screen(case.known)
    screen.screen([finding(n, EMPTIED) for n in range(9)], case.before)
    assert len(screen.screen([finding(9, replace(FULL, eligibility=None))], case.before).held) == 1
    assert screen.deviation
    assert screen.deviation.sentence == "37 of 40 values of 10 known calls could not be read any more."


def test_where_a_website_is_taken_as_it_is_everything_passes() -> None:
    case = Case(3)
    screened = Screen(case.known, is_open=True).screen([finding(n, EMPTIED) for n in range(3)], case.before)
    assert len(screened.told) == 3


def test_calls_that_all_read_as_closed_are_held_unless_their_deadline_has_passed() -> None:
    case = Case(4)
    by_words = replace(FULL, status=Status.CLOSED, evidence={"status": Evidence("closed", "prose", 0.8)})
    by_date = replace(FULL, status=Status.CLOSED, evidence={"status": Evidence("1 March", "deadline", 0.8)})
    screen = Screen(case.known)
    assert len(screen.screen([finding(n, by_words) for n in range(4)], case.before).held) == 4
    assert screen.deviation
    assert screen.deviation.sentence == "4 of 4 calls read as closed before their deadline, all at once."
    assert not Screen(case.known).screen([finding(n, by_date) for n in range(4)], case.before).held


def test_deadlines_that_all_become_one_are_held_unless_they_were_one_before() -> None:
    case, same = Case(6), Moment(date(2032, 1, 1))
    moved = [finding(n, replace(FULL, deadline=same)) for n in range(6)]
    assert not Screen(case.known).screen(moved, case.before).held
    differing = {
        each.id: replace(FULL, deadline=Moment(date(2031, 3, n + 1)))
        for n, each in enumerate(case.known.values())
    }
    assert len(Screen(case.known).screen(moved, differing).held) == 6
