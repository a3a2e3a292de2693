"""What the call is about, in the page's own first words."""

from collections.abc import Sequence

from hoistscraper.extraction.blocks import Block
from hoistscraper.extraction.content import Content
from hoistscraper.extraction.finding import Finding, first_of
from hoistscraper.extraction.folding import fold_words
from hoistscraper.extraction.prose import LEAST_PROSE, is_prose, paragraphs

LONGEST = 900
ENOUGH = 350
_SUMMARY = frozenset(
    """summary synopsis abstract resume resumen sintesi sommario zusammenfassung kurzbeschreibung resumo
    samenvatting streszczenie anotace description beschreibung descripcion descrizione descricao opis popis
    omschrijving""".split()
) | {"executive summary"}


def summary_of(page: Content) -> Finding[str] | None:
    """Return the labelled description, else the first running text of the main content."""
    return first_of(ATTEMPTS, page)


def _declared(page: Content) -> Finding[str] | None:
    stated = page.declared.values.get("summary")
    if not stated or len(stated.text) < LEAST_PROSE:
        return None
    return Finding(stated.text[:LONGEST], stated.text[:LONGEST], stated.method)


def _labelled(page: Content) -> Finding[str] | None:
    for pair in page.pairs:
        if pair.field == "summary" and pair.method != "label:heading" and len(pair.value) >= LEAST_PROSE:
            return _text(
                [block.text for block in pair.blocks] if pair.blocks else [pair.value],
                pair.method,
                pair.value,
            )
    return None


def _under_summary(page: Content) -> Finding[str] | None:
    for pair in page.pairs:
        if pair.method == "label:heading" and " ".join(fold_words(pair.label)) in _SUMMARY and pair.blocks:
            texts = [block.text for block in pair.blocks if len(block.text) >= LEAST_PROSE]
            if texts:
                return _text(texts, pair.method)
    return None


def _opening_prose(page: Content) -> Finding[str] | None:
    labelled = {pair.quote for pair in page.pairs if pair.method == "label:line"}
    after = list(_after_title(page))
    blocks = [block for block in paragraphs(_first_section(after)) if block.text not in labelled]
    blocks = blocks or [block for block in paragraphs(after) if block.text not in labelled]
    return _text([block.text for block in blocks], "prose") if blocks else None


def _after_title(page: Content) -> Sequence[Block]:
    title = next((block for block in page.blocks if block.heading == 1), None)
    if title is None:
        return page.blocks
    # Where a page opens with words on the whole programme, the title printed again begins the call.
    start = max(i for i, b in enumerate(page.blocks) if b is title or (b.heading and b.text == title.text))
    after = page.blocks[start:]
    return after if any(True for _ in paragraphs(after)) else page.blocks


def _first_section(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks up to the first heading that has running text before it."""
    seen = False
    for index, block in enumerate(blocks):
        if seen and 0 < block.heading < 7:
            return blocks[:index]
        seen = seen or is_prose(block)
    return blocks


def _meta(page: Content) -> Finding[str] | None:
    for name in ("description", "og:description", "twitter:description"):
        text = page.document.meta.get(name)
        if text and len(text) >= LEAST_PROSE:
            return Finding(text[:LONGEST], text[:LONGEST], "declared:meta")
    return None


def _text(pieces: Sequence[str], method: str, value: str | None = None) -> Finding[str]:
    taken: list[str] = [value] if value is not None and len(pieces) == 1 else []
    for piece in pieces if not taken else ():
        taken.append(piece)
        if sum(map(len, taken)) >= ENOUGH:
            break
    text = "\n".join(taken)[:LONGEST]
    return Finding(text, taken[0][:LONGEST], method)


ATTEMPTS = (_declared, _labelled, _under_summary, _opening_prose, _meta)
