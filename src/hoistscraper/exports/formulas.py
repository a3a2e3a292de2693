"""Text from strangers in spreadsheets: it must stay text."""

import re

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BEGINS_A_CELL = re.compile(r"([;|\t\r\n])(?=[=+\-@])")


def as_text(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    # Apostrophes that stand before such a sign already get one more, so that one can be taken away again.
    return f"'{value}" if value.lstrip("'").startswith(_STARTS_A_FORMULA) else value


def as_csv_text(value: str) -> str:
    """Return a cell of a CSV file that none takes for a formula, wherever it parts the lines.

    Where a semicolon parts them, as in much of Europe, or a line break is not seen to be quoted, what follows
    would be a cell of its own.
    """
    return _BEGINS_A_CELL.sub(r"\1 ", as_text(value))
