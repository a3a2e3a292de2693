"""Which words of a row are the call's name, and which only lead to it."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from hoistscraper.extraction.date_layout import is_date
from hoistscraper.extraction.folding import fold, fold_words, holds_digit
from hoistscraper.extraction.lexicon import DATE_FIELDS, field_of, fillers, is_phrase, months, words_of

# Words of funding that pages of every kind use, too: alone they prove nothing.
_COMMON = frozenset(
    "award call notice application project program programme contract proposal opportunity opportunitie"
    " challenge competition prize applicant procurement aviso apoio consultation concours wettbewerb concorso"
    " concurso premio prix aide appel ayuda gara avviso proyecto projet projekt marche auftrag"
    " contributo fund".split()
)
# Headings of pages that may well list calls.
_NEUTRAL = frozenset(["search", "result", "home", "archive", "read more", "register", "event"])
_PAST = frozenset(
    " ".join(fold_words(phrase))
    for phrase in """
        past awards; previous awards; past grants; previous grants;
        winners; past winners; award winners; recipients; awardees; grantees; laureates; laureats;
        preistrager; ganadores; vincitori; vencedores; press release; newsletter; privacy policy;
        success story; case study;
        esito; esiti;
        contract awards; notice of award; notices of award; bid bulletin; bid supplement; annual report; faq
    """.split(";")
)
_OF_PAST = frozenset(phrase.partition(" ")[0] for phrase in _PAST)
# What is published about a call after it: a part of it, no other call.
_PARTS_OF_CALLS = frozenset(["addendum", "addenda", "corrigendum", "corrigenda", "erratum", "errata"])
# What documents beside the calls are: papers for all of them.
_PAPERS = frozenset(
    """policy politique richtlinie politica beleid form formulaire formular formulario modulo formulier
    term condition manual handbook handbuch template guideline guide leitfaden plan act regulation
    regolamento reglement reglamento report rapport bericht minute agenda protokoll""".split()
)
_LEADS_BACK = ("<<", "«", "‹", "←")
_EVENTS = frozenset(["workshop", "webinar", "seminar", "symposium", "webinaire", "infotag"])
_MEETINGS = frozenset(
    [("info", "session"), ("information", "session"), ("info", "day"), ("open", "day"), ("funding", "fair")]
)
_LONGEST_EVENT = 6  # words
_ADVICE = re.compile(
    r"(?:how to (?:write|find|prepare|fund|plan)|\d+ tip|tip (?:for|on)|guide to (?:writing|finding))\b"
)
# What other pages are named: "Interview with ...", "Vacancy: grants officer", "Consultation on the policy".
_OTHER_PAGE = re.compile(
    r"(?:an? |the )?(?:interview(?:s)? (?:with|mit|avec)|in conversation with|meet the|entretien avec"
    r"|entrevista (?:a|con)\b"
    r"|intervista (?:a|con)\b|im gesprach mit|vacanc(?:y|ie)\b|job (?:opening|vacanc|posting|offer)"
    r"|open position"
    r"|stellenausschreibung|stellenangebot|offre d emploi|oferta de empleo|offerta di lavoro|vacature"
    r"|consultation on\b|public (?:consultation|hearing|comment)|notice of public hearing"
    r"|agenda (?:of|for)|opening hour|admission\b"
    r"|(?:vendor|supplier) registration|become an? (?:vendor|supplier)|doing business with"
    r"|frequently asked question|foire aux question|haufig gestellte|pregunta frecuente|domande frequenti"
    r"|(?:applicant|eligibility) guid(?:e|ance)\b|question frequente|who can apply|wer kann)"
    r"|.*\b(?:faq|glossar(?:y|ie|io)?|glossaire|minute of|(?:an )?interview with)\b"
)
_DEGREE = re.compile(r"(?:m ?a|m ?sc|b ?a|b ?sc|llm|mba|master|bachelor) (?:of|in) ")
_REPORTS = re.compile(
    r"\b(?:receives?|wins|won|honou?red|celebrates?|congratulations|announces? (?:the )?(?:winner"
    r"|recipient|awardee)s?)\b"
)
_STANDING_PLURAL = re.compile(
    r"\b(?:ouverte?s|closes?|clotures|passes|termines|offene|laufende|aktuelle|geschlossene|beendete|abgeschlossene"
    r"|kommende|abiert[oa]s|cerrad[oa]s|vigentes|proxim[oa]s|finalizad[oa]s|apert[ie]|chius[ie]|scadut[ie]|attiv[ie]"
    r"|abert[oa]s|encerrad[oa]s|lopende|openstaande|gesloten|otwarte|zamkniete|aktualne|zakonczone|planowane"
    r"|otevrene|uzavrene|aktualni|ukoncene)\b"
)
_STANDING = re.compile(
    r"\b(?:open|closed|current|past|upcoming|expired|archived|forthcoming|future|en cours|a venir|in corso"
    rf"|em andamento|clos)\b|{_STANDING_PLURAL.pattern}"
)
_LONGEST_GROUP = 4  # words
_LONGEST_DATED = 60
_DIGIT = re.compile(r"\d")
# "17-Dec-2026 12:00 pm (local time)", "Dec 04, 2026 12:00 PM".
_TIME_FIRST = re.compile(
    r"\W*(?:\d{1,2}[-./ ](?:\d{1,2}|[^\W\d]{3,9})[-./ ]\d{2,4}|[^\W\d]{3,9}\.? \d{1,2},? \d{4}"
    r"|\d{4}[-/]\d\d[-/]\d\d)"
    r"[\s,T-]{1,3}\d{1,2}[:.]\d\d"
)
_LEADS_ON = re.compile(
    r"\W*(?:read|learn|find out|see|view|show)\b.{0,12}\b(?:more|on|details?|full)\b", re.IGNORECASE
)
_ADORNMENT = re.compile(
    r"\s*[\[(](?:pdf|docx?|xlsx?|zip|new)\b[^\])]{0,30}[\])]|^\W*(?:new!)\s*|\s*[»›→>]+\s*$", re.IGNORECASE
)
_OF_ADORNMENT = re.compile(r"[\[(!»›→>]")  # there is none without one of them
_LETTERS = re.compile(r"[^\W\d_]+")
_REFERENCE = re.compile(r"\b(?=[\w/.-]*\d)[A-Z]{2,}[\w]*[-/ ]\d[\w/-]*|\b\d{2,4}[-/]\d{2,5}\b")
LONGEST_TITLE = 400
_LONGEST_LIST_NAME = 8
_WORDS = re.compile(r"[^\W_]+")
_KEPT = 8_192  # the same texts are asked about in block after block
_REPEATED = 0.3


@lru_cache(maxsize=_KEPT)
def clean_title(text: str) -> str:
    """Return a title without what says only of which type its document is."""
    plain = _ADORNMENT.sub("", text) if _OF_ADORNMENT.search(text) else text
    return plain.strip(" \t|–—-:")[:LONGEST_TITLE]


@lru_cache(maxsize=_KEPT)
def leads_on(text: str) -> bool:
    """Tell whether a link's text is about going there ("View details"), not about the call."""
    return len(text) < 200 and (
        is_phrase("details", text) or is_phrase("apply", text) or _LEADS_ON.match(text) is not None
    )


@lru_cache(maxsize=_KEPT)
def can_name(text: str) -> bool:
    """Tell whether a text may be the name of a call: words, not a date, a number, a label or "Read more"."""
    return _is_name(text) and field_of(text.rstrip(" :")) is None


@lru_cache(maxsize=_KEPT)
def is_dated_line(text: str) -> bool:
    """Tell whether a text is the label of a date and the date: "Closes 5 May 2027"."""
    if len(text) > _LONGEST_DATED or not holds_digit(text):
        return False
    label = _DIGIT.split(text, maxsplit=1)[0]
    names = label.rpartition(":")[0] or label
    rest = text[len(names) :].strip(" :-–—(.")
    if field_of(names.strip(" :-–—(")) in DATE_FIELDS and is_date(rest):
        return True
    # The name of a month, or of a day, may stand before the first figure.
    words = names.split()
    return any(
        field_of(" ".join(words[:count])) in DATE_FIELDS
        and is_date(text[len(" ".join(words[:count])) :].strip(" :-–—("))
        for count in (1, 2, 3)
        if count < len(words)
    )


@lru_cache(maxsize=_KEPT)
def can_head(text: str) -> bool:
    """Tell whether a heading may be the name of a call, even one of a label's words: "Bursary Award"."""
    if not _is_name(text) or text.endswith(":"):
        return False
    return field_of(text) is None or (sum(call_words(text)) > 0 and field_of(text) not in DATE_FIELDS)


def _is_name(text: str) -> bool:
    if not 4 <= len(text) <= 2 * LONGEST_TITLE:
        return False
    if sum(map(len, _LETTERS.findall(text))) < 0.4 * len(text.replace(" ", "")):
        return False
    words = fold_words(text)
    if text.startswith(_LEADS_BACK) or _TIME_FIRST.match(text) or is_dated_line(text):
        return False
    if all(word.isdigit() or word in months() for word in words):
        return False
    return not leads_on(text)


@lru_cache(maxsize=_KEPT)
def names_no_call(text: str) -> bool:
    """Tell whether a text names another kind of page: news, winners, a policy, a log-in."""
    words = fold_words(text)
    phrase = " ".join(words)
    if phrase in words_of("not_call") and phrase not in _NEUTRAL:
        return True
    return _is_of_past(words) or _names_other_page(phrase) or _are_of_event(words)


def _names_other_page(phrase: str) -> bool:
    if _ADVICE.match(phrase) or _OTHER_PAGE.match(phrase):
        return True
    return _DEGREE.match(phrase) is not None and not call_words(phrase)[0]


@lru_cache(maxsize=_KEPT)
def names_other_page(text: str) -> bool:
    """Tell whether a text is the name of a page on something else: advice, an interview, a vacancy."""
    return _names_other_page(" ".join(fold_words(text)))


@lru_cache(maxsize=_KEPT)
def reports_awards(text: str) -> bool:
    """Tell whether a text is news of what was awarded: "Eight researchers receive fellowships"."""
    return _REPORTS.search(fold(text)) is not None


@lru_cache(maxsize=_KEPT)
def names_event(text: str) -> bool:
    """Tell whether a text is the name of a meeting on funding: "Grant writing workshop"."""
    return _are_of_event(fold_words(text))


def _are_of_event(words: Sequence[str]) -> bool:
    return 1 < len(words) <= _LONGEST_EVENT and (words[-1] in _EVENTS or words[-2:] in _MEETINGS)


@lru_cache(maxsize=_KEPT)
def tells_of_past(text: str) -> bool:
    """Tell whether a text speaks of what was awarded, or of what is written about calls."""
    return _is_of_past(fold_words(text))


def _is_of_past(words: Sequence[str]) -> bool:
    if _OF_PAST.isdisjoint(words):
        return False
    pairs = (f"{word} {following}" for word, following in pairwise(words))
    return not _PAST.isdisjoint(words) or not _PAST.isdisjoint(pairs)


@lru_cache(maxsize=_KEPT)
def names_part_of_call(text: str) -> bool:
    """Tell whether a text names what belongs to a call, such as an addendum."""
    return not _PARTS_OF_CALLS.isdisjoint(fold_words(text))


@lru_cache(maxsize=_KEPT)
def names_paper(text: str) -> bool:
    """Tell whether a document is named as a policy, a form or the like: "Supplier registration form"."""
    words = fold_words(text)
    return bool(words) and not _PAPERS.isdisjoint((words[-1], *words[:2]))


@lru_cache(maxsize=_KEPT)
def call_words(text: str) -> tuple[int, int]:
    """Count the words of funding in a text: telling ones, and common ones."""
    words = fold_words(text)[:80]
    phrases = words_of("call")
    telling = common = 0
    beginnings = _beginnings()
    for start in range(len(words)):
        for size in (4, 3, 2, 1) if words[start] in beginnings else ():
            phrase = " ".join(words[start : start + size])
            if phrase in phrases:
                if phrase in _COMMON:
                    common += 1
                else:
                    telling += 1
                break
    return telling, common


@cache
def _beginnings() -> frozenset[str]:
    """Return the words that phrases of funding begin with."""
    return frozenset(phrase.partition(" ")[0] for phrase in words_of("call"))


@lru_cache(maxsize=_KEPT)
def names_list(text: str) -> bool:
    """Tell whether a text names a list of calls and nothing else: "Tenders", "Appels à projets en cours"."""
    words = fold_words(text)
    telling, common = call_words(text)
    if len(words) > _LONGEST_LIST_NAME or (telling == 0 and common < 2) or names_no_call(text):
        return False
    beside = [word for word in words if word not in fillers()]
    of_lists = words_of("of_lists")
    if any(word not in of_lists and not word.isdigit() for word in beside):
        return False
    plural = any(word not in words for word in _WORDS.findall(fold(text)))
    return plural or any(word in of_lists for word in words)


@lru_cache(maxsize=_KEPT)
def names_group(text: str) -> bool:
    """Tell whether a text names calls by how they stand, as headings above them do: "Closed calls"."""
    words = fold_words(text)
    if not 1 < len(words) <= _LONGEST_GROUP or not sum(call_words(text)):
        return False
    folded = fold(text)
    if _STANDING.search(folded) is None or "call for" in folded:
        return False
    beside = [word for word in fold_words(_STANDING.sub(" ", folded)) if word not in fillers()]
    is_plural = any(word not in words for word in _WORDS.findall(folded))
    return all(word in words_of("of_lists") or word.isdigit() for word in beside) and (
        is_plural or _STANDING_PLURAL.search(folded) is not None
    )


def repeated_lines(rows: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the lines that many rows share ("Go to the tender"): they name none of them."""
    counts = Counter(line for row in rows for line in set(row))
    least = max(2, int(_REPEATED * len(rows)) + 1)
    return frozenset(line for line, count in counts.items() if count >= least)


@lru_cache(maxsize=_KEPT)
def holds_reference(text: str) -> bool:
    """Tell whether a text holds what looks like a reference number."""
    return _REFERENCE.search(text) is not None
