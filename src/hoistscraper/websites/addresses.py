"""Addresses of websites as people type them."""

from hoistscraper.errors import Invalid
from hoistscraper.fetching.urls import normalise, typed_address

# An index holds 2,704 bytes, and the address shares it with the names of calls.
LONGEST_ADDRESS = 1_000


def watched_address(typed: str) -> str:
    """Return the address under which a website is kept.

    :raises Invalid: it is no web address, or too long for one.
    """
    address = normalise(typed_address(typed))
    if len(address) > LONGEST_ADDRESS:
        raise Invalid(f"The address is longer than {LONGEST_ADDRESS} characters; give a shorter one.")
    return address


def name_of(address: str) -> str:
    """Return what a website is called as long as nobody gave it a name."""
    return address.split("//", 1)[1].rstrip("/")
