"""Reference numbers: the short codes by which a call is cited."""

import re

from hoistscraper.extraction.content import Content
from hoistscraper.extraction.finding import Finding
from hoistscraper.extraction.folding import holds_digit

LONGEST = 60
_CODE = re.compile(r"[A-Za-z0-9][\w./\\#&()\-–:]*(?:\s[\w./\\#&()\-–:]*\d[\w./\\#&()\-–:]*){0,3}")
_NAMED = re.compile(
    r"\b(?:(?P<kind>RFPs?|RFQ|ITB|IFB|ITT|RFI|RFB)|Tender|Bid|Solicitation|Contract|Call|Reference|Ref\.?|Notice|Expediente|"
    r"Vergabenummer|Aktenzeichen|Consultation|CIG)\s?(?:No\.?|Number|Nr\.?|N[°ºo]\.?|#|ID|:)\s?:?\s?"
    r"(?P<code>[A-Z0-9][\w./-]{2,40})"
)
_KIND = re.compile(r"\b(?P<kind>RFP|RFQ|ITB|IFB|ITT|RFI|RFB)\s?[-#]?\s?(?P<code>\d[\w./-]{1,20}\d)\b")
_LABEL = re.compile(r"^(?:no|nr|number|num|n|ref|reference|id|code)\b\s?[.:#°º]{0,2}\s{0,2}", re.IGNORECASE)


def reference_in(text: str) -> str | None:
    """Return the reference number that a labelled value holds, or ``None`` where it holds none."""
    value = _LABEL.sub("", text.strip().lstrip(":#").strip())
    if not value or not any(character.isdigit() for character in value):
        return None
    if len(value) <= LONGEST and len(value.split()) <= 6 and not _is_led_by_code(value):
        return value.rstrip(" .,;")
    found = _CODE.match(value)
    code = found.group().rstrip(" .,;:") if found else ""
    return code if any(c.isdigit() for c in code) and len(code) <= LONGEST else None


def _is_led_by_code(value: str) -> bool:
    """Tell whether a code and a name stand in one: "WHA-07 Roof Replacement"."""
    code, *rest = value.split()
    return len(rest) > 1 and holds_digit(code) and not any(map(holds_digit, rest))


def reference_of(page: Content) -> Finding[str] | None:
    """Return the labelled reference number, else the one that a line names ("RFP No. 12-34")."""
    for pair in page.pairs:
        if pair.field == "reference_number" and pair.method != "label:heading":
            number = reference_in(pair.value.split("\n")[0])
            if number:
                return Finding(number, number, pair.method)
    for block in page.blocks:
        if not holds_digit(block.text):
            continue
        found = _NAMED.search(block.text) or _KIND.search(block.text)
        if found and any(character.isdigit() for character in found["code"]):
            quote = found.group().strip().rstrip(".,;:")
            return Finding(quote if found["kind"] else found["code"].rstrip(".,;:"), quote, "prose")
    return None
