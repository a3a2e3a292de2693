"""Where on the page of a call its values stand: by which way they were read, and under which label."""

from collections.abc import Mapping
from dataclasses import dataclass

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.content import Content
from hoistscraper.extraction.labels import bare

# The names under which it is told where values stand, and the fields that hold them.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "deadline": ("deadline",),
    "opening_date": ("opening_date",),
    "amount": ("amount_max", "amount_min"),
    "reference_number": ("reference_number",),
    "contact_email": ("contact_email",),
    "organisation": ("organisation",),
    "eligibility": ("eligibility",),
}


@dataclass(frozen=True, slots=True, order=True)
class Standing:
    """A place on pages: the way of reading (``label:dl``), and the label as far as pages share it."""

    method: str
    label: str = ""


def standings_of(read: Candidate, page: Content) -> dict[str, Standing]:
    """Return where what was read of a page stands on it, by the names of :data:`FIELDS`."""
    proofs = {
        name: next((read.evidence[each] for each in fields if each in read.evidence), None)
        for name, fields in FIELDS.items()
    }
    return {
        name: Standing(proof.method, _label(name, proof.method, proof.quote, page))
        for name, proof in proofs.items()
        if proof is not None
    }


def _label(name: str, method: str, quote: str, page: Content) -> str:
    """Return the label above or before a quote."""
    if not method.startswith("label:"):
        return ""
    around = [pair for pair in page.pairs if pair.method == method and quote in pair.value]
    pair = next((each for each in around if each.field == name), around[0] if around else None)
    return bare(pair.label) if pair else ""
