"""What one call gets: the amount per award rather than the whole fund."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from hoistscraper.extraction.content import Content
from hoistscraper.extraction.finding import Finding
from hoistscraper.extraction.folding import fold, holds_digit
from hoistscraper.extraction.labels import Pair
from hoistscraper.extraction.money import FoundAmount, currency_in, find_amounts
from hoistscraper.extraction.prose import sentences

LONGEST_LABELLED = 600
LONGEST_CLAUSE = 200
# Words right around a sum that say that one award gives it.
_OF_AN_AWARD = re.compile(
    r"\bup to\b|between|\brang|maximum|minimum|(?:grants?|awards?|scholarships?|fellowships?|stipend|"
    r"prizes?|bursar(?:y|ies)|amounts?) (?:of|from|is|are)|"
    r"\beach\b|\bper (?:project|grant|award|year|applicant|student|annum|month|recipient)|"
    r"(?:winn(?:er|ing)|laureate|successful)\b[^.;]{0,40} (?:receives?|gets?|wins?)|award amount"
    r"|(?:estimated|contract|total contract) value|valued at|ceiling|as large as|"
    r"jusqu|plafon|montant|subvention de|bourse de|bis zu|hochstens|maximal|dotiert|forder(?:summe|"
    r"betrag|hohe)|monatlich|"
    r"hasta|maxim[oa]|cuantia|importe|dotad[oa]|fino a|massim[oa]|importo|contributo di|borsa di|"
    r"valor de|ate |tot |maximaal|do kwoty|do wysokosci|az do|dofinansowan|dotac[ei]"
)
_NOT_OF_AN_AWARD = re.compile(
    r"\bfines?\b|\bgave\b|awarded to|(?:was|were) awarded|\bspent\b|paid out|\btotal|overall|"
    r"budget (?:of|totale|available)|since|(?:has|have) (?:awarded|given|raised|distributed|received)|endow|"
    r"revenue|turnover|income|annual budget|\bfees?\b|deposit|worth of|donat|raised|request(?:ing|ed)|"
    r"resources|benefit+ed|\bgiven\b|\bcosts?\b|"
    r"dotation globale|enveloppe|gesamtbudget|gesamt|insgesamt|bond|insurance|guarantee|penalt|salar|"
    r"caution|garanzia|garantia|price of|match|"
    r"complessiv|totale|liabilit|tuition|threshold|chiffre d'affaires|umsatz|facturacion|fatturato|"
    r"presupuesto total|ricavi|"
    r"\bbollo\b|\bfrais\b|adhesion|cotisation|gebuhr|\btassa\b|poplat[ek]|\boplat|\bisee\b|\breddito|einkommen|"
    r"budzet|alokacj|rozpocet|share of|short-?list|runners?-up|third-?placed?|second-?placed?"
)
_SENTENCE_END = re.compile(r"[.!?;,\n]\s")
_NEAR = 60
_CLAUSE = re.compile(r"[,;:(](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Amounts:
    """The least and the most that one award gives."""

    low: Finding[Decimal] | None = None
    high: Finding[Decimal] | None = None
    currency: Finding[str] | None = None


def amounts_of(page: Content) -> Amounts:
    """Return the amounts that are labelled as such, else those that a sentence on awards states."""
    return next((found for attempt in ATTEMPTS if (found := attempt(page))), Amounts())


def _declared(page: Content) -> Amounts | None:
    stated = page.declared.values.get("amount")
    found = find_amounts(stated.text) if stated else []
    return _amounts(found[0], stated.text, stated.method) if stated and found else None


def _labelled(page: Content) -> Amounts | None:
    low = _of_field(page, "amount_min")
    high = _of_field(page, "amount_max")
    if low or high:
        return Amounts(
            low.low if low else None, high.high if high else None, (high or low or Amounts()).currency
        )
    return _of_field(page, "amount")


def _of_field(page: Content, field: str) -> Amounts | None:
    for pair in page.pairs:
        if pair.field == field and len(pair.value) <= LONGEST_LABELLED:
            found = find_amounts(
                pair.value, currency_hint=currency_in(pair.label, page.currency) or page.currency
            )
            found = _of_awards(found, pair.value)
            if found and len(found) <= 3:
                return _with_label(_spread(found, pair.value, pair.method), pair, page)
    return None


def _of_awards(found: list[FoundAmount], text: str) -> list[FoundAmount]:
    """Leave out, of several sums beside a label, fees and whole budgets."""
    if len(found) < 2:
        return found
    return [each for each in found if not _NOT_OF_AN_AWARD.search(fold(_sentence_around(text, each)))]


def _sentence_around(text: str, found: FoundAmount) -> str:
    before = _SENTENCE_END.split(text[max(0, found.start - _NEAR) : found.start])[-1]
    return before + _SENTENCE_END.split(text[found.start : found.end + _NEAR])[0]


def _with_label(amounts: Amounts, pair: Pair, page: Content) -> Amounts:
    """Quote the label where only that names the currency; where the sum stands alone, none is known."""
    if amounts.currency is None or currency_in(pair.value, page.currency) == amounts.currency.value:
        return amounts
    is_named = currency_in(pair.label, page.currency) is not None
    return replace(amounts, currency=replace(amounts.currency, quote=pair.label) if is_named else None)


def _spread(found: list[FoundAmount], quote: str, method: str) -> Amounts:
    lows = [each.low for each in found if each.low is not None]
    highs = [each.high for each in found if each.high is not None]
    currency = found[0].currency
    alike = [each for each in found if each.currency == currency]
    if len(alike) != len(found):
        return _amounts(found[0], quote, method)
    whole = FoundAmount(min(lows) if lows else None, max(highs) if highs else None, currency, 0, 0)
    return _amounts(whole, quote, method)


def _amounts(found: FoundAmount, quote: str, method: str) -> Amounts:
    return Amounts(
        Finding(found.low, quote, method) if found.low is not None else None,
        Finding(found.high, quote, method) if found.high is not None else None,
        Finding(found.currency, quote, method) if found.currency else None,
    )


def _stated(page: Content) -> Amounts | None:
    """Read the first sum that a sentence, or the title, says one award gives."""
    for block in page.blocks:
        if block.linked > 0.5 or not holds_digit(block.text):
            continue
        for sentence in sentences(block.text):
            stated = award_in(sentence, is_title=block.heading == 1)
            if stated is not None:
                return _amounts(stated, sentence, "prose")
    return None


@lru_cache(maxsize=8_192)
def award_in(
    sentence: str, *, is_title: bool = False, currency_hint: str | None = None
) -> FoundAmount | None:
    """Return the first sum that a sentence says one award gives; in a title any sum is one."""
    named = [
        each
        for each in find_amounts(sentence, currency_hint=currency_hint)
        if (currency_hint is None or currency_in(sentence[each.start : each.end], currency_hint))
        and _is_of_an_award(_clause_around(sentence, each), is_title=is_title)
    ]
    return _with_most(of_an_award(named[0]), named) if named else None


def _is_of_an_award(around: str, *, is_title: bool) -> bool:
    folded = fold(around)
    is_named = is_title or _OF_AN_AWARD.search(folded) is not None
    return is_named and not _NOT_OF_AN_AWARD.search(folded)


def _with_most(least: FoundAmount, named: list[FoundAmount]) -> FoundAmount:
    """Add to a least sum the most that the same sentence names: "minimum 500, maximum 5,000"."""
    if least.high is not None or len(named) == 1:
        return least
    most = named[1]
    is_most = most.low is None and most.currency == least.currency
    return replace(least, high=most.high) if is_most else least


def _clause_around(sentence: str, found: FoundAmount) -> str:
    before = _CLAUSE.split(sentence[max(0, found.start - LONGEST_CLAUSE) : found.start])[-1]
    after = _CLAUSE.split(sentence[found.end : found.end + 40])[0]
    return f"{before}{sentence[found.start : found.end]}{after}"


def speaks_against(text: str) -> bool:
    """Tell whether words say of the sums beside them that no award gives them: a fee, a fund, a turnover."""
    return _NOT_OF_AN_AWARD.search(fold(text)) is not None


def of_an_award(found: FoundAmount) -> FoundAmount:
    """Return what a sum in a sentence says of an award: named once, the most; not that nobody gets less."""
    return replace(found, low=None) if found.low == found.high else found


ATTEMPTS = (_declared, _labelled, _stated)
