"""What each date beside a label or in a sentence is: the deadline, the opening, or another date."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from hoistscraper.extraction.candidate import Moment
from hoistscraper.extraction.dates import DateContext, FoundMoment, find_moments
from hoistscraper.extraction.folding import fold, fold_words
from hoistscraper.extraction.lexicon import DATE_FIELDS, field_of, fillers, pattern_of

_CLAUSE_END = re.compile(r"[.;!?\n•|](?=\s|$)|,\s(?=and|while|whereas|et|und|y|e)\s?")
_LONGEST_QUOTE = 200
_AROUND = 70
_LABEL_ENDS = (":", "：", "-", "–", "—", "(", "\n")
_LONGEST_BARE_LABEL = 3  # words


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A date with what it is for: ``field`` is deadline, opening_date or other_date."""

    field: str
    name: str
    moment: Moment
    quote: str


def dated_values(label: str, field: str, text: str, context: DateContext) -> Iterator[DatedValue]:
    """Read the dates of a value whose label names a date; words right before a date overrule the label."""
    found = find_moments(text, context)
    replaced = _replaced(found, text) if len(found) > 1 else frozenset()
    reach = 0
    for number, each in enumerate(found):
        before = text[reach : each.start] if each.start > reach else ""
        own = _named_before(before) or (before and _cue_before(before))
        fallback = _of_period(number) if field == "application_period" else field
        if _has_own_label(before, is_first=number == 0):
            fallback = "other_date"
        elif field == "deadline" and _is_first_of_range(found, number, text):
            fallback = "opening_date" if _FROM.search(fold(before)) else "other_date"
        if field == "opening_date" and number and not own and each.start <= reach + 3:
            fallback = "deadline" if len(found) == 2 else "other_date"
        if number - 1 in replaced:
            own = field
        elif _EXTENDED.search(fold(before)):
            own = "other_date"
        kind = own or fallback
        name = f"{_PREVIOUS} {label}" if number in replaced and kind == "deadline" else label
        yield DatedValue(kind, name, each.moment, quote_around(text, each))
        reach = max(reach, each.end)


def stated_dates(text: str, context: DateContext) -> Iterator[DatedValue]:
    """Read the dates of running text whose own words say what they are for; other dates are left out."""
    reach, of_period, is_known = 0, False, True
    kind: str | None = None
    found = find_moments(text, context)
    replaced = _replaced(found, text) if len(found) > 1 else frozenset()
    for number, each in enumerate(found):
        gap = text[reach : each.start]
        if number - 1 in replaced and kind == "deadline":
            yield DatedValue(kind, gap.strip(" ,;(-–"), each.moment, quote_around(text, each))
            reach = max(reach, each.end)
            continue
        if of_period and (each.start < reach or _TO.fullmatch(fold(gap))):
            yield DatedValue("deadline", gap.strip(" -–") or "until", each.moment, quote_around(text, each))
            reach, of_period = max(reach, each.end), False
            continue
        before = _clause(text[max(reach, each.start - 160) : each.start])
        field = _named_before(before) or cue_of(before, _rest(text, each.end)) or _cue_after(text, each.end)
        goes_on = before == gap and _is_bare(fold(before))
        if goes_on and not is_known and field == "deadline":
            field = None  # "from the 1st until the 9th" ends what began with the 1st
        of_period = _is_period(before, field)
        is_known = field in ("deadline", "opening_date") or of_period
        kind = "opening_date" if of_period else field
        if kind is not None:
            is_replaced = number in replaced and kind == "deadline"
            name = f"{_PREVIOUS} deadline" if is_replaced else before.strip(" :-–") or kind
            yield DatedValue(kind, name, each.moment, quote_around(text, each))
        of_period = of_period or _EXTENDED.search(fold(before)) is not None
        reach = max(reach, each.end)


def quote_around(text: str, found: FoundMoment) -> str:
    """Return the verbatim words around a date, the date included."""
    if len(text) <= _LONGEST_QUOTE:
        return text.strip()
    start = max(0, found.start - _AROUND)
    if start:
        start = min(found.start, text.find(" ", start) + 1 or start)
    return text[start : found.end].strip()


def quotes_of(dates: Iterable[DatedValue]) -> str:
    """Return the words that prove several dates, a line for each."""
    return "\n".join(dict.fromkeys(each.quote for each in dates))


def _replaced(found: list[FoundMoment], text: str) -> frozenset[int]:
    """Return the numbers of the dates of which a text says that the next one took their place."""
    return frozenset(
        number
        for number, (each, following) in enumerate(pairwise(found))
        if _REPLACED_BY.fullmatch(fold(text[each.end : following.start]))
    )


def _is_first_of_range(found: list[FoundMoment], number: int, text: str) -> bool:
    if number + 1 >= len(found):
        return False
    first, second = found[number], found[number + 1]
    if second.start < first.end:
        return True
    gap = fold(text[first.end : second.start])
    # "1 March and 1 September" are two dates of a kind; "from the 1st to the 9th" are the ends of a period.
    is_led = _FROM.search(fold(text[: first.start])) is not None
    return _TO.fullmatch(gap) is not None and (is_led or _AND.search(gap) is None)


def _has_own_label(before: str, *, is_first: bool) -> bool:
    """Tell whether a line of other words stands between a date and what is said of the dates before it."""
    lines = before.split("\n")[0 if is_first else 1 : -1]
    return any(character.isalpha() for line in lines for character in line)


def _of_period(number: int) -> str:
    return ("opening_date", "deadline")[number] if number < 2 else "other_date"


def _is_period(before: str, field: str | None) -> bool:
    folded = fold(before)
    return (
        field != "other_date" and _FROM.search(folded) is not None and _OF_PERIOD.search(folded) is not None
    )


def _clause(before: str) -> str:
    return _CLAUSE_END.split(before)[-1]


def _named_before(before: str) -> str | None:
    label = _clause(before.rstrip()).strip().rstrip(":-–— (").strip()
    field = field_of(label) if label else None
    if field not in DATE_FIELDS or field == "application_period":
        return None
    # "Tenders stay valid until ..." holds a label's words and is none.
    is_label = before.rstrip().endswith(_LABEL_ENDS) or len(label.split()) <= _LONGEST_BARE_LABEL
    if field == "deadline" and is_guarded(fold(label)):
        return None
    return field if is_label or field == "other_date" else None


def _cue_before(before: str) -> str | None:
    return cue_of(_clause(before))


def cue_of(clause: str, rest: str = "") -> str | None:
    """Return what a clause says of the date that follows it; ``rest`` is what it says after the date."""
    folded = fold(clause)
    if is_guarded(folded):
        return "other_date"
    deadline = _last(pattern_of("deadline_prose"), folded)
    limit = _last(pattern_of("limit_prose"), folded)
    if limit > deadline and _is_of_applying(folded, fold(rest)):
        deadline = limit
    opening = _last(pattern_of("opening_prose"), folded)
    if deadline < 0 and opening < 0:
        return None
    return "deadline" if deadline >= opening else "opening_date"


def _is_bare(folded: str) -> bool:
    """Tell whether a clause says that a time ends and nothing of what it is for."""
    left = pattern_of("limit_prose").sub(" ", folded)
    return all(word in fillers() or word.isdigit() for word in fold_words(left))


def _is_of_applying(clause: str, rest: str) -> bool:
    """Tell whether what ends is the time for applying: "until" and "before" are said of anything."""
    if _APPLYING.search(clause) or (_APPLYING.search(rest) and not is_guarded(rest)):
        return True
    if _OPEN_OR_CLOSED.search(clause) and (_ROUND.search(clause) or pattern_of("call").search(clause)):
        return True
    return _is_bare(_OPEN_OR_CLOSED.sub(" ", clause))


def is_guarded(folded: str) -> bool:
    """Tell whether folded words speak of another step of the call (questions, opening of bids ...)."""
    return _GUARDED.search(folded) is not None


def _rest(text: str, end: int) -> str:
    return _CLAUSE_END.split(text[end : end + 80], maxsplit=1)[0]


def _cue_after(text: str, end: int) -> str | None:
    return "deadline" if _AFTER.match(fold(text[end : end + 40])) else None


def _last(pattern: re.Pattern[str], folded: str) -> int:
    return max((found.end() for found in pattern.finditer(folded)), default=-1)


# Words by which a sentence (not a label) tells that its date is not the one for applying.
_GUARDED = re.compile(
    r"question|clarification|enquir|inquir|opening of (?:bid|tender|propos)|bid opening|bids? (?:will|"
    r"shall) be opened|"
    r"letters? of intent|\bloi\b|expressions? of interest|pre-?bid|pre-?propos|site visit|webinar|"
    r"info(?:rmation)? session|announce|notif(?:y|ied|ication)|winner|interview|published on|posted|"
    r"project (?:start|end|must|will|period)|commence|completed by|start(?:s|ing)? (?:date|on)|last updated|"
    r"nomination|reference letter|recommendation|report|born|graduat|register|registration|workshop|since|"
    r"fragen|offnung|besichtigung|zuschlag|veroffentlich|ouverture des|resultat|annonce|visite|publie|"
    r"apertura de|resultado|resolucion|publicad|visita|apertura delle|graduatoria|colloquio|pubblicat|"
    r"decreto|"
    r"deadline (?:was|has been) (?:extended )?from|originally|previous(?:ly)?|concept note|enrol|"
    r"held on|takes? place|"
    r"remain valid|validity|payment|\bclaims?\b|invoice|acquittal|appeal|survey|\bbudget|"
    r"be (?:informed|contacted|completed|finished|spent|implemented)|hear (?:from|by|before|no)|must start|"
    r"paiement|valables?\b|laureats?\b|depenses|informes|realises|achev|"
    r"bindefrist|zuschlagsfrist|verwendungsnachweis|abgeschlossen|ausgaben|bewerber werden|"
    r"justificacion|nacid[oa]s|ejecu[tc]|gastos|rendicont|\bspese\b|conclu[dis]|nati (?:dopo|prima)|"
    r"despesas|divulga|afgerond|uitslag|zrealizowa|wynik|rozlicz|dokonc|vysled|"
    r"abgehalten|stattfinden|taken? place|award(?:s|ed)? (?:will|on|in)|decision|selected|until further"
)
_FROM = re.compile(
    r"\b(?:between|from|du|entre le|vom|von|zwischen|del|desde(?: el)?|entre el|dal|tra il|de|van|"
    r"od)(?: the)? {0,2}$"
)
_TO = re.compile(
    r"(?: r\.| roku)?[\s,]{0,3}(?:-|to|until|till|and|through|au|et le|bis(?: zum)?|und|al|hasta(?: el)?|y|"
    r"ao?|e il|tot(?: en met)?|do)(?: the| le| el)?[\s,]{0,3}"
)
# Words of applying, or of being open, before a period ("open from the 1st to the 9th").
_OF_PERIOD = re.compile(
    r"appl[iy]|submi|proposal|accept|\bopen|candidat|depot|depos|bewerb|einreich|antrag|solicitud|postula|inscri|domand"
    r"|inschrij|aanvra|nabor|prijem|plazo|ouvert"
)
_EXTENDED = re.compile(
    r"(?:extended|postponed|moved|prorog\w*|prolong\w*|verlangert|verschoben|ampliad\w*|verlengd)"
    r" (?:from|du|de|del|dal|vom|von|van)(?: the)? {0,2}$"
)
# "3 May 2027 (extended to 3 June 2027)", "... has been postponed until ...".
_REPLACED_BY = re.compile(
    r"[\s,;:.()\[\]–-]*(?:(?:the|deadline|date|this|it|but|and|then|has|have|been|was|were|is|now|ha|sido|se|fue"
    r"|a|ete|est|wurde|wird|ist|nun|jetzt|e|stat[ao]|foi|is|nu|zostal) )*"
    r"(?:extended|postponed|prolonged|moved|changed|prorog\w*|prolong\w*|report\w*|verlangert|verschoben|ampliad\w*"
    r"|aplazad\w*|posticipat\w*|prorrogad\w*|adiad\w*|verlengd|uitgesteld|przedluzon\w*|przesuniet\w*"
    r"|prodlouzen\w*)"
    r"(?: the deadline)? (?:to|until|till|up to|jusqu ?.?(?:au?)?|au|bis(?: zum)?|auf(?: den)?|al"
    r"|hasta(?: el)?|ao?|ate|para|fino al?|tot(?: en met)?|naar|do|na)(?: the| le| el| den)?[\s,:]*"
)
_PREVIOUS = "Previous"
_AND = re.compile(r"\b(?:and|und|et|y|e|i|a|en)\b")
_APPLYING = re.compile(
    r"\bappl(?:y|ications?)\b|\bsubmi(?:t|ss)|\bproposals?\b|\bbids?\b|\btenders?\b|\bentries\b|\bquotations?\b"
    r"|\baccept(?:ed|ing)\b|\breceived\b|\bopen(?:s|ing)? for\b"
    r"|candidat(?:ur|er)|postul|\bdepot|\bdepos|dossiers?\b|\bdemandes?\b|\boffres?\b|soumission"
    r"|bewerbung|bewerben|einreich|eingereicht|\bantrag|beantrag|\bangebot|skizze"
    r"|solicitud|inscri|presentacion|presentar|propuesta|\bofertas?\b"
    r"|\bdomand[ae]\b|\bistanz[ae]\b|\bpropost|\boffert[ae]\b|pervenire|\binvia|presenta(?:re|te|zione)"
    r"|submet|concorrer|apresenta|aanvra|aangevraagd|aanmeld|inschrij|indien"
    r"|\bwnios|\bnabor|\bsklad|zglosz|zadost|prihlas|nabidk|podava|podat|prijem|prijim"
)
_OPEN_OR_CLOSED = re.compile(
    r"\b(?:open|opens|close|closes|closed|closing|ouverte?s?|clos|offen|geoffnet|schliesst|abiert[oa]s?|cierra"
    r"|apert[oa]|chiude|abert[oa]s?|geopend|sluit)\b"
)
_ROUND = re.compile(
    r"\b(?:rounds?|window|portal|scheme|stage|submissions?|runde|session|guichet|ventanilla|ronda|sportello)\b"
)
_AFTER = re.compile(
    r"\s?[\])]?\s?(?:is|was|will be)? ?(?:the )?(?:application |submission |final )?(?:deadline|"
    r"closing date)\b"
)
