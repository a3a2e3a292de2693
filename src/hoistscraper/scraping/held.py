"""Values that a suspicious visit would take away from known calls: told apart, and held. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from hoistscraper.extraction.candidate import Candidate, Status
from hoistscraper.opportunities.changes import FieldChange, changes
from hoistscraper.opportunities.sources import Finding, KnownSource
from hoistscraper.opportunities.values import evidence_json, to_json
from hoistscraper.scraping.envelope import Deviation, Measure
from hoistscraper.scraping.suspicion import Suspicion

# The first batches looked wrong; all of the visit together does not, but what was held stays held.
_ONCE_SUSPICIOUS = "Some values of known calls could not be read any more."


@dataclass(frozen=True, slots=True)
class HeldCall:
    """A known call whose stored values stay, and what the visit would have made of them."""

    source: KnownSource
    finding: Finding
    differences: tuple[FieldChange, ...]

    def as_json(self) -> dict[str, object]:
        """Return what is kept of it with the job."""
        return {
            "source_id": str(self.source.id),
            "title": self.finding.candidate.title,
            "url": self.finding.candidate.url,
            "fields": {
                change.field: {"old": change.old, "new": change.new, "evidence": change.evidence}
                for change in self.differences
            },
        }


@dataclass(frozen=True, slots=True)
class Screened:
    """A batch of findings, parted into those to write and those to hold."""

    told: list[Finding]
    held: list[HeldCall]


class Screen:
    """Looks at every batch of one visit before it is written, and remembers what it has seen."""

    def __init__(
        self, known: Mapping[str, KnownSource], *, is_open: bool = False, few_may_lose: bool = False
    ) -> None:
        self._known = known
        self._is_open = is_open
        self._suspicion = Suspicion(few_may_lose=few_may_lose)
        self._held = 0

    def screen(self, findings: Sequence[Finding], before: Mapping[UUID, Candidate]) -> Screened:
        """Part a batch; ``before`` is what the sources of known calls stated until now.

        New calls always pass, and so does what adds to a known call and takes nothing away.
        """
        known = [
            (finding, source, before[source.id])
            for finding in findings
            if (source := self._known.get(finding.identity)) and source.id in before
        ]
        for finding, _, stated in known:
            self._suspicion.count(stated, finding.candidate)
        if self._is_open or not self._suspicion.sentence:
            return Screened(list(findings), [])
        held = {
            finding.identity: HeldCall(source, finding, differences)
            for finding, source, stated in known
            if (differences := taken_away(stated, finding.candidate))
        }
        self._held += len(held)
        return Screened([f for f in findings if f.identity not in held], list(held.values()))

    @property
    def deviation(self) -> Deviation | None:
        """Why something was held, in words."""
        sentence = self._suspicion.sentence
        return Deviation(Measure.FIELDS, sentence or _ONCE_SUSPICIOUS) if self._held else None


def taken_away(before: Candidate, now: Candidate) -> tuple[FieldChange, ...]:
    """Return the fields that would be emptied or overwritten; a call may not be closed, either."""
    differences = changes(to_json(before), to_json(now), evidence_json(now))
    return tuple(
        change
        for change in differences
        if change.old is not None or (change.field == "status" and change.new == Status.CLOSED)
    )
