"""Pages that are empty until a browser runs their scripts."""

import re
from collections.abc import Sequence

from hoistscraper.discovery.layout import Layout
from hoistscraper.extraction.document import Document
from hoistscraper.extraction.folding import fold

_EMPTY_CHARACTERS = 100
_SHELL_CHARACTERS = 400
_LITTLE_CHARACTERS = 1_500
_MANY_SCRIPTS = 3
_SCRIPT = re.compile(r"<script\b[^>]*\bsrc\s*=", re.IGNORECASE)
_APP_ROOT = re.compile(
    r"""<(?:div|main|section|body)\b[^>]*\b(?:id\s*=\s*["']?(?:root|app|__next|__nuxt|___gatsby|react-root"""
    r"""|app-root|svelte|main-app)["'\s>]|ng-app|data-reactroot|data-v-app|data-server-rendered)"""
    r"""|<(?:app-root|[a-z]+-app|app-[a-z]+)\b""",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:enable|requires?|need|activate|turn on|activer|activez|aktivier|habilit|attiva|ativ)\w*"
    r".{0,40}(?:java\s?script|\bscripts\b)"
    r"|java\s?script.{0,60}(?:disabled|enabled?|required|needed|must be|turned (?:on|off)"
    r"|deaktiviert|desactive|aktivier|active[rz]?|necessar"
    r"|activ|abilit|erforderlich)"
)
_WAITING = re.compile(
    r"^(?:loading|please wait|chargement|wird geladen|cargando|caricamento|carregando)\b[ .…]*", re.IGNORECASE
)
_TEMPLATE = re.compile(r"\{\{[^{}]{1,80}\}\}")


def is_shell(layout: Layout, source: str) -> bool:
    """Tell whether a page is empty until its scripts run. ``source`` is the page as it came."""
    written = layout.lines
    length = sum(map(len, written))
    if length > _SHELL_CHARACTERS:
        return False
    if _says_so(layout.document, written) or (_APP_ROOT.search(source) and _SCRIPT.search(source)):
        return True
    return length <= _EMPTY_CHARACTERS and len(_SCRIPT.findall(source)) >= _MANY_SCRIPTS


def lacks_content(layout: Layout, source: str) -> bool:
    """Tell whether what a page is for is missing until its scripts run; only ask where nothing was found."""
    written = layout.lines
    if sum(map(len, written)) > _LITTLE_CHARACTERS:
        return False
    return _says_so(layout.document, written) or (
        _APP_ROOT.search(source) is not None and _SCRIPT.search(source) is not None
    )


def _says_so(document: Document, written: Sequence[str]) -> bool:
    if any(_WAITING.search(line) for line in written) or len(_TEMPLATE.findall(" ".join(written))) >= 2:
        return True
    return _asks_for_scripts(document, written)


def _asks_for_scripts(document: Document, written: Sequence[str]) -> bool:
    told = fold(f"{document.noscript} {' '.join(written)}"[:5_000])
    return _ASKS.search(told) is not None
