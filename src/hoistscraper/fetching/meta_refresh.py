"""Pages that only send the reader on: ``<meta http-equiv="refresh">`` above next to nothing."""

import re
from html import unescape

_META = re.compile(r"<meta\b[^>]{0,500}>", re.IGNORECASE)
_IS_REFRESH = re.compile(r"http-equiv\s*=\s*[\"']?\s*refresh\b", re.IGNORECASE)
_CONTENT = re.compile(r"\bcontent\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_TARGET = re.compile(r"\s*(\d{1,3})(?:\.\d*)?\s*[;,\s]\s*url\s*=\s*[\"']?\s*([^\"']+)", re.IGNORECASE)
_UNSEEN = re.compile(
    r"<!--.*?-->|<(script|style|noscript|head|title)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE
)
_NOT_FOR_US = re.compile(r"<!--.*?-->|<(noscript|script)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_LONGEST_PAGE = 20_000  # characters
_LONGEST_TEXT = 300  # characters that a reader sees: "You are being redirected ..."
_LONGEST_DELAY_SECONDS = 10


def refresh_target(text: str) -> str | None:
    """Return where an otherwise empty page sends the reader, as written there."""
    if len(text) > _LONGEST_PAGE or "refresh" not in text.lower():
        return None
    for tag in _META.findall(_NOT_FOR_US.sub("", text)):
        content = _CONTENT.search(tag) if _IS_REFRESH.search(tag) else None
        target = _TARGET.match(unescape(content.group(1) or content.group(2) or "")) if content else None
        if target and int(target.group(1)) <= _LONGEST_DELAY_SECONDS and _is_next_to_nothing(text):
            return target.group(2).strip()
    return None


def _is_next_to_nothing(text: str) -> bool:
    return len(" ".join(_UNSEEN.sub(" ", text).split())) <= _LONGEST_TEXT
