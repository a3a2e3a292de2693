"""Who may apply."""

import re

from hoistscraper.extraction.content import Content
from hoistscraper.extraction.finding import Finding, first_of
from hoistscraper.extraction.folding import fold
from hoistscraper.extraction.prose import sentences

LONGEST = 1500
LEAST = 12
_SAYS_WHO = re.compile(
    r"\beligib|(?:applicants?|candidates?|proposers?|bidders?|researchers?|students?|"
    r"organi[sz]ations?|nominees?) (?:must|should|shall|need to|are required)|"
    r"(?:is|are) open to|must be (?:a|an|enrolled|citizens?|residents?|licensed|members?)|"
    r"who can apply|may apply|"
    r"eligibilit|peuvent (?:candidater|postuler|participer)|s'adresse (?:a|aux)|est ouvert(?:e)? (?:a|aux)|"
    r"antragsberechtigt|bewerben konnen sich|teilnahmeberechtigt|richtet sich an|konnen sich bewerben|"
    r"podran (?:participar|solicitar|presentar|concurrir|ser beneficiari)|pueden (?:participar|"
    r"postular)|dirigid[oa] a|requisitos|"
    r"possono (?:partecipare|presentare|candidarsi)|requisiti|rivolto a|ammessi a|"
    r"podem (?:participar|candidatar|concorrer)|elegive(?:l|is)|kunnen aanvragen|komen in aanmerking|"
    r"moga (?:skladac|ubiegac)|opravnen"
)


def eligibility_of(page: Content) -> Finding[str] | None:
    """Return the conditions for applying, from their own section or the sentences that state them."""
    return first_of(ATTEMPTS, page)


def _declared(page: Content) -> Finding[str] | None:
    stated = page.declared.values.get("eligibility")
    return Finding(stated.text[:LONGEST], stated.text[:LONGEST], stated.method) if stated else None


def _labelled(page: Content) -> Finding[str] | None:
    sections = [pair for pair in page.pairs if pair.field == "eligibility" and len(pair.value) >= LEAST]
    if not sections:
        return None
    longest = max(sections, key=lambda pair: min(len(pair.value), LONGEST))
    return Finding(longest.value[:LONGEST], longest.value.split("\n")[0][:LONGEST], longest.method)


def _stated(page: Content) -> Finding[str] | None:
    for block in page.blocks:
        if block.heading in (1, 2, 3, 4) or block.linked > 0.5 or len(block.text) < 40:
            continue
        for sentence in sentences(block.text):
            if _SAYS_WHO.search(fold(sentence)):
                return Finding(sentence[:LONGEST], sentence[:LONGEST], "prose")
    return None


ATTEMPTS = (_declared, _labelled, _stated)
