"""What a server or worker tells while it runs: sentences for a person, or records for a program."""

import logging
from collections.abc import Callable

from hoistscraper.cli.screen import say
from hoistscraper.logs import log_to_screen
from hoistscraper.settings import Settings


def teller(settings: Settings, name: str) -> Callable[[str], None]:
    """Take up the form that logs are to have; return what tells a sentence in the name of a command."""
    log_to_screen(settings.log_format)
    return say if settings.log_format == "text" else logging.getLogger(f"hoistscraper.{name}").info
