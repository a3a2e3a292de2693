"""Addresses of websites as people type them."""

from collections.abc import Set as AbstractSet

from yarl import URL

from hoistscraper.errors import Invalid
from hoistscraper.fetching.errors import AddressRefused
from hoistscraper.fetching.refusals import check_host
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


def address_to_visit(typed: str, allow_hosts: AbstractSet[str]) -> str:
    """Return the address under which a website is kept that is to be visited.

    Whatever adds a website or looks at one asks this first. It refuses what the writing alone shows to be
    refused later; what a name stands for is judged at each visit, when it is resolved.

    :raises Invalid: it is no web address, too long for one, or one of a private network that
        ``allow_hosts`` does not open.
    """
    address = watched_address(typed)
    must_be_public(address, allow_hosts)
    return address


def must_be_public(address: str, allow_hosts: AbstractSet[str]) -> None:
    """Check that the writing of an address does not show already that it will be refused.

    :raises Invalid: it is one of a private network that ``allow_hosts`` does not open.
    """
    try:
        check_host(URL(address), allow_hosts)
    except AddressRefused as refused:
        # Whoever typed it can mend it: nothing was asked for yet, and no role would help.
        raise Invalid(refused.message) from None


def name_of(address: str) -> str:
    """Return what a website is called as long as nobody gave it a name."""
    return address.split("//", 1)[1].rstrip("/")
