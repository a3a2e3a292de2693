"""``hoistscraper config``"""


def command() -> None:
    """Show every setting and where it comes from."""
