"""Addresses found on pages, in the form under which pages are remembered."""

from hoistscraper.fetching.errors import UnsupportedAddress
from hoistscraper.fetching.urls import normalise

# Longer ones are data in disguise, and do not fit an index.
LONGEST_ADDRESS = 2_000


def normal_address(url: str | None) -> str | None:
    """Return the normal form of an address, or ``None`` where it leads to no page."""
    try:
        address = normalise(url) if url else None
    except UnsupportedAddress:
        return None
    return address if address and len(address) <= LONGEST_ADDRESS else None
