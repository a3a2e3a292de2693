"""What a page is for, from its structure and its language: a list of calls, one call, or something else."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from hoistscraper.discovery.calls import CallList, topic_of
from hoistscraper.discovery.labelled_lines import labelled_lines, labels_in
from hoistscraper.discovery.layout import HEADINGS, Layout
from hoistscraper.discovery.naming import call_words, names_other_page
from hoistscraper.discovery.weighing import LEAST_MEAN, LEAST_STRENGTH
from hoistscraper.extraction.candidate import Candidate
from hoistscraper.extraction.folding import fold, fold_words, word_set
from hoistscraper.extraction.lexicon import field_of, holds_phrase, is_phrase
from hoistscraper.extraction.lines import one_line

_FACTS: Mapping[str, float] = MappingProxyType(
    {
        "deadline": 1.2,
        "eligibility": 0.8,
        "amount": 0.7,
        "amount_max": 0.7,
        "amount_min": 0.4,
        "reference_number": 0.5,
        "opening_date": 0.4,
        "status": 0.4,
        "organisation": 0.4,
        "contact": 0.2,
        "documents": 0.2,
        "summary": 0.2,
        "location": 0.1,
        "categories": 0.1,
    }
)
# What prose proves speaks for a call, too, but any article may speak of who is eligible, or of a sum.
_PROVEN: Mapping[str, float] = MappingProxyType(
    {
        "deadline": 1.2,
        "opening_date": 0.4,
        "status": 0.6,
        "eligibility": 0.4,
        "amount_max": 0.4,
        "amount_min": 0.2,
        "reference_number": 0.4,
        "contact_email": 0.1,
    }
)
# A page about calls in general has none of these.
_OF_ONE_CALL = frozenset(_PROVEN) - {"eligibility"}
LEAST_FACTS = 1.55
_LEAST_REPEATED = 2
_MOST_OFTEN = 3  # a list repeats its labels, the page of one call does not
# News of a call that was decided: its deadline is over, its sums are given.
_DECIDED_NAME = re.compile(
    r"\b(?:jury (?:hat )?entschieden|preistrager|resolucion (?:definitiva|provisional|de concesion"
    r"|de la convocatoria)"
    r"|laureats?|projets retenus|vincitori|graduatoria|esiti?\b|receives?"
    r"|(?:winners|recipients|awardees|grantees|fellows) (?:announced|named)"
    r"|announc\w+ (?:the )?(?:winners|recipients|awardees))\b"
    r"|\bshare (?=[£$€])"
)
_DECIDED = re.compile(
    r"\b(?:trustees|foundation|council|jury|board|panel|committee|we) (?:have |has )?(?:awarded"
    r"|selected|approved)\b"
    r"|\b(?:have|has) awarded (?=[£$€])|(?:projects?|applicants?|organi[sz]ations?) (?:have been"
    r"|were) (?:awarded|selected)"
    r"|\bse han concedido|\bhan sido (?:concedid|seleccionad)|\berhalten insgesamt"
    r"|\bwurden (?:ausgewahlt|bewilligt)"
    r"|\bont ete (?:retenu|selectionne|attribue)|\bsono stati (?:selezionati|assegnati|finanziati)"
)
_MOST_READ = 20_000
_TITLE_PARTS = re.compile(r"\s+[|–—·»:-]+\s+")
_OWN_FACTS = 0.3
_NAMES_OF_CALLS = frozenset(
    "award prize competition challenge fund residency preis prix premio concours concorso".split()
)
_BARE = 0.35
_MOST_OF_PAGE = 0.6
_OF_SHORT_LIST = 0.5
_LEAST_OF_WHOLE = 0.7
_LONGEST_LABEL = 70
_MOST_LINES = 3_000
_MOST_HEADED = 10_000  # what tells of one call stands before them


def is_listing(layout: Layout, calls: CallList, *, goes_on: bool = False) -> bool:
    """Tell whether a page is a list of calls rather than one call or something else.

    Where a listing ``goes_on``, its last page may show too few rows for a list of its own.
    """
    if goes_on and calls.weight.mean >= LEAST_MEAN:
        return True
    return _is_list(calls, layout) and list_strength(calls) > weigh_one_call(layout, calls=calls)


def is_one_call(layout: Layout, read: Candidate) -> bool:
    """Tell whether a page is about one call, from what could be ``read`` of it and how it is built."""
    if not _OF_ONE_CALL & frozenset(read.evidence) and not _invites(layout):
        return False
    if any(map(names_other_page, _names(layout))):
        return False
    return weigh_one_call(layout, read) >= LEAST_FACTS


def _invites(layout: Layout) -> bool:
    """Tell whether a heading or a button invites to apply."""
    marked = (node for node in layout.nodes if node.tag in HEADINGS or node.tag in ("a", "button"))
    return any(
        3 <= layout.text_length[node] <= _LONGEST_LABEL and is_phrase("apply", one_line(node))
        for node in marked
    )


def _is_list(calls: CallList, layout: Layout) -> bool:
    mean = calls.weight.mean
    if mean >= LEAST_MEAN and calls.strength >= LEAST_STRENGTH:
        return True
    # Few calls, or ones with plain names: nothing else has a page for each entry, and deadlines.
    return are_several(calls) and mean >= _LEAST_OF_WHOLE and topic_of(layout) >= 0


def are_several(calls: CallList) -> bool:
    """Tell whether most of a page is entries that lead to pages and name deadlines: it is of no one call."""
    return calls.weight.whole >= _OF_SHORT_LIST and calls.share >= _OF_SHORT_LIST


def list_strength(calls: CallList) -> float:
    """Return what speaks for a page being the list: rows that state facts of their own, most of the page."""
    # Links that state nothing but a name stand below many an article, too.
    is_full = calls.weight.own_facts >= _OWN_FACTS or calls.share >= _MOST_OF_PAGE
    return calls.strength * (1.0 if is_full else _BARE)


def weigh_one_call(layout: Layout, read: Candidate | None = None, *, calls: CallList | None = None) -> float:
    """Return what speaks for a page being about one call: facts that it states once, and its name.

    What the rows of a list state (``calls``) are facts of the rows.
    """
    return sum(signs_of_one_call(layout, read, calls=calls).values())


def signs_of_one_call(
    layout: Layout, read: Candidate | None = None, *, calls: CallList | None = None
) -> dict[str, float]:
    """Return each sign that a page is about one call, or is not, with its weight (below 0: against)."""
    written = layout.lines[:_MOST_LINES]
    seen = Counter(labels_in(labelled_lines(written)))
    seen.update(_headed(layout))
    of_rows = (
        Counter(field for row in calls.rows for field in set(labels_in(row.texts))) if calls else Counter()
    )
    weights = {
        field: weight
        for field, weight in _FACTS.items()
        if 1 <= seen[field] <= _MOST_OFTEN and of_rows[field] < _LEAST_REPEATED
    }
    for field in read.evidence if read is not None else ():
        weights[field] = max(weights.get(field, 0.0), _PROVEN.get(field, 0.0))
    telling = any(call_words(name)[0] for name in _names(layout))
    strong = any(not _NAMES_OF_CALLS.isdisjoint(fold_words(name)) for name in _names(layout))
    weights["its name"] = (0.8 if telling else 0.4 if strong else 0.0) + 2 * min(topic_of(layout), 0.0)
    weights["its sentences"] = _by_prose(written)
    if any(_DECIDED_NAME.search(fold(name)) for name in _names(layout)):
        weights["its decision"] = -2.0
    elif _DECIDED.search(fold(" ".join(written)[:_MOST_READ])):
        weights["its decision"] = -0.8
    return weights


def _names(layout: Layout) -> list[str]:
    # The rest of a title is the website's name.
    title = _TITLE_PARTS.split(layout.document.title or "", maxsplit=1)[0]
    return [title, *(one_line(node) for node in layout.nodes if node.tag == "h1")]


def _headed(layout: Layout) -> Counter[str]:
    """Count the fields named by headings and by what stands in bold or in a cell of its own."""
    named: Counter[str] = Counter()
    for node in layout.nodes[:_MOST_HEADED]:
        label = node.tag in HEADINGS or node.tag in ("dt", "th", "strong", "b", "td", "summary", "label")
        if label and 3 <= layout.text_length[node] <= _LONGEST_LABEL:
            text = one_line(node)
            if text.endswith(":") and node.tag in ("strong", "b"):
                continue  # the line it begins is counted already
            field = field_of(text)
            if field:
                named[field] += 1
            elif is_phrase("apply", text):
                named["status"] += 1
    return named


def _by_prose(written: Sequence[str]) -> float:
    text = fold(" ".join(line for line in written if len(line) > 30)[:20_000])
    words = word_set(text)
    score = 0.0
    if holds_phrase(text, words, "open", "closed") and holds_phrase(
        text, words, "deadline_prose", "limit_prose"
    ):
        score += 0.5
    if holds_phrase(text, words, "apply"):
        score += 0.4
    return score
