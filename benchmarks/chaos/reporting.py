"""Rounds in words, and all of them as a table."""

from collections.abc import Sequence
from statistics import quantiles

from benchmarks.chaos.disturbing import Kind
from benchmarks.chaos.rounds import Blow, Round

_MOST_FAULTS, _LONGEST_FAULT = 5, 240
_HEAD = (
    f"{'what':<20}{'count':>6}   {'taken up, or back: p50 / p95 / max':<38}{'all done: p50 / p95 / max':<30}"
)


def in_words(played: Round) -> str:
    """Return one line for a round, and one for each fault of it."""
    told = "; ".join(f"{blow.kind} at request {blow.at_request} ({blow.whom})" for blow in played.blows)
    line = (
        f"round {played.number:>3}  {played.seconds:5.1f} s  {'FAULT' if played.faults else 'ok':<5}  {told}"
    )
    return "\n".join([line, *(f"    {fault[:_LONGEST_FAULT]}" for fault in played.faults[:_MOST_FAULTS])])


def as_table(rounds: Sequence[Round]) -> str:
    """Return how often each thing went wrong, and how long it took to recover."""
    blows = [blow for played in rounds for blow in played.blows]
    return "\n".join([_HEAD, *(_line(kind, [b for b in blows if b.kind is kind]) for kind in Kind)])


def _line(kind: Kind, blows: Sequence[Blow]) -> str:
    back = [seconds for blow in blows for seconds in blow.back_seconds]
    settled = [blow.settled_seconds for blow in blows]
    return f"{kind:<20}{len(blows):>6}   {_spread(back):<38}{_spread(settled):<30}".rstrip()


def _spread(seconds: Sequence[float]) -> str:
    if not seconds:
        return "-"
    p95 = quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]
    middle = sorted(seconds)[len(seconds) // 2]
    return f"{middle:.2f} / {p95:.2f} / {max(seconds):.2f} s"
