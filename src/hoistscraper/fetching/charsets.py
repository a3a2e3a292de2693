"""What websites call an encoding, and the codec a browser would use for that name.

Follows the WHATWG Encoding Standard: a label often names a smaller encoding than the page is written in
(``iso-8859-1`` means windows-1252 everywhere on the web).
"""

import codecs

_LABELS_PYTHON_DOES_NOT_KNOW = {
    "iso-8859-8-i": "cp1255",
    "iso-8859-8-e": "cp1255",
    "ks_c_5601-1989": "cp949",
    "macintosh": "mac_roman",
    "unicode": "utf-16-le",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "windows-874": "cp874",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-roman": "mac_roman",
    "x-sjis": "cp932",
    "x-unicode20utf8": "utf-8",
    "x-x-big5": "big5hkscs",
}
_WIDER_ON_THE_WEB = {
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "iso8859-8": "cp1255",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "shift_jis": "cp932",
    "tis-620": "cp874",
    "utf-16": "utf-16-le",
    "utf-8-sig": "utf-8",
}
_EAST_ASIAN = frozenset({"big5hkscs", "cp932", "cp949", "euc_jp", "gb18030", "iso2022_jp"})
# An allow-list, because Python's registry also holds codecs that are no charsets (base64, idna, utf-7).
_ON_THE_WEB = _EAST_ASIAN | frozenset(
    "cp866 cp874 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 koi8-r koi8-u "
    "iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-10 iso8859-13 iso8859-14 "
    "iso8859-15 iso8859-16 mac-cyrillic mac-roman utf-8 utf-16-le utf-16-be".split()
)


def codec_for(label: str | None) -> str | None:
    """Return the name of Python's codec for a label, or ``None`` for a label that the web does not know."""
    name = (label or "").strip().strip("\"'").lower()
    known = _python_name(_LABELS_PYTHON_DOES_NOT_KNOW.get(name, name))
    if known is None:
        return None
    wider = _WIDER_ON_THE_WEB.get(known, known)
    return wider if wider in _ON_THE_WEB else None


def is_east_asian(codec: str) -> bool:
    """Tell whether bytes in this encoding may pass for UTF-8 by chance."""
    return codec in _EAST_ASIAN


def _python_name(label: str) -> str | None:
    try:
        return codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
