"""Addresses and header values fit for a message: no secrets, no control characters, never endless."""

import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")
_USERINFO = re.compile(r"(?<=://)[^/?#\s]*@")
_SECRET = re.compile(
    r"(?i)(?<=[?&;])([^=&;#]*(?:token|passw|secret|signature|api_?key|session)[^=&;#]*)=[^&;#]*"
)
_LONGEST = 200


def shown(text: str) -> str:
    """Return an address or a header's value fit for a message."""
    plain = _SECRET.sub(r"\1=…", _USERINFO.sub("", _CONTROL.sub("", text)))
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def site_of(url: str) -> str:
    """Return the host of an address, with its port where one is written: what a person calls the website."""
    without_scheme = shown(url).split("://", 1)[-1]
    return re.split(r"[/?#]", without_scheme, maxsplit=1)[0] or shown(url)


def spell_seconds(seconds: float) -> str:
    """Return a length of time in words: "30 seconds", "5 minutes", "2 hours"."""
    for unit_seconds, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= 2 * unit_seconds:
            return f"{round(seconds / unit_seconds)} {unit}s"
    rounded = round(seconds, 1)
    return "1 second" if rounded == 1 else f"{rounded:g} seconds"
