"""Consult a model about one page: a question a group of fields, and what of the answers is believed."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.content import Content
from hoistscraper.language_model.answer import Pointers
from hoistscraper.language_model.believing import believed
from hoistscraper.language_model.fields import METHOD, Group, wanted
from hoistscraper.language_model.passages import Passage, passages_for

Ask = Callable[[Group, Sequence[Passage]], Awaitable[Pointers]]
"""Gives the places to which a model points for a group of fields on these passages."""


@dataclass(slots=True)
class Consultation:
    """The candidate as it is after what was asked so far, and the fields that a model gave."""

    candidate: Candidate
    given: list[str] = field(default_factory=list)
    questions: int = 0


async def consult(told: Consultation, page: Content, ask: Ask, *, most_characters: int) -> None:
    """Ask for what is missing or doubtful and can be proven on this page; note what comes of it.

    Whatever ``ask`` raises ends it; what came of the questions before is noted then.
    """
    for group in wanted(told.candidate, page):
        shown = passages_for(group, page, most_characters=most_characters)
        pointers = await ask(group, shown)
        told.questions += 1
        better = believed(pointers, shown, page, told.candidate)
        if better is not None:
            told.given += [name for name in better.evidence if _is_new(name, better, told.candidate)]
            told.candidate = better


def _is_new(name: str, after: Candidate, before: Candidate) -> bool:
    return after.evidence[name].method == METHOD and after.evidence[name] != before.evidence.get(name)
