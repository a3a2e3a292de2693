"""Bytes to text, the way a browser would: what a page says of itself, checked against its bytes."""

import codecs
import re

from hoistscraper.fetching.charsets import codec_for, is_east_asian

_HEAD_BYTES = 4096
_PROOF_OF_UTF8 = 8  # letters beyond ASCII
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"'>]{1,60})[\"']", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta\b[^>]{0,500}?\bcharset\s*=\s*[\"']?\s*([^\s\"'/>;]{1,60})", re.IGNORECASE)


def decode(content: bytes, *, declared: str | None) -> str:
    """Return the text of a page, free of NUL characters; bytes that fit nowhere become U+FFFD.

    ``declared`` is the charset of the HTTP header. A byte order mark wins over it, and so do bytes that show
    the declaration to be wrong.

    :raises: nothing, whatever the bytes.
    """
    text = _marked(content) or _wide(content) or _declared(content, declared) or _guessed(content)
    return text.replace("\x00", "")


def _marked(content: bytes) -> str | None:
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(codec, "replace")
    return None


def _wide(content: bytes) -> str | None:
    """Read UTF-16 without a mark: its Latin letters leave a NUL in every other byte."""
    head = content[:_HEAD_BYTES]
    if 0 not in head:
        return None
    pairs = max(len(head) // 2, 1)
    first, second = head[0::2].count(0), head[1::2].count(0)
    if second > 0.4 * pairs and first < 0.1 * pairs:
        return content.decode("utf-16-le", "replace")
    if first > 0.4 * pairs and second < 0.1 * pairs:
        return content.decode("utf-16-be", "replace")
    return None


def _declared(content: bytes, header: str | None) -> str | None:
    codecs_named = [codec for codec in (codec_for(header), _own_codec(content)) if codec]
    for codec in codecs_named:
        text = _strictly(content, codec)
        if text is not None:
            return text
    for codec in codecs_named:
        text = content.decode(codec, "replace")
        if _is_mostly_whole(text):
            return text
    return None


def _own_codec(content: bytes) -> str | None:
    head = _COMMENT.sub(b"", content[:_HEAD_BYTES])
    found = _XML_ENCODING.search(head) or _META_CHARSET.search(head)
    codec = codec_for(found.group(1).decode("ascii", "replace")) if found else None
    # A declaration that can be read as ASCII does not stand in a UTF-16 page.
    return "utf-8" if codec and codec.startswith("utf-16") else codec


def _strictly(content: bytes, codec: str) -> str | None:
    if codec.startswith("utf-16"):
        return _decoded(content, codec if 0 in content else "utf-8")
    text = _decoded(content, "utf-8")
    # Other encodings are hardly ever valid UTF-8 by chance: then the label is wrong. Only a few letters in
    # an East Asian encoding may be.
    if text is not None and not (is_east_asian(codec) and _letters_beyond_ascii(text) < _PROOF_OF_UTF8):
        return text
    return _decoded(content, codec)


def _decoded(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        return None


def _guessed(content: bytes) -> str:
    text = content.decode("utf-8", "replace")
    return text if _is_mostly_whole(text) else content.decode("cp1252", "replace")


def _is_mostly_whole(text: str) -> bool:
    # A few broken bytes among many good ones (a page cut in the middle of a letter) do not disprove a codec.
    broken = text.count("\ufffd")
    return broken == 0 or 4 * broken <= _letters_beyond_ascii(text) - broken


def _letters_beyond_ascii(text: str) -> int:
    return 0 if text.isascii() else sum(1 for character in text if character > "\x7f")
