"""What is kept of a run."""

from hoistscraper.loadtest.recording import MOST_SLOTS, TIMED_OUT, Outcome, Recording


def test_a_long_run_is_kept_in_wider_slots_and_loses_nothing() -> None:
    recording = Recording()
    seconds = 3 * MOST_SLOTS + 7
    for at in range(seconds):
        recording.add(at, Outcome("/a", 0.01, 0.01, "HTTP 500" if at % 10 == 0 else None))
    timeline = recording.timeline
    assert timeline.width_seconds == 4
    assert len(timeline.slots) <= MOST_SLOTS
    assert sum(slot.requests for slot in timeline.slots) == seconds
    assert sum(slot.failed for slot in timeline.slots) == recording.whole().failed == 181
    assert timeline.slots[0].requests == 4


def test_refusals_that_come_at_once_make_nothing_look_fast() -> None:
    recording = Recording()
    for _ in range(99):
        recording.add(0, Outcome("/a", 0.0001, 0.0001, "HTTP 503"))
    recording.add(0, Outcome("/a", 3, 3))
    recording.add(0, Outcome("/a", 10, 10, TIMED_OUT))
    whole = recording.whole()
    assert (whole.requests, whole.failed, whole.since_due.count) == (101, 100, 2)
    assert whole.since_due.quantile(0.5) >= 3
    assert whole.since_due.highest_seconds == 10
