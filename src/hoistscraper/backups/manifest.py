"""What a backup says of itself: what made it, what it holds, and by what to know that all of it is there."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hoistscraper.errors import Refused

FORMAT = 1
NAME = "manifest.json"
_SHA256 = r"^[0-9a-f]{64}$"

Digest = Annotated[str, Field(pattern=_SHA256)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Part(_Frozen):
    """One file within the backup: as it lies there, and as it is once opened."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z.]{0,60}$")]
    size: Annotated[int, Field(ge=0)]
    sha256: Digest
    plain_size: Annotated[int, Field(ge=0)]
    plain_sha256: Digest


class Contents(_Frozen):
    """The rows of one table: how many, and a checksum of all of them in whatever order."""

    rows: Annotated[int, Field(ge=0)]
    checksum: str


class Manifest(_Frozen):
    """The first thing that is read of a backup. It names no address and no secret, and is never locked."""

    format: int = FORMAT
    program_version: str
    created_at: datetime
    schema_revision: str
    server_version: str
    dumped_by: Annotated[int, Field(description="Major version of pg_dump.")]
    encryption: Literal["age"] | None = None
    was_verified: Annotated[bool, Field(description="It was restored and compared before it got its name.")]
    parts: tuple[Part, ...]
    tables: dict[str, Contents]
    sequences: dict[str, int]

    @property
    def server_major(self) -> int:
        """The major version of the server that it comes from."""
        return int(self.server_version.split(".", maxsplit=1)[0])

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(each.rows for each in self.tables.values())

    def part(self, name: str) -> Part | None:
        """Return a part by the name of what is in it, locked or not."""
        return next((part for part in self.parts if part.name.removesuffix(".age") == name), None)


class _Shape(BaseModel):
    format: int


def parse_manifest(text: bytes) -> Manifest:
    """Read a manifest.

    :raises Refused: it is of a newer format, or of none.
    """
    try:
        found = _Shape.model_validate_json(text).format
        if found > FORMAT:
            raise Refused(
                f"The backup is of format {found}, and this version of HoistScraper knows up to {FORMAT}: "
                "install the version that made it, or a newer one."
            )
        return Manifest.model_validate_json(text)
    except ValidationError:
        raise Refused(
            "The backup is damaged: what it says of itself cannot be read. Use another one."
        ) from None
