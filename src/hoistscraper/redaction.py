"""Texts for logs and screens: on one line, without what steers a terminal, without what nobody may read."""

import re
from collections.abc import Mapping, Sequence

HIDDEN = "(hidden)"

# Control characters, those that turn the direction of writing, and those that nobody sees.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_SECRET_NAME = re.compile(
    r"passw|passphrase|secret(?!ar)|token|api[-_]?key|credential|cookie|authorization|session[-_]?(?:id|key)"
    r"|signature|private[-_]?key",
    re.IGNORECASE,
)
_USERINFO = re.compile(r"(?<=://)[^/?#\s@]*:?[^/?#\s]*@")
_HEADER = re.compile(
    r"(?im)\b((?:proxy-)?authorization|(?:set-)?cookie|x-api-key)(['\"]?\s*[:=,]\s*)[^\r\n]+"
)
_OUR_TOKEN = re.compile(r"\bhst_[\w-]{10,}")
_SCHEME = re.compile(r"(?i)\b(bearer|basic|digest|negotiate)\s+[a-z0-9+/=._~-]{6,}")
_PAIR = re.compile(
    rf"(?i)\b([\w.-]*(?:{_SECRET_NAME.pattern})[\w.-]*)(['\"]?\s*[=:]\s*)(?:\"[^\"]*\"|'[^']*'|[^\s&;,'\")}}\]]+)"
)


def one_line(text: str) -> str:
    """Return a text with every control character written out, such as ``\\n`` or ``\\x1b``."""
    return _CONTROL.sub(_written, text)


def without_secrets(text: str) -> str:
    """Return a text without the passwords, tokens and cookies that can be told by what stands before them."""
    text = _OUR_TOKEN.sub(HIDDEN, _USERINFO.sub("…@", text))
    text = _HEADER.sub(rf"\1\2{HIDDEN}", text)
    text = _SCHEME.sub(rf"\1 {HIDDEN}", text)
    return _PAIR.sub(rf"\1\2{HIDDEN}", text)


def for_logs(text: str) -> str:
    """Return a text as it may stand in a log."""
    return one_line(without_secrets(text))


def for_screen(text: str) -> str:
    """Return a text that cannot steer the terminal it is shown on; lines and tabs stay."""
    return _CONTROL.sub(lambda found: found[0] if found[0] in "\n\t" else "\N{REPLACEMENT CHARACTER}", text)


def hidden(value: object, *, name: str = "") -> object:
    """Return a value that JSON can hold without the secrets in it; ``name`` is what it is called."""
    if name and _SECRET_NAME.search(name) and value is not None and not isinstance(value, bool):
        return HIDDEN
    match value:
        case str():
            return without_secrets(value)
        case Mapping():
            return {str(key): hidden(each, name=str(key)) for key, each in value.items()}
        case Sequence():
            return [hidden(each) for each in value]
        case _:
            return value


def _written(found: re.Match[str]) -> str:
    character = found[0]
    return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character) or (
        f"\\x{ord(character):02x}" if ord(character) < 256 else f"\\u{ord(character):04x}"
    )
