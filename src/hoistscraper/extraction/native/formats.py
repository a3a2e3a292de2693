"""What values mean in each form of records: asked by its reader, and again by the check of proofs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from hoistscraper.extraction.candidate import Moment, Status
from hoistscraper.extraction.currencies import CODES
from hoistscraper.extraction.dates import DateContext
from hoistscraper.extraction.folding import fold
from hoistscraper.extraction.json_nodes import Node
from hoistscraper.extraction.money import find_amounts
from hoistscraper.extraction.native.moments import iso_moment_of, named_moment, sole_moment
from hoistscraper.extraction.native.sums import sum_in
from hoistscraper.extraction.state_words import status_of_label

# Words of content management: they say what readers may see, not whether one may apply.
_OF_EDITING = frozenset(
    "active inactive published live current available archived complete completed draft public".split()
)
_OF_TENDERS: Mapping[str, Status] = MappingProxyType(
    {
        "planning": Status.FORTHCOMING,
        "planned": Status.FORTHCOMING,
        "active": Status.OPEN,
        "cancelled": Status.CLOSED,
        "unsuccessful": Status.CLOSED,
        "complete": Status.CLOSED,
        "withdrawn": Status.CLOSED,
    }
)
_OF_GRANTS: Mapping[str, Status] = MappingProxyType(
    {"forecasted": Status.FORTHCOMING, "open": Status.OPEN, "closed": Status.CLOSED}
)
FORECAST = "OpportunityForecastDetail_1_0"
_OF_SYNOPSES: Mapping[str, Status] = MappingProxyType(
    {
        "posted": Status.OPEN,
        "open": Status.OPEN,
        "forecasted": Status.FORTHCOMING,
        "closed": Status.CLOSED,
        "archived": Status.CLOSED,
        # Names of what holds a forecast that states no status of its own.
        "forecast": Status.FORTHCOMING,
        FORECAST.lower(): Status.FORTHCOMING,
    }
)
_APPLICANTS: Mapping[str, str] = MappingProxyType(
    {
        "00": "State governments",
        "01": "County governments",
        "02": "City or township governments",
        "04": "Special district governments",
        "05": "Independent school districts",
        "06": "Public and state controlled institutions of higher education",
        "07": "Native American tribal governments (federally recognized)",
        "08": "Public housing authorities and Indian housing authorities",
        "11": "Native American tribal organizations (other than federally recognized)",
        "12": "Nonprofits with 501(c)(3) status, other than institutions of higher education",
        "13": "Nonprofits without 501(c)(3) status, other than institutions of higher education",
        "20": "Private institutions of higher education",
        "21": "Individuals",
        "22": "For profit organizations other than small businesses",
        "23": "Small businesses",
        "25": "Others",
        "99": "Unrestricted",
    }
)


@dataclass(frozen=True, slots=True)
class Format:
    """A form of records: how a date with its time of day is read, a status, who may apply.

    ``sums_in`` is the currency of all its sums, where its definition says so.
    """

    method: str
    moment: Callable[[str, str | None, DateContext], Moment | None]
    status: Callable[[str], Status]
    applicant: Callable[[str], str] = str
    sums_in: str | None = None

    def currency(self, node: Node) -> str | None:
        """Return the currency that a code, or a sum with its sign, states."""
        code = (node.text or "").upper()
        if code in CODES:
            return code
        if self.sums_in and sum_in(node):
            return self.sums_in
        found = find_amounts(node.text or "")
        return found[0].currency if len(found) == 1 else None

    def sums(self, node: Node) -> tuple[Decimal | None, Decimal | None]:
        """Return the least and the most that a number, or a text of one sum or range, states."""
        alone = sum_in(node)
        if alone is not None:
            return alone, alone
        found = find_amounts(node.text or "") if isinstance(node.value, str) else []
        return (found[0].low, found[0].high) if len(found) == 1 else (None, None)


def _listed(statuses: Mapping[str, Status]) -> Callable[[str], Status]:
    return lambda text: statuses.get(text, Status.UNKNOWN)


def _synopsis_status(text: str) -> Status:
    return _OF_SYNOPSES.get(text.lower(), Status.UNKNOWN)


def _record_status(text: str) -> Status:
    return Status.UNKNOWN if fold(text) in _OF_EDITING else status_of_label(text)


def _grant_applicant(text: str) -> str:
    # The protocol names kinds of applicants by words like "nonprofit_with_501c3".
    return text.replace("_", " ") if " " not in text else text


OCDS = Format("declared:ocds", lambda text, clock, _: iso_moment_of(text, clock), _listed(_OF_TENDERS))
COMMON_GRANTS = Format(
    "declared:common-grants",
    lambda text, clock, _: iso_moment_of(text, clock),
    _listed(_OF_GRANTS),
    _grant_applicant,
)
SYNOPSIS = Format(
    "declared:synopsis",
    lambda text, _clock, _: named_moment(text),
    _synopsis_status,
    lambda text: _APPLICANTS.get(text, text),
    "USD",
)
RECORD = Format("declared:record", sole_moment, _record_status)
STATE = replace(RECORD, method="declared:state")
