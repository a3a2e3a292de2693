"""What may be believed of ready answers."""

from time import monotonic

import pytest

from hoistscraper.cache import entries as entries_module
from hoistscraper.cache.entries import Entries, Moment
from hoistscraper.cache.freshness import BELIEVED_SECONDS, Freshness
from hoistscraper.database.snapshots import Snapshot


class Text(str):
    """Something to keep."""

    __slots__ = ()

    @property
    def size(self) -> int:
        return len(self)


@pytest.fixture
def freshness() -> Freshness:
    """One that listens, and has just proved it."""
    freshness = Freshness()
    freshness.begin("server")
    freshness.beat(7, 100)
    freshness.proven(Snapshot.parse("90:101:95"), sent_at=monotonic())
    return freshness


def test_an_answer_is_kept_until_one_of_its_tables_is_changed(freshness: Freshness) -> None:
    websites, jobs = freshness.topic("website"), freshness.topic("scrape_job")
    entries: Entries[Text] = Entries(100_000)
    entries.put("w", Text("w"), Moment.present(websites))
    entries.put("j", Text("j"), Moment.present(jobs))
    freshness.changed("website", 101)
    assert (entries.get("w"), entries.get("j")) == (None, "j")


def test_an_answer_whose_reading_began_before_a_change_was_heard_is_not_kept(freshness: Freshness) -> None:
    topic = freshness.topic("website")
    entries: Entries[Text] = Entries(100_000)
    moment = Moment.present(topic)
    freshness.changed("website", 101)
    entries.put("w", Text("old"), moment)
    assert len(entries) == 0


def test_no_answer_outlives_its_minute(freshness: Freshness, monkeypatch: pytest.MonkeyPatch) -> None:
    entries: Entries[Text] = Entries(100_000)
    moment = Moment.present(freshness.topic("website"))
    entries.put("w", Text("open"), moment)
    assert entries.get("w") == "open"
    monkeypatch.setattr(entries_module, "minute", lambda: moment.minute + 1)
    assert entries.get("w") is None


def test_those_that_nobody_asked_for_the_longest_leave_first(freshness: Freshness) -> None:
    topic = freshness.topic("website")
    entries: Entries[Text] = Entries(10_000)
    for name in ("a", "b"):
        entries.put(name, Text(name * 2_000), Moment.present(topic))
    assert entries.get("a")
    entries.put("c", Text("c" * 2_000), Moment.present(topic))
    assert (entries.get("b"), bool(entries.get("a")), bool(entries.get("c"))) == (None, True, True)
    entries.put("d", Text("d" * 20_000), Moment.present(topic))
    assert entries.get("d") is None
    assert entries.size <= 10_000


def test_a_transaction_is_known_once_it_was_heard_or_seen_to_be_over(freshness: Freshness) -> None:
    known = {number: freshness.knows(number) for number in (80, 95, 100, 101)}
    assert known == {80: True, 95: False, 100: True, 101: False}
    freshness.changed("website", 101)
    assert freshness.knows(101)
    freshness.proven(Snapshot.parse("95:101:95"), sent_at=monotonic())
    assert freshness.knows(101), "it was heard after the snapshot that was proven"


def test_proof_that_is_too_old_is_none(freshness: Freshness) -> None:
    assert freshness.is_sure
    freshness.proven(Snapshot.parse("90:101:"), sent_at=monotonic() - BELIEVED_SECONDS)
    assert not freshness.is_sure


def test_listening_anew_begins_with_nothing(freshness: Freshness) -> None:
    topic = freshness.topic("website")
    entries: Entries[Text] = Entries(100_000)
    entries.put("w", Text("w"), Moment.present(topic))
    freshness.lost()
    assert not freshness.is_sure
    freshness.begin("server")
    assert entries.get("w") is None
    assert not freshness.knows(80)
    assert freshness.state(topic) is None


def test_who_heard_the_same_names_it_the_same() -> None:
    def heard(*, late: bool) -> str | None:
        freshness = Freshness()
        topic = freshness.topic("website", "scrape_job")
        freshness.begin("server")
        if not late:
            freshness.beat(7, 100)
            freshness.changed("website", 101)
        freshness.beat(8, 102)
        freshness.changed("opportunity", 103)
        freshness.changed("website", 104)
        freshness.beat(8, 105)
        return freshness.state(topic)

    assert heard(late=False) == heard(late=True) == "server/102/scrape_job:0/website:104"


def test_who_missed_the_first_beat_of_a_minute_names_nothing_as_others_do() -> None:
    names = []
    for beats in ((102, 105), (105,)):
        freshness = Freshness()
        freshness.begin("server")
        for beat in beats:
            freshness.beat(8, beat)
        names.append(freshness.state(freshness.topic("website")))
    assert names == ["server/102/website:0", "server/105/website:0"]
