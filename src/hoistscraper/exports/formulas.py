"""Text from strangers in spreadsheets: it must stay text."""

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_text(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    # Apostrophes that stand before such a sign already get one more, so that one can be taken away again.
    return f"'{value}" if value.lstrip("'").startswith(_STARTS_A_FORMULA) else value
