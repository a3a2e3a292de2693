"""Lists of websites on the wire: what an import came to, and what files an export makes."""

from enum import StrEnum

from pydantic import BaseModel, Field


class RowOutcome(StrEnum):
    """What became of one row of a file."""

    ADDED = "added"
    KNOWN = "known"
    REPEATED = "repeated"
    BAD = "bad"


class ImportedRow(BaseModel):
    """One row of a file."""

    number: int = Field(description="Its line in the file, as an editor or Excel counts.", examples=[4])
    outcome: RowOutcome = Field(
        description="added, or known: in the list already, or repeated: further up in the file, or bad."
    )
    url: str | None = Field(description="The normalised address, where it has one.")
    reason: str | None = Field(
        description="Why it was not added, as a sentence.", examples=["The address is missing."]
    )


class ImportReport(BaseModel):
    """What an import came to, row by row."""

    is_dry_run: bool = Field(description="true: nothing was added.")
    added: int = Field(description="How many were added, or would be.", examples=[120])
    known: int = Field(description="How many are in the list already; they stay as they are.")
    repeated: int = Field(description="How many stand further up in the file.")
    bad: int = Field(description="How many could not be taken.")
    rows: list[ImportedRow] = Field(description="The rows, in the order of the file.")


class FileFormat(StrEnum):
    """What kind of file an export makes."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
