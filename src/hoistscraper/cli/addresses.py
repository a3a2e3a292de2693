"""Addresses of websites as people type them."""

from typing import Annotated

import typer

Address = Annotated[
    str, typer.Argument(help="The page that lists the calls, such as https://example.org/grants.")
]
