"""What is not whole, or was made to do harm, is no backup."""

import io
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from hoistscraper.backups import archive
from hoistscraper.backups.archive import Writing, opened
from hoistscraper.backups.loading import Opener
from hoistscraper.backups.manifest import FORMAT, Manifest, Part
from hoistscraper.backups.streams import Measured, zstd
from hoistscraper.clock import now
from hoistscraper.errors import HoistError, NotFound, Refused

CONTENT = b"rows, compressed by nobody" * 20


def manifest(*names: str, size: int = len(CONTENT)) -> Manifest:
    """Return what a backup of these parts says of itself."""
    digest = sha256(CONTENT).hexdigest()
    parts = [Part(name=n, size=size, sha256=digest, plain_size=size, plain_sha256=digest) for n in names]
    return Manifest(
        program_version="1",
        created_at=now(),
        schema_revision="0001",
        server_version="18.1",
        dumped_by=18,
        was_verified=True,
        parts=tuple(parts),
        tables={},
        sequences={},
    )


def written(path: Path, *names: str) -> Path:
    """Write a small backup."""
    with path.open("w+b") as file, Writing(file) as writing:
        for name in names:
            with writing.member(name) as member:
                member.write(CONTENT)
        writing.finish(manifest(*names))
    return path


def sealed(path: Path, entries: list[tuple[zipfile.ZipInfo, bytes]]) -> Path:
    """Write whatever entries, with a seal that is right."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for entry, content in entries:
            file.writestr(entry, content)
        file.comment = archive._PLACEHOLDER
    body = buffer.getvalue()[: -archive._DIGITS]
    path.write_bytes(body + sha256(body).hexdigest().encode())
    return path


def test_what_was_written_is_read(tmp_path: Path) -> None:
    with opened(written(tmp_path / "a.hoist", "one")) as found:
        assert found.manifest.part("one")
        with found.member("one") as member:
            assert member.read() == CONTENT


def test_a_flipped_byte_is_found_wherever_it_is(tmp_path: Path) -> None:
    whole = written(tmp_path / "a.hoist", "one").read_bytes()
    for place in range(len(whole)):
        altered = bytearray(whole)
        altered[place] ^= 0x20
        (tmp_path / "b.hoist").write_bytes(altered)
        with pytest.raises(Refused), opened(tmp_path / "b.hoist"):
            pass


def test_a_cut_one_is_found_wherever_it_was_cut(tmp_path: Path) -> None:
    whole = written(tmp_path / "a.hoist", "one").read_bytes()
    for length in range(len(whole)):
        (tmp_path / "b.hoist").write_bytes(whole[:length])
        with pytest.raises(Refused), opened(tmp_path / "b.hoist"):
            pass


def test_one_that_was_given_up_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.hoist"
    with path.open("w+b") as file, Writing(file) as writing, writing.member("one") as member:
        member.write(CONTENT)
    with pytest.raises(Refused), opened(path):
        pass


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file"), opened(tmp_path / "none.hoist"):
        pass


def info(name: str, *, compress: int = zipfile.ZIP_STORED, mode: int = 0o100600) -> zipfile.ZipInfo:
    """Return an entry that somebody made on purpose."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = compress
    entry.external_attr = mode << 16
    return entry


@pytest.mark.parametrize(
    "extra",
    [
        (info("../../etc/evil"), b"x"),
        (info("/etc/evil"), b"x"),
        (info("link", mode=0o120777), b"/etc/passwd"),
        (info("bomb", compress=zipfile.ZIP_DEFLATED), b"0" * 50_000_000),
        (info("unannounced"), b"x"),
    ],
    ids=["outside", "absolute", "symlink", "bomb", "unannounced"],
)
def test_what_was_made_on_purpose_is_refused_though_its_seal_is_right(
    tmp_path: Path, extra: tuple[zipfile.ZipInfo, bytes]
) -> None:
    told = manifest("one").model_dump_json().encode()
    entries = [(info("one"), CONTENT), extra, (info("manifest.json"), told)]
    path = sealed(tmp_path / "a.hoist", entries)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(Refused), opened(path):
        pass
    assert sorted(tmp_path.rglob("*")) == before


def test_the_same_member_twice_is_refused(tmp_path: Path) -> None:
    told = manifest("one").model_dump_json().encode()
    with pytest.warns(UserWarning, match="Duplicate"):
        path = sealed(
            tmp_path / "a.hoist",
            [(info("one"), CONTENT), (info("one"), CONTENT), (info("manifest.json"), told)],
        )
    with pytest.raises(Refused), opened(path):
        pass


def test_a_newer_format_is_told(tmp_path: Path) -> None:
    told = manifest("one").model_copy(update={"format": FORMAT + 1}).model_dump_json().encode()
    path = sealed(tmp_path / "a.hoist", [(info("one"), CONTENT), (info("manifest.json"), told)])
    with pytest.raises(Refused, match="install the version that made it, or a newer one"), opened(path):
        pass


def test_a_part_that_grows_beyond_what_it_says_is_refused(tmp_path: Path) -> None:
    bomb = zstd.compress(b"0" * 100_000_000)
    part = Part(
        name="database.dump.zst",
        size=len(bomb),
        sha256=sha256(bomb).hexdigest(),
        plain_size=1_000,
        plain_sha256=sha256(b"").hexdigest(),
    )
    told = manifest().model_copy(update={"parts": (part,)}).model_dump_json().encode()
    path = sealed(tmp_path / "a.hoist", [(info(part.name), bomb), (info("manifest.json"), told)])
    seen = Measured()
    with opened(path) as found, pytest.raises(HoistError, match="holds more than it says"):
        Opener(found, None).pour("database.dump.zst", seen)
    assert seen.size <= 1_000
