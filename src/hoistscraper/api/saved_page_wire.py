"""A page that was kept, on the wire: text in blocks, never markup."""

from datetime import datetime

from pydantic import BaseModel, Field

from hoistscraper.reading.saved_text import SavedText
from hoistscraper.search.proof import KeptPage, Proof


class QuotePlace(BaseModel):
    """Where the quote stands, or a part of it."""

    block: int = Field(description="Which of `blocks`, from 0 on.")
    start: int = Field(description="Its first character there.")
    end: int = Field(description="The first character after it.")


class SavedPage(BaseModel):
    """The text of a page as it was kept, and the place of a quote in it."""

    url: str = Field(examples=["https://example.org/calls/quay-lighting"])
    quote: str
    fetched_at: datetime | None = Field(description="When the page was read; null: it is not known any more.")
    is_kept: bool = Field(description="Whether the page's content is kept still.")
    blocks: list[str] = Field(description="Lines of its text, from top to bottom.")
    marks: list[QuotePlace] = Field(
        description="The quote, in several parts where it goes over blocks; empty: the page lacks it."
    )
    is_in_data: bool = Field(
        description="Whether it stands in what the page declares for programs, not in its visible text."
    )
    left_out_before: int = Field(description="Blocks of a long page that are not shown before these.")
    left_out_after: int


def not_kept(proof: Proof, page: KeptPage | None) -> SavedPage:
    """Return what is said of a page whose content is gone."""
    return SavedPage(
        url=proof.url,
        quote=proof.quote,
        fetched_at=page.fetched_at if page else None,
        is_kept=False,
        blocks=[],
        marks=[],
        is_in_data=False,
        left_out_before=0,
        left_out_after=0,
    )


def kept(proof: Proof, page: KeptPage, found: SavedText) -> SavedPage:
    """Return what is shown of a page."""
    before, after = found.left_out
    return SavedPage(
        url=proof.url,
        quote=proof.quote,
        fetched_at=page.fetched_at,
        is_kept=True,
        blocks=list(found.blocks),
        marks=[QuotePlace(block=each.block, start=each.start, end=each.end) for each in found.spans],
        is_in_data=found.is_in_data,
        left_out_before=before,
        left_out_after=after,
    )
