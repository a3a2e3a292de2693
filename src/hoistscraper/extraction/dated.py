"""What each date beside a label or in a sentence is: the deadline, the opening, or another date."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hoistscraper.extraction import date_words as words
from hoistscraper.extraction.candidate import Moment
from hoistscraper.extraction.dates import DateContext, FoundMoment, find_moments
from hoistscraper.extraction.folding import fold, fold_words
from hoistscraper.extraction.labels import is_round, parted
from hoistscraper.extraction.lexicon import (
    DATE_FIELDS,
    field_named_by,
    field_of,
    fillers,
    is_of_other_step,
    pattern_of,
)
from hoistscraper.extraction.prose import sentences

_CLAUSE_END = re.compile(r"[.;!?\n•|](?=\s|$)|,\s(?=(?:and|while|whereas|et|und|y|e)\b)\s?")
_LONGEST_QUOTE = 200
_AROUND = 70
_LABEL_ENDS = (":", "：", "-", "–", "—", "(", "\n")
_LONGEST_BARE_LABEL = 3  # words
_LONGEST_FROM = 30
_LONGEST_EXAMPLE = 80
_AROUND_LABEL = " \n:：-–—("
_PREVIOUS = "Previous"
_PREVIOUSLY = re.compile(r"origin|previous|ursprung|initial|inizial|inicial|puvodn|pierwotn")
_TWO = 2
_LONGEST_SENTENCE = 400
_LABEL_BEHIND = re.compile(r"\s?[:–—-]\s?([^\d:;.]{3,60}?)[\s.]*")
_OTHER_LABEL = re.compile(r"[^\W\d_][^:：]{0,60}[:：]\s*$")


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
    value = _Value(text, field, context.language, found)
    reach = 0
    is_of_other = False
    if moved := _moved(text, found):
        yield from moved
        return
    for number, each in enumerate(found):
        before = text[reach : each.start] if each.start > reach else ""
        named = _named_before(before)
        own = value.own_kind(number, before, named)
        is_apart = _has_own_label(before, is_first=number == 0)
        kind = own or (
            "other_date" if is_apart else value.kind_by_label(number, before, is_after_other=is_of_other)
        )
        is_range = each.start <= reach + 3 and "\n" not in before
        if field == "opening_date" and number and not own and is_range:
            kind = "deadline" if len(found) == 2 else "other_date"
        is_of_other = kind == "other_date" and (
            own is not None or is_apart or is_of_other or value.leaves_label(number, before)
        )
        is_previous = number in value.outdated or (number in value.replaced and kind == "deadline")
        name = _clause(before.rstrip()).strip(_AROUND_LABEL) if named and number else label
        yield DatedValue(
            kind, f"{_PREVIOUS} {name}" if is_previous else name, each.moment, quote_around(text, each)
        )
        reach = max(reach, each.end)


class _Value:
    """The value of a label that names dates, with what is asked of each of its dates."""

    def __init__(self, text: str, field: str, language: str | None, found: list[FoundMoment]) -> None:
        self.replaced, self.outdated = _replaced(found, text), _outdated(found, text)
        self._text, self._field, self._language, self._found = text, field, language, found
        self._is_undated = is_undated_value(text)

    def own_kind(self, number: int, before: str, named: str | None) -> str | None:
        """Return what the words before a date say of it, whatever the label says."""
        start = self._found[number].start
        if number - 1 in self.replaced:
            own: str | None = self._field
        elif number in self.outdated or words.EXTENDED.search(fold(before)):
            own = "other_date"
        else:
            own = self._said(number, before, named)
        if self._is_undated and own == "deadline" and not is_bare(fold(_clause(before))):
            return "other_date"
        if words.VOID.match(fold(_rest(self._text, self._found[number].end))):
            return "other_date"
        is_example = words.EXAMPLE.search(fold(self._text[max(0, start - _LONGEST_EXAMPLE) : start]))
        return "other_date" if is_example else own

    def _said(self, number: int, before: str, named: str | None) -> str | None:
        rest = _rest(self._text, self._found[number].end)
        own = named or (cue_of(_clause(before), rest) if before else None)
        is_label = before.rstrip().endswith((":", "："))
        if self._field == "other_date" and own == "deadline" and not is_label:
            return None if is_bare(fold(_clause(before))) else own  # "Duration: until 5 May"
        other = _OTHER_LABEL.search(_clause(before)) if number and not own else None
        # As in "Closing date: 5 May | Briefing: 3 April".
        return "other_date" if other is not None and not is_round(other.group()) else own

    def kind_by_label(self, number: int, before: str, *, is_after_other: bool) -> str:
        """Return what a date is by the label, of which no words before the date say more."""
        if self.leaves_label(number, before):
            return "other_date"
        if self._field == "application_period":
            return _of_period(number)
        if self._field != "deadline":
            return self._field
        if _is_first_of_range(self._found, number, self._text, self._language):
            return "opening_date" if words.FROM.search(fold(before)) else "other_date"
        if words.ONLY_FROM.search(fold(before)):
            return "opening_date"  # "from 1 May until funds are exhausted"
        # The end of what began with another date is none of the label's.
        is_end = (
            number > 0 and is_after_other and (not before or words.TO.fullmatch(fold(before)) is not None)
        )
        return "other_date" if is_end else "deadline"

    def leaves_label(self, number: int, before: str) -> bool:
        """Tell whether the words between the label and a date are about something else."""
        if self._is_undated:
            start = self._found[number].start
            return start > _LONGEST_QUOTE or not is_bare(fold(self._text[:start]))
        clause = _clause(before)
        if "\n" in before:  # a line may name its round, but not tell of something else
            is_told = len(clause.split()) > _LONGEST_BARE_LABEL and not before.rstrip().endswith(_LABEL_ENDS)
            return is_told and not is_bare(fold(clause))
        return clause != before and not is_bare(fold(clause))


def stated_dates(text: str, context: DateContext) -> Iterator[DatedValue]:
    """Read the dates of running text whose own words say what they are for; other dates are left out."""
    reach, of_period, is_moved, is_known = 0, False, False, True
    kind: str | None = None
    found = find_moments(text, context)
    if found and words.OF_SOME_WHO.match(fold(text[:_LONGEST_QUOTE])):
        return  # "If you began before 1 May, you must ...": what holds for some who apply
    if moved := _moved(text, found):
        yield from moved
        return
    replaced, outdated = _replaced(found, text), _outdated(found, text)
    for number, each in enumerate(found):
        gap = text[reach : each.start]
        if kind == "deadline" and (number in outdated or number - 1 in replaced):
            is_old = number in outdated
            name = f"{_PREVIOUS} deadline" if is_old else gap.strip(" ,;(-–")
            yield DatedValue("other_date" if is_old else kind, name, each.moment, quote_around(text, each))
            reach = max(reach, each.end)
            continue
        if of_period and (each.start < reach or words.TO.fullmatch(fold(gap))):
            name = f"extended {gap.strip()}" if is_moved else gap.strip(" -–") or "until"
            yield DatedValue("deadline", name, each.moment, quote_around(text, each))
            reach, of_period = max(reach, each.end), False
            continue
        before = _clause(text[max(reach, each.start - 160) : each.start])
        if kind == "opening_date" and words.ENDS.fullmatch(fold(gap)):
            yield DatedValue("deadline", gap.strip(" ,;(-–"), each.moment, quote_around(text, each))
            reach, kind = max(reach, each.end), "deadline"
            continue
        field = (
            _begins(fold(before))
            or _named_before(before)
            or cue_of(before, _rest(text, each.end))
            or _cue_after(text, each.end)
        )
        if words.EXAMPLE.search(fold(text[max(0, each.start - _LONGEST_EXAMPLE) : each.start])):
            field = "other_date"
        said = fold(before)
        is_plain = before == gap and is_bare(said) and words.APPLYING.search(said) is None
        goes_on = is_plain or (number > 0 and words.TO.fullmatch(fold(gap)) is not None)
        if goes_on and not is_known and field == "deadline":
            field = None  # "from the 1st until the 9th" ends what began with the 1st
        if words.EXTENDED.search(said) or words.VOID.match(fold(_rest(text, each.end))):
            field = "other_date"
        elif field is None and len(found) == 1 and not before.strip():
            field = _named_after(text[each.end :])
        of_period = _is_period(said, field) or (field == "deadline" and _begins_period(found, number, text))
        is_known = field in ("deadline", "opening_date") or of_period
        kind = "opening_date" if of_period else field
        if kind is not None:
            is_replaced = number in replaced and kind == "deadline"
            name = f"{_PREVIOUS} deadline" if is_replaced else before.strip(" :-–") or kind
            yield DatedValue(kind, name, each.moment, quote_around(text, each))
        of_period = of_period or (
            field == "opening_date" and _is_of_period(said) and _leads_to_end(found, number, text)
        )
        is_moved = words.EXTENDED.search(said) is not None
        of_period = of_period or is_moved
        reach = max(reach, each.end)


def _moved(text: str, found: list[FoundMoment]) -> list[DatedValue]:
    """Read a sentence of two dates that tells that a deadline was moved: the later one holds now."""
    if len(found) != _TWO or len(text) > _LONGEST_SENTENCE or len(sentences(text)) > 1:
        return []
    folded = fold(text)
    if not words.MOVES.search(folded) or not words.OF_LIMIT.search(folded):
        return []
    first, second = found
    before = (folded[: first.start], folded[first.end : second.start])
    told = [words.MOVES.sub(" ", _clause(part)) for part in before]
    if any(is_guarded(part) and not _PREVIOUSLY.search(part) for part in told):
        return []
    if first.moment.date == second.moment.date:
        return []
    new, old = (second, first) if second.moment.date > first.moment.date else (first, second)
    quote = quote_around(text, new)
    return [
        DatedValue("other_date", f"{_PREVIOUS} deadline", old.moment, quote_around(text, old)),
        DatedValue("deadline", "extended deadline", new.moment, quote),
    ]


def quote_around(text: str, found: FoundMoment) -> str:
    """Return the verbatim words around a date, the date included."""
    if len(text) <= _LONGEST_QUOTE:
        return text.strip()
    start = max(0, found.start - _AROUND)
    if start:
        start = min(found.start, text.find(" ", start) + 1 or start)
    return text[start : found.end].strip()


def is_undated_value(text: str) -> bool:
    """Tell whether the value of a deadline's label says that there is none, or none yet: "Ongoing"."""
    return words.UNDATED.match(fold(text[:_LONGEST_QUOTE])) is not None


def beside_explicit(explicit: Sequence[DatedValue], of_periods: Sequence[DatedValue]) -> list[DatedValue]:
    """Return all dates; where a deadline is named as such, that a period ends is another date."""
    if not any(each.field == "deadline" for each in explicit):
        return [*explicit, *of_periods]
    ends = (replace(each, field="other_date") if each.field == "deadline" else each for each in of_periods)
    named = {each.moment.date for each in explicit if each.field == "deadline"}
    return [*explicit, *(each for each in ends if each.moment.date not in named)]


def quotes_of(dates: Iterable[DatedValue]) -> str:
    """Return the words that prove several dates, a line for each."""
    return "\n".join(dict.fromkeys(each.quote for each in dates))


def _replaced(found: list[FoundMoment], text: str) -> frozenset[int]:
    """Return the numbers of the dates of which a text says that the next one took their place."""
    return frozenset(
        number
        for number, (each, following) in enumerate(pairwise(found))
        if words.REPLACED_BY.fullmatch(fold(text[each.end : following.start]))
    )


def _outdated(found: list[FoundMoment], text: str) -> frozenset[int]:
    """Return the numbers of the dates of which a text says that the one before took their place."""
    return frozenset(
        number
        for number, (each, following) in enumerate(pairwise(found), start=1)
        if words.IN_PLACE_OF.fullmatch(fold(text[each.end : following.start]))
    )


def _is_first_of_range(found: list[FoundMoment], number: int, text: str, language: str | None) -> bool:
    if number + 1 >= len(found):
        return False
    first, second = found[number], found[number + 1]
    is_whole = second.start < first.end  # quoted together
    gap = fold(text[first.start if is_whole else first.end : second.start])
    # "1 March and 1 September" are two dates of a kind; "from the 1st to the 9th" are the ends of a period.
    # "a" is "and" in Czech and "to" in languages of Latin.
    is_and = any(each != "a" or language == "cs" for each in words.AND.findall(gap))
    is_joined = is_whole or words.TO.fullmatch(gap) is not None
    return is_joined and (_is_led(text, first.start) or not is_and)


def _is_led(text: str, start: int) -> bool:
    """Tell whether "from" stands right before a place in a text."""
    return words.FROM.search(fold(text[max(0, start - _LONGEST_FROM) : start])) is not None


def _begins_period(found: list[FoundMoment], number: int, text: str) -> bool:
    """Tell whether a date is the first of "from ... to ..."."""
    if number + 1 >= len(found):
        return False
    each, following = found[number], found[number + 1]
    return (
        _is_led(text, each.start) and words.TO.fullmatch(fold(text[each.end : following.start])) is not None
    )


def _leads_to_end(found: list[FoundMoment], number: int, text: str) -> bool:
    """Tell whether a dash or "until" stands between a date and the next: "open 1 May - 30 June"."""
    if number + 1 >= len(found):
        return False
    gap = fold(text[found[number].end : found[number + 1].start]).strip()
    return gap in ("-", "to", "until", "till", "bis", "bis zum", "au", "jusqu'au", "hasta el", "al", "tot")


def _has_own_label(before: str, *, is_first: bool) -> bool:
    """Tell whether a line of other words stands between a date and what is said of the dates before it."""
    lines = before.split("\n")[0 if is_first else 1 : -1]
    return any(character.isalpha() for line in lines for character in line)


def _of_period(number: int) -> str:
    return ("opening_date", "deadline")[number] if number < 2 else "other_date"


def _is_period(folded: str, field: str | None) -> bool:
    if words.UNTIL_HOUR.search(folded):
        return False
    return field != "other_date" and words.FROM.search(folded) is not None and _is_of_period(folded)


def _is_of_period(folded: str) -> bool:
    is_open_call = (
        words.OPEN_OR_CLOSED.search(folded) is not None and pattern_of("call").search(folded) is not None
    )
    return is_open_call or words.OF_PERIOD.search(folded) is not None


def _clause(before: str) -> str:
    return _CLAUSE_END.split(before)[-1]


def _named_before(before: str) -> str | None:
    clause = _clause(before.rstrip())
    head, said = parted(clause) or ("", "")
    if said and (field_of(head.strip()) == "other_date" or (is_of_other_step(head) and is_bare(fold(said)))):
        return "other_date"  # "Duration: until ..."
    label = clause.strip().rstrip(":-–— (").strip()
    if clause.count("(") > clause.count(")") and (inner := clause.rpartition("(")[2].strip(" :-–—")):
        label = inner  # "Reed fund (due 5 May)"
    field = field_of(label) if label else None
    if field not in DATE_FIELDS or field == "application_period":
        return None
    # "Tenders stay valid until ..." holds a label's words and is none.
    is_label = before.rstrip().endswith(_LABEL_ENDS) or len(label.split()) <= _LONGEST_BARE_LABEL
    if field == "deadline" and (is_guarded(fold(label)) or words.OFFSET.search(fold(before))):
        return None
    return field if is_label or field == "other_date" else None


def cue_of(clause: str, rest: str = "") -> str | None:
    """Return what a clause says of the date that follows it; ``rest`` is what it says after the date."""
    folded = fold(clause)
    if _is_of_something_else(folded, rest):
        return "other_date"
    if begins := _begins(folded):
        return begins
    if words.MOVED.search(folded) or (words.SEND_BY.search(folded) and " will " not in folded):
        return "deadline"
    if words.TOO_LATE.search(folded) and words.REFUSED.search(fold(rest)):
        return "deadline"
    is_of_some = words.OF_SOME.search(folded) and not words.TAKEN.search(fold(rest))
    return None if is_of_some else _last_said(folded, rest)


def _is_of_something_else(folded: str, rest: str) -> bool:
    if is_guarded(folded) or words.OFFSET.search(folded) or words.NOT_BEFORE.search(folded):
        return True
    return bool(rest) and words.VOID.match(fold(rest)) is not None


def _last_said(folded: str, rest: str) -> str | None:
    deadline = _last(pattern_of("deadline_prose"), folded)
    limit = _last(pattern_of("limit_prose"), folded)
    if limit > deadline and _is_of_applying(folded, fold(rest)):
        deadline = limit
    opening = _last(pattern_of("opening_prose"), folded)
    if deadline < 0 and opening < 0:
        return None
    return "deadline" if deadline >= opening else "opening_date"


def is_bare(folded: str) -> bool:
    """Tell whether a folded clause says that a time ends and nothing of what it is for."""
    left = pattern_of("limit_prose").sub(" ", folded)
    return all(word in fillers() or word.isdigit() for word in fold_words(left))


def _begins(folded: str) -> str | None:
    """Return what a clause says of the date that something begins on, if it says that."""
    if not words.BEGINS.search(folded):
        return None
    return "opening_date" if words.APPLYING.search(folded) or _is_of_period(folded) else "other_date"


def _is_of_applying(clause: str, rest: str) -> bool:
    """Tell whether what ends is the time for applying: "until" and "before" are said of anything."""
    if words.OF_REGISTERING.search(rest):
        return False
    if words.APPLYING.search(clause) or (words.APPLYING.search(rest) and not is_guarded(rest)):
        return True
    if words.OPEN_OR_CLOSED.search(clause) and (
        words.ROUND.search(clause) or pattern_of("call").search(clause)
    ):
        return True
    return is_bare(words.OPEN_OR_CLOSED.sub(" ", clause))


def is_guarded(folded: str) -> bool:
    """Tell whether folded words speak of another step of the call (questions, opening of bids ...)."""
    return words.GUARDED.search(folded) is not None


def _rest(text: str, end: int) -> str:
    return _CLAUSE_END.split(text[end : end + 80], maxsplit=1)[0]


def _cue_after(text: str, end: int) -> str | None:
    return "deadline" if words.AFTER.match(fold(text[end : end + 40])) else None


def _named_after(rest: str) -> str | None:
    """Read what a line that begins with its date says of it: "5 May 2027 – Applications due"."""
    led = _LABEL_BEHIND.fullmatch(rest)
    if led is None:
        return None
    field = field_named_by(led[1])
    if field in DATE_FIELDS and field != "application_period":
        return field
    return "other_date" if is_of_other_step(led[1]) else None


def _last(pattern: re.Pattern[str], folded: str) -> int:
    return max((found.end() for found in pattern.finditer(folded)), default=-1)
