"""One call told more than once: the list's row and its own page, or several websites."""

import math
from collections.abc import Sequence
from dataclasses import replace

from hoistscraper.extraction.candidate import Candidate, Status
from hoistscraper.opportunities.values import FIELDS

# A second telling replaces the first only where its proof is clearly better.
MARGIN = 0.045
# These say one thing together; taken from one telling, never mixed.
TOGETHER = ("amount_min", "amount_max", "currency")


def merge(tellings: Sequence[Candidate]) -> Candidate:
    """Return one candidate from tellings in order of trust; each value keeps its own proof.

    :raises IndexError: there is no telling.
    """
    merged = tellings[0]
    for telling in tellings[1:]:
        merged = _merge_two(merged, telling)
    return merged


def complete(first: Candidate, second: Candidate) -> Candidate:
    """Return the first telling with what only the second states."""
    return _merge_two(first, second, margin=math.inf)


def _merge_two(first: Candidate, second: Candidate, *, margin: float = MARGIN) -> Candidate:
    taken = [name for name in FIELDS if name not in TOGETHER and _is_better(first, second, name, margin)]
    if not any(_states(first, name) for name in TOGETHER) or (
        _states(first, "currency") < _states(second, "currency") and _same_amounts(first, second)
    ):
        taken += [name for name in TOGETHER if _states(second, name)]
    evidence = dict(first.evidence)
    for name in taken:
        proof = second.evidence.get(name)
        if proof is not None:
            evidence[name] = proof
    return replace(
        first,
        url=first.url or second.url,
        evidence=evidence,
        **{name: getattr(second, name) for name in taken},
    )


def _states(candidate: Candidate, name: str) -> bool:
    return getattr(candidate, name) not in (None, "", (), Status.UNKNOWN)


def _same_amounts(first: Candidate, second: Candidate) -> bool:
    return (first.amount_min, first.amount_max) == (second.amount_min, second.amount_max)


def _is_better(first: Candidate, second: Candidate, name: str, margin: float) -> bool:
    if not _states(second, name):
        return False
    if not _states(first, name):
        return True
    return _confidence(second, name) > _confidence(first, name) + margin


def _confidence(candidate: Candidate, name: str) -> float:
    proof = candidate.evidence.get(name)
    return proof.confidence if proof else 0.0
