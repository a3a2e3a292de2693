"""Sums as programs write them."""

import re
from decimal import Decimal

from hoistscraper.extraction.json_nodes import Node

_SUM = re.compile(r"[^\d\-]{0,4}(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d{1,4})?(?:[Ee]\+?\d)?")


def sum_in(node: Node) -> Decimal | None:
    """Return a sum that a number, or a text of nothing but one, states; 0 states none."""
    found = _SUM.fullmatch(node.verbatim or "")
    if found is None:
        return None
    value = (
        node.value
        if isinstance(node.value, Decimal)
        else Decimal(found[1].replace(",", "") + (found[2] or ""))
    )
    return value if value > 0 and value.is_finite() else None
