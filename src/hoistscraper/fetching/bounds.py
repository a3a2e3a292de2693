"""How much is read of one page: some are endless, and some are sent to take the reader's time.

No page of a real website comes near: the largest that we know have some thousand elements.
"""

import re
from dataclasses import dataclass
from itertools import islice

MOST_ATTRIBUTES = 200  # of one element: the parser holds each against all before it
MOST_MARKS = 700_000  # of JSON: commas and brackets, about one for each value
_LARGE = 200_000  # characters: smaller pages keep all bounds, or nearly
# As HTML tells one attribute from the next; who sees fewer elements than the parser does may be misled.
_GAP = r"[\t\n\f\r /]"
_ATTRIBUTE = (
    r"[^\t\n\f\r />][^\t\n\f\r />=]*+"
    r"""(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\t\n\f\r >]++)?+)?+"""
)
_REST = rf"(?P<rest>(?:{_GAP}++|{_ATTRIBUTE})*+)"
_NAME = r"[^\t\n\f\r />]*+"


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is read: ``elements``, and ``characters`` of text outside of scripts and comments.

    ``tag`` finds what begins or ends an element, or what is no text up to an end of its own.
    """

    elements: int
    characters: int
    tag: re.Pattern[str]


PAGE = Bounds(
    80_000,
    2_500_000,
    re.compile(
        rf"<(?:(?P<opaque>!--|(?:script|style)(?={_GAP}|>))|(?P<begins>[A-Za-z]){_NAME}|/[A-Za-z]{_NAME}"
        rf"|[!?/][^>]*+){_REST}",
        re.IGNORECASE,
    ),
)
# Feeds and the like hold little but what is read; texts in them are markup that is read by itself.
RECORDS = Bounds(
    300_000,
    20_000_000,
    re.compile(
        rf"<(?:(?P<opaque>!--|!\[CDATA\[)|(?P<begins>[^\W\d]){_NAME}|/[^\W\d]{_NAME}|[!?/][^>]*+){_REST}"
    ),
)
_ENDS = {
    "!--": re.compile("--!?>"),
    "![cdata[": re.compile(r"\]\]>"),
    "script": re.compile(r"</script[^>]*+", re.IGNORECASE),
    "style": re.compile(r"</style[^>]*+", re.IGNORECASE),
}
_ONE_MORE = re.compile(rf"{_GAP}*+{_ATTRIBUTE}")
_MARKS = (",", "{", "[")
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\Z)|[\[\]{},]', re.DOTALL)
_OUTER = 8  # as deep as lists of records stand
_DEEPEST = 900  # deeper JSON cannot be parsed
_SHORT = 2 * MOST_ATTRIBUTES  # characters that hold no more attributes than are read


def within_bounds(source: str, bounds: Bounds | None = None) -> tuple[str, float]:
    """Return what is read of a source, and the share of it that is left out: 0.0 of nearly all pages.

    The end is left out of a page that has too many elements or too much text, and of an element the
    attributes that are too many. Without ``bounds`` it is a page of HTML.
    """
    if len(source) <= _LARGE:
        return source, 0.0
    most = bounds or PAGE
    kept: list[str] = []
    taken = 0  # of the source
    elements = characters = at = 0
    while found := most.tag.search(source, at):
        room = most.characters - characters
        characters += found.start() - at
        elements += found["begins"] is not None
        if characters > most.characters or elements > most.elements:
            return _cut(source, kept, taken, min(found.start(), at + room))
        at = found.end()
        if opaque := found["opaque"]:
            # "<!-->" is a whole comment.
            end = _ENDS[opaque.lower()].search(source, found.start("opaque") + 1)
            at = end.end() if end else len(source)
        elif found.end("rest") - found.start("rest") > _SHORT and (last := _last_read(found["rest"])):
            kept.append(source[taken : found.start("rest") + last])
            taken = at
        at = at + 1 if source.startswith(">", at) else at
    if characters + len(source) - at > most.characters:
        return _cut(source, kept, taken, at + most.characters - characters)
    return ("".join((*kept, source[taken:])) if kept else source), 0.0


def share_begun(source: str, elements: int) -> float:
    """Return the share of a page's elements that so many of them are, 0.0 to 1.0."""
    written = sum(1 for found in PAGE.tag.finditer(source) if found["begins"])
    return min(1.0, elements / max(written, 1))


def json_within_bounds(source: str) -> tuple[str, float]:
    """Return the beginning of JSON that holds too many values, whole by itself, and the share left out.

    It ends between two objects of a list, the outermost that there is: half of a record says nothing.
    """
    if len(source) <= _LARGE or sum(map(source.count, _MARKS)) <= MOST_MARKS:
        return source, 0.0
    ends: list[str] = []  # of what is open, the outermost first
    parted: dict[int, tuple[int, list[str]]] = {}  # by depth: the last place between two objects
    marks, before = 0, ""
    for found in _TOKEN.finditer(source):
        piece = found.group()
        marks += piece in _MARKS
        if piece in "{[":
            ends.append("}" if piece == "{" else "]")
        elif piece in "}]":
            ends[-1:] = []
        elif piece == ",":
            if before == "}" and ends[-1:] == ["]"] and len(ends) <= _OUTER:
                parted[len(ends)] = found.start(), ends.copy()
            if marks > MOST_MARKS:
                end, open_there = parted[min(parted)] if parted else (found.start(), ends)
                return source[:end] + "".join(reversed(open_there)), 1 - end / len(source)
        if len(ends) > _DEEPEST:
            break
        before = piece
    return source, 0.0


def _cut(source: str, kept: list[str], taken: int, end: int) -> tuple[str, float]:
    return "".join((*kept, source[taken:end])), 1 - end / len(source)


def _last_read(written: str) -> int:
    """Return where the last attribute that is read ends; 0: all are read."""
    last = next(islice(_ONE_MORE.finditer(written), MOST_ATTRIBUTES - 1, MOST_ATTRIBUTES), None)
    return last.end() if last is not None and last.end() < len(written.rstrip()) else 0
