"""Values that a suspicious visit would take away from known calls: told apart, and held. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from uuid import UUID

from hoistscraper.extraction.candidate import Candidate, Status
from hoistscraper.opportunities.changes import FieldChange, changes
from hoistscraper.opportunities.sources import Finding, KnownSource
from hoistscraper.opportunities.values import evidence_json, to_json
from hoistscraper.reading.call_pages import CallPages, PageFields
from hoistscraper.scraping.call_fields import CallFields, fields_of
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
    """A batch of findings, parted into those to write and those to hold.

    ``withheld`` names calls that are written without new values in doubt; ``lacking`` what pages lack that
    nearly all pages of the website state, by the names of their calls.
    """

    told: list[Finding]
    held: list[HeldCall]
    withheld: frozenset[str] = frozenset()
    lacking: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))


class Screen:
    """Looks at every batch of one visit before it is written, and remembers what it has seen."""

    def __init__(
        self,
        known: Mapping[str, KnownSource],
        *,
        is_open: bool = False,
        few_may_lose: bool = False,
        calls: CallFields | None = None,
    ) -> None:
        self._known = known
        self._calls = calls or CallFields(CallPages())
        self._is_open = is_open
        self._suspicion = Suspicion(few_may_lose=few_may_lose)
        self._held = 0

    def screen(
        self,
        findings: Sequence[Finding],
        before: Mapping[UUID, Candidate],
        pages: Mapping[str, PageFields] = MappingProxyType({}),
    ) -> Screened:
        """Part a batch; ``before`` is what the sources of known calls stated until now.

        ``pages`` tells, by the names of the calls, what their pages state where. New calls always pass, but
        for values in doubt, and so does what adds to a known call and takes nothing away.
        """
        known = [
            (finding, source, before[source.id])
            for finding in findings
            if (source := self._known.get(finding.identity)) and source.id in before
        ]
        for finding, _, stated in known:
            self._suspicion.count(stated, finding.candidate)
        lacking = self._count_pages(findings, before, pages)
        if self._is_open or self.sentence is None:
            return Screened(list(findings), [], lacking=lacking)
        held = {
            finding.identity: HeldCall(source, finding, differences)
            for finding, source, stated in known
            if (differences := self._in_doubt(taken_away(stated, finding.candidate)))
        }
        whole = [finding for finding in findings if finding.identity not in held]
        told = [self._confirmed(finding, pages, before) for finding in whole]
        withheld = frozenset(f.identity for f, as_found in zip(told, whole, strict=True) if f is not as_found)
        self._held += len(held) + len(withheld)
        return Screened(told, list(held.values()), withheld, lacking)

    def _count_pages(
        self,
        findings: Sequence[Finding],
        before: Mapping[UUID, Candidate],
        pages: Mapping[str, PageFields],
    ) -> dict[str, frozenset[str]]:
        lacking = {}
        for finding in findings:
            if page := pages.get(finding.identity):
                source = self._known.get(finding.identity)
                stated = before.get(source.id) if source else None
                lacking[finding.identity] = self._calls.count(page, stated, finding.candidate)
        return lacking

    def _in_doubt(self, differences: tuple[FieldChange, ...]) -> tuple[FieldChange, ...]:
        """Return the differences of a call that is held; none where they touch nothing that is in doubt."""
        doubted = {field for name in self._calls.doubts for field in fields_of(name)}
        is_held = self._suspicion.sentence or any(change.field in doubted for change in differences)
        return differences if is_held else ()

    def _confirmed(
        self, finding: Finding, pages: Mapping[str, PageFields], before: Mapping[UUID, Candidate]
    ) -> Finding:
        """Return a finding without what is new and in doubt; its page is read again by the next visit."""
        page, source = pages.get(finding.identity), self._known.get(finding.identity)
        if page is None:
            return finding
        stated = before.get(source.id) if source else None
        confirmed = self._calls.confirmed(page, finding.candidate, stated)
        if confirmed is finding.candidate:
            return finding
        return replace(finding, candidate=confirmed, verified_at=None)

    @property
    def sentence(self) -> str | None:
        """What is suspicious, or ``None``."""
        return self._suspicion.sentence or next(iter(self._calls.doubts.values()), None)

    @property
    def deviation(self) -> Deviation | None:
        """Why something was held, in words."""
        return Deviation(Measure.FIELDS, self.sentence or _ONCE_SUSPICIOUS) if self._held else None


def taken_away(before: Candidate, now: Candidate) -> tuple[FieldChange, ...]:
    """Return the fields that would be emptied or overwritten; a call may not be closed, either."""
    differences = changes(to_json(before), to_json(now), evidence_json(now))
    return tuple(
        change
        for change in differences
        if change.old is not None or (change.field == "status" and change.new == Status.CLOSED)
    )
