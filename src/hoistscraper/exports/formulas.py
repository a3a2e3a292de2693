"""Text from strangers in spreadsheets: it must stay text."""

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_text(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_STARTS_A_FORMULA) else value
