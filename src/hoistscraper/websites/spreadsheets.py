"""The cells of an Excel file (XLSX), one row after the other.

The file comes from strangers, so it is read by a parser that builds no tree and takes no entities, and its
size unpacked and the number of its cells have limits.
"""

import io
import posixpath
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from hoistscraper.errors import Invalid

MOST_UNPACKED_BYTES = 100_000_000
MOST_MARKS = 4_000_000
"""XML elements of a sheet; a cell has two to four."""
MOST_COLUMNS = 100
MOST_PARTS = 10_000
"""Files in the archive; a workbook has some dozens."""
LONGEST_TEXT = 32_767
"""Characters of a cell, as Excel has it. What repeats a longer one costs whoever reads it too much."""
_MOST_DIRECTORY_BYTES = 1_000_000
_CHUNK_BYTES = 65_536
_PART = b"PK\x01\x02"
_COLUMN = re.compile(r"([A-Z]{1,3})[0-9]")
_DAMAGED = "The Excel file is damaged or no Excel file; save it again as .xlsx, or as CSV."
_TOO_LARGE = (
    "The Excel file is too large when unpacked; copy the list alone into a new one, or save it as CSV."
)

_NOT_SOUND = (
    BadZipFile,
    ExpatError,
    EOFError,
    LookupError,  # of a part, a text, or the name of an encoding
    ValueError,
    NotImplementedError,  # a way of packing that is unknown, as a damaged byte may say
    zlib.error,
)

Attributes = Mapping[str, str]


def cells_of(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows of the first visible sheet with their numbers.

    :raises Invalid: the file is damaged, locked or too large.
    """
    # The archive's reader makes an object of each part before it can be asked how many there are.
    if content.count(_PART) > MOST_PARTS:
        raise Invalid(_TOO_LARGE)
    with _told():
        archive = ZipFile(io.BytesIO(content))
        sheet, strings = _places(archive)
        shared = _Strings()
        if strings:
            _drain(_parsed(archive, strings, shared))
        yield from _rows(archive, sheet, shared.found)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except _NOT_SOUND as error:
        raise Invalid(_DAMAGED) from error


class _Marks:
    """What a parser tells of; ``start`` and ``end`` get the names of elements without their namespace."""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Something is written."""


def _parsed(archive: ZipFile, part: str, marks: _Marks) -> Iterator[None]:
    """Have a part told to ``marks``, and yield after each piece of it."""
    parser = ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    count = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal count
        count += 1
        if count > MOST_MARKS:
            raise Invalid(
                "The Excel file holds more than a million cells; copy the list alone into a new one."
            )
        marks.start(_local(name), attributes)

    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: marks.end(_local(name))
    parser.CharacterDataHandler = marks.text
    with archive.open(_checked(archive.getinfo(part))) as opened:
        while piece := opened.read(_CHUNK_BYTES):
            parser.Parse(piece, False)  # noqa: FBT003 - the library's signature
            yield
    parser.Parse(b"", True)  # noqa: FBT003
    yield


def _refuse(*_declared: object) -> None:
    raise Invalid(_DAMAGED)


def _checked(part: ZipInfo) -> ZipInfo:
    # The archive's reader stops at the size that is declared, so a lie makes a part shorter, not longer.
    if part.file_size > MOST_UNPACKED_BYTES:
        raise Invalid(_TOO_LARGE)
    if part.flag_bits & 1 or part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Invalid(
            "The Excel file is locked or packed in an unusual way; save it as .xlsx without a password."
        )
    return part


def _drain(pieces: Iterator[None]) -> None:
    for _ in pieces:
        pass


def _local(name: str) -> str:
    return name.rpartition("}")[2]


class _Directory(_Marks):
    """The sheets of a workbook, or its relations."""

    def __init__(self, element: str) -> None:
        self._element = element
        self.found: list[dict[str, str]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == self._element:
            self.found.append({_local(key): value for key, value in attributes.items()})


def _places(archive: ZipFile) -> tuple[str, str | None]:
    """Return where the first visible sheet and the shared texts are."""
    sheets = _directory(archive, "xl/workbook.xml", "sheet")
    relations = _directory(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    by_id = {each["Id"]: _part(each["Target"]) for each in relations}
    shown = [each for each in sheets if each.get("state", "visible") == "visible"] or sheets
    strings = [_part(each["Target"]) for each in relations if each["Type"].endswith("/sharedStrings")]
    return by_id[shown[0]["id"]], strings[0] if strings else None


def _directory(archive: ZipFile, part: str, element: str) -> list[dict[str, str]]:
    if archive.getinfo(part).file_size > _MOST_DIRECTORY_BYTES:
        raise Invalid(_TOO_LARGE)
    marks = _Directory(element)
    _drain(_parsed(archive, part, marks))
    return marks.found


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


class _Strings(_Marks):
    """Texts that cells name by their number."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._is_read = False
        self._is_phonetic = False
        self._length = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "rPh":
            self._is_phonetic = True
        self._is_read = name == "t" and not self._is_phonetic

    def end(self, name: str) -> None:
        self._is_read = False
        if name == "rPh":
            self._is_phonetic = False
        elif name == "si":
            self._length = 0
            self.found.append("".join(self._parts))
            self._parts.clear()

    def text(self, text: str) -> None:
        if self._is_read:
            self._length = _bounded(self._length + len(text))
            self._parts.append(text)


class _Sheet(_Marks):
    """Rows of a sheet, taken away as they come."""

    def __init__(self, shared: Sequence[str]) -> None:
        self._shared = shared
        self.rows: list[tuple[int, list[str]]] = []
        self._number = 0
        self._cells: list[str] = []
        self._column = 0
        self._kind = ""
        self._parts: list[str] = []
        self._length = 0
        self._is_read = False
        self._do: Mapping[str, Callable[[Attributes], None]] = {"row": self._row, "c": self._cell}

    def start(self, name: str, attributes: Attributes) -> None:
        if begin := self._do.get(name):
            begin(attributes)
        self._is_read = name in ("v", "t")

    def end(self, name: str) -> None:
        self._is_read = False
        if name == "c":
            self._keep()
        elif name == "row":
            self.rows.append((self._number, self._cells))
            self._cells = []

    def text(self, text: str) -> None:
        if self._is_read:
            self._length = _bounded(self._length + len(text))
            self._parts.append(text)

    def _row(self, attributes: Attributes) -> None:
        self._number = int(attributes.get("r", self._number + 1))
        self._column = 0

    def _cell(self, attributes: Attributes) -> None:
        if found := _COLUMN.match(attributes.get("r", "")):
            self._column = _column_number(found.group(1))
        else:
            self._column += 1
        self._kind = attributes.get("t", "n")
        self._parts = []
        self._length = 0

    def _keep(self) -> None:
        if self._column > MOST_COLUMNS or not self._parts:
            return
        told = "".join(self._parts)
        self._cells += [""] * (self._column - len(self._cells))
        self._cells[self._column - 1] = self._shared[int(told)] if self._kind == "s" else told


def _bounded(length: int) -> int:
    if length > LONGEST_TEXT:
        raise Invalid(
            f"A cell holds more than {LONGEST_TEXT:,} characters, more than Excel writes; shorten it."
        )
    return length


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _rows(archive: ZipFile, part: str, shared: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    sheet = _Sheet(shared)
    for _ in _parsed(archive, part, sheet):
        yield from sheet.rows
        sheet.rows.clear()
