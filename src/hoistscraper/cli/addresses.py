"""Addresses of websites as people type them."""

from typing import Annotated

import typer

from hoistscraper.errors import Invalid
from hoistscraper.fetching.urls import normalise, typed_address
from hoistscraper.websites import store

Address = Annotated[
    str, typer.Argument(help="The page that lists the calls, such as https://example.org/grants.")
]


def watched_address(typed: str) -> str:
    """Return the address under which a website is kept.

    :raises Invalid: it is no web address, or too long for one.
    """
    address = normalise(typed_address(typed))
    if len(address) > store.LONGEST_ADDRESS:
        raise Invalid(f"The address is longer than {store.LONGEST_ADDRESS} characters; give a shorter one.")
    return address
