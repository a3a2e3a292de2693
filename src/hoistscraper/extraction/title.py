"""The call's title."""

import re

from hoistscraper.extraction.blocks import Block
from hoistscraper.extraction.content import Content
from hoistscraper.extraction.finding import Finding, first_of
from hoistscraper.extraction.folding import fold, fold_words
from hoistscraper.extraction.lexicon import DATE_FIELDS, field_named_by, field_of, fillers, is_phrase
from hoistscraper.extraction.lines import squeeze

LONGEST = 350
_GENERAL = frozenset(
    """detail information view page the of for and open current overview search result international public
    full details de la du des appel offre avis marche ausschreibung bekanntmachung dettaglio bando avviso gara
    publica publico publique offentliche pubblica ficha detalle licitacion convocatoria""".split()
)
_LEAST_OF_NAME = 2  # words
_WELCOME = re.compile(
    r"\W*(?:welcome to|willkommen|bienvenue|bienvenid|benvenut|bem-vind|welkom|witamy|vitejte)\b"
)
_PARTS = re.compile(r"\s+[|\-–—»·•::]{1,2}\s+|\s*[|»]\s*|\s*::\s*")


def title_of(page: Content) -> Finding[str] | None:
    """Return the title of the call that the page is about."""
    return first_of(ATTEMPTS, page)


def _declared(page: Content) -> Finding[str] | None:
    stated = page.declared.values.get("title")
    return Finding(stated.text, stated.text, stated.method) if stated and _fits(stated.text) else None


def _labelled(page: Content) -> Finding[str] | None:
    for pair in page.pairs:
        first = pair.value.split("\n")[0]
        telling = pair.method in ("label:dl", "label:table") or len(fold_words(pair.label)) > 1
        if pair.field == "title" and telling and pair.method != "label:heading" and _fits(first):
            return Finding(first, first, pair.method)
    return None


def _headed(page: Content) -> Finding[str] | None:
    """The main heading: of several the one that the window's title repeats, else the first to name a call."""
    headings = [block for block in _headings(page, 1) if not _is_site(block.text, page)]
    repeated = [block for block in headings if _overlap(block.text, page) >= 0.6]
    named = [block for block in repeated or headings if not _is_general(block.text)]
    return Finding(named[0].text, named[0].text, "heading") if named else None


def _below_general(page: Content) -> Finding[str] | None:
    """Read the heading right below one that names only the kind of page."""
    for index, block in enumerate(page.blocks):
        if block.heading == 1 and _is_general(block.text) and _overlap(block.text, page) < 0.6:
            below = page.blocks[index + 1 : index + 3]
            heading = next((each for each in below if 2 <= each.heading <= 4 and _fits(each.text)), None)
            return Finding(heading.text, heading.text, "heading") if heading else None
    return None


def _window_beyond_general(page: Content) -> Finding[str] | None:
    """Read the window's title where it says more than a heading that names only the kind of page."""
    text = page.document.title or ""
    general = next((block for block in _headings(page, 1) if _is_general(block.text)), None)
    said = set(fold_words(general.text)) if general else set()
    for part in parts_of(text) if said else ():
        if said < set(fold_words(part)) and not _is_general(part) and _fits(part):
            return Finding(part, text, "page")
    return None


def _any_heading(page: Content) -> Finding[str] | None:
    headings = [block for block in _headings(page, 1) if not _is_site(block.text, page)]
    repeated = [block for block in headings if _overlap(block.text, page) >= 0.6]
    chosen = next(iter(repeated or headings), None)
    return Finding(chosen.text, chosen.text, "heading") if chosen else None


def _top_heading(page: Content) -> Finding[str] | None:
    for level in (2, 3, 4, 7):
        for block in _headings(page, level):
            named = not _is_site(block.text, page) and not _is_general(block.text)
            if named and _overlap(block.text, page) >= 0.6:
                return Finding(block.text, block.text, "heading")
    return None


def _open_graph(page: Content) -> Finding[str] | None:
    text = page.document.meta.get("og:title")
    return _without_site(text, page, "declared:meta") if text else None


def _window(page: Content) -> Finding[str] | None:
    text = page.document.title
    return _without_site(text, page, "page") if text else None


def _headings(page: Content, level: int) -> list[Block]:
    def fits(text: str) -> bool:
        return _fits(text) or (level == 1 and _may_name(text, page))

    inside = [block for block in page.blocks if block.heading == level and fits(block.text)]
    return inside or [block for block in page.everything if block.heading == level and fits(block.text)]


def _without_site(text: str, page: Content, method: str) -> Finding[str] | None:
    site = page.document.meta.get("og:site_name")
    kept = [part for part in parts_of(text) if not site or fold_words(part) != fold_words(site)]
    if not kept:
        return None
    headed = [
        part for part in kept if any(fold_words(part) == fold_words(b.text) for b in page.blocks if b.heading)
    ]
    title = (headed or kept)[0]
    return Finding(title, text, method) if _fits(title) else None


def parts_of(text: str) -> list[str]:
    """Part a window's title where websites set their own name off from the page's."""
    return [squeeze(part) for part in _PARTS.split(text) if part and part.strip()]


def _overlap(text: str, page: Content) -> float:
    """The share of the text's words that the window's title or the shared title repeats."""
    words = set(fold_words(text))
    said = set(fold_words(f"{page.document.title or ''} {page.document.meta.get('og:title') or ''}"))
    return len(words & said) / len(words) if words else 0.0


def _is_site(text: str, page: Content) -> bool:
    site = page.document.meta.get("og:site_name")
    return bool(site) and fold_words(text) == fold_words(site or "")


def _is_general(text: str) -> bool:
    """Tell whether a heading names only the kind of page ("Tender details"), or welcomes to a website."""
    return _WELCOME.match(fold(text)) is not None or all(
        word in _GENERAL or is_phrase("call", word) for word in fold_words(text)
    )


def _fits(text: str) -> bool:
    if not 3 < len(text) <= LONGEST or is_phrase("not_call", text):
        return False
    return field_of(text) in (None, "title")


def _may_name(text: str, page: Content) -> bool:
    """Tell whether a main heading with a label's words may be the name: "Arts Fund opens in May"."""
    if not 3 < len(text) <= LONGEST or is_phrase("not_call", text):
        return False
    is_repeated = _overlap(text, page) == 1 and len(fold_words(text)) >= _LEAST_OF_NAME
    if is_repeated and field_named_by(text) not in DATE_FIELDS:
        return True
    words = fold_words(text)
    beyond = [word for word in words if word not in fillers() and not word.isdigit()]
    is_of_call = any(is_phrase("call", word) for word in words)
    return len(beyond) > _LEAST_OF_NAME and field_named_by(text) is None and is_of_call


ATTEMPTS = (
    _declared,
    _labelled,
    _headed,
    _top_heading,
    _below_general,
    _window_beyond_general,
    _any_heading,
    _open_graph,
    _window,
)
