"""How much is read of one page: some are endless, and some are sent to take the reader's time.

No page of a real website comes near: the largest that we know have some thousand elements.
"""

import re
from itertools import islice

MOST_ELEMENTS = 100_000
MOST_CHARACTERS = 3_000_000  # of text, outside of scripts and styles
MOST_ATTRIBUTES = 200  # of one element: the parser holds each against all before it
_LARGE = 200_000  # characters: smaller pages keep all bounds, or nearly
# Scripts and the like are for programs: no element begins in them.
_TAG = re.compile(
    r"<(?:(?P<opaque>!--|(?:script|style)(?![\w-]))|(?P<begins>[A-Za-z])|/[A-Za-z])"
    r"""(?P<rest>(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)""",
    re.IGNORECASE,
)
_ENDS = {
    "!--": re.compile("-->"),
    "script": re.compile(r"</script[^>]*+", re.IGNORECASE),
    "style": re.compile(r"</style[^>]*+", re.IGNORECASE),
}
_ATTRIBUTE = re.compile(r"""[^\s=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
_SHORT = 2 * MOST_ATTRIBUTES  # characters that hold no more attributes than are read


def within_bounds(source: str) -> tuple[str, float]:
    """Return what is read of a page's source, and the share of it that is left out: 0.0 of nearly all pages.

    The end is left out of a page that has too many elements or too much text, and of an element the
    attributes that are too many.
    """
    if len(source) <= _LARGE:
        return source, 0.0
    kept: list[str] = []
    taken = 0  # of the source
    elements = characters = at = 0
    while found := _TAG.search(source, at):
        room = MOST_CHARACTERS - characters
        characters += found.start() - at
        elements += found["begins"] is not None
        if characters > MOST_CHARACTERS or elements > MOST_ELEMENTS:
            return _cut(source, kept, taken, min(found.start(), at + room))
        at = found.end()
        if opaque := found["opaque"]:
            end = _ENDS[opaque.lower()].search(source, found.start("rest"))
            at = end.end() if end else len(source)
        elif found.end("rest") - found.start("rest") > _SHORT and (most := _most_attributes(found["rest"])):
            kept.append(source[taken : found.start("rest") + most])
            taken = at
        at = at + 1 if source.startswith(">", at) else at
    if characters + len(source) - at > MOST_CHARACTERS:
        return _cut(source, kept, taken, at + MOST_CHARACTERS - characters)
    return ("".join((*kept, source[taken:])) if kept else source), 0.0


def share_begun(source: str, elements: int) -> float:
    """Return the share of a page's elements that so many of them are, 0.0 to 1.0."""
    written = sum(1 for found in _TAG.finditer(source) if found["begins"])
    return min(1.0, elements / max(written, 1))


def _cut(source: str, kept: list[str], taken: int, end: int) -> tuple[str, float]:
    return "".join((*kept, source[taken:end])), 1 - end / len(source)


def _most_attributes(written: str) -> int:
    """Return where the last attribute that is read ends; 0: all are read."""
    last = next(islice(_ATTRIBUTE.finditer(written), MOST_ATTRIBUTES - 1, MOST_ATTRIBUTES), None)
    return last.end() if last is not None and last.end() < len(written.rstrip()) else 0
