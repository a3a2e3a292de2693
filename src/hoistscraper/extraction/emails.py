"""E-mail addresses as pages write them: plain, behind a link, or disguised."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml.html import HtmlElement

_LOCAL = r"[A-Za-z0-9](?:[\w.+'-]{0,62}[\w+-])?"
_EMAIL = re.compile(rf"(?<![\w.+-]){_LOCAL}@(?:[A-Za-z0-9-]{{1,63}}\.){{1,5}}[A-Za-z]{{2,24}}(?![\w@-])")
_AT = r"\s{0,2}(?:[\[({<]\s{0,2}(?:at|@|arobase|ät|arroba|chiocciola)\s{0,2}[\])}>]|\s@\s)\s{0,2}"
_DOT = r"(?:\.|\s{0,2}[\[({<]\s{0,2}(?:dot|\.|point|punkt|punto)\s{0,2}[\])}>]\s{0,2}|\sdot\s)"
_DISGUISED = re.compile(
    rf"(?<![\w.+-])({_LOCAL})(?:{_AT}|\sat\s)([A-Za-z0-9-]{{1,63}}(?:{_DOT}[A-Za-z0-9-]{{1,63}}){{0,4}}{_DOT}[A-Za-z]{{2,12}})(?![\w@])",
    re.IGNORECASE,
)
_PLAIN_AT = re.compile(
    rf"(?<![\w.+-])({_LOCAL})\sat\s((?:[a-z0-9-]{{1,63}}\.){{1,4}}(?:org|com|net|edu|gov|eu|int|info|[a-z]{{2}}))(?![\w@.-])"
)
_SPELLED_END = re.compile(
    r"(?:\sdot\s|\s\.\s)(?:org|com|net|edu|gov|int|info|eu|de|fr|uk|ie|ch|nl|ca|au|za|example)$",
    re.IGNORECASE,
)
# What every disguise but the plain "name at host.org" holds. It begins with few characters, so that little
# time is lost where none stands.
_DISGUISE = re.compile(
    r"[\[({<\s](?:(?<=[\[({<])\s{0,2}(?:at|@|arobase|ät|arroba|chiocciola)\s{0,2}[\])}>]"
    r"|(?<=\s)(?:@|dot|\.)\s)",
    re.IGNORECASE,
)


def emails_in(text: str) -> list[tuple[str, str]]:
    """Return the e-mail addresses in a text as (address, quote), the disguised ones spelled out."""
    if "@" in text and (plain := [found.group() for found in _EMAIL.finditer(text)]):
        return [(address, address) for address in plain]
    disguised = [*_bracketed(text)]
    # Looked for as a word first, because prose is full of "at".
    if "at" in text and "at" in text.split():
        disguised.extend(_PLAIN_AT.finditer(text))
    return [
        (f"{found[1]}@{re.sub(_DOT, '.', found[2], flags=re.IGNORECASE)}", found.group())
        for found in disguised
    ]


def _bracketed(text: str) -> Iterator[re.Match[str]]:
    if _DISGUISE.search(text) is None:
        return
    for found in _DISGUISED.finditer(text):
        # "look at the dot on ..." is no address: without brackets the end must be one that addresses have
        if re.search(r"[\[({<@]", found.group()) or _SPELLED_END.search(found.group()):
            yield found


def unveiled(code: str) -> str | None:
    """Decode the hexadecimal disguise in which each byte is combined with the first one."""
    try:
        key, *rest = bytes.fromhex(code)
        text = bytes(byte ^ key for byte in rest).decode()
    except ValueError:
        return None
    return text if _EMAIL.fullmatch(text) else None


def address_behind(link: HtmlElement) -> str | None:
    """Return the e-mail address that a link leads to, disguised or not."""
    href = link.get("href") or ""
    if href.lower().startswith("mailto:"):
        found = _EMAIL.search(unquote(href[7:]))
        return found.group() if found else None
    code = link.get("data-cfemail") or (
        href.rpartition("email-protection#")[2] if "email-protection#" in href else ""
    )
    return unveiled(code) if code else None
