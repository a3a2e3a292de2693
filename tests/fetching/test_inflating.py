import gzip
import sys
import tracemalloc
import zlib
from collections.abc import Callable

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoistscraper.fetching.inflating import Damaged, Overflow, Unpacker, unpacker_for

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "identity": bytes,
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}
CAN_BREAK = [name for name in PACKINGS if name != "identity"]
names = st.sampled_from(list(PACKINGS))


def _unpacker(name: str, limit_bytes: int = 100_000) -> Unpacker:
    unpacker = unpacker_for(name, limit_bytes)
    assert unpacker is not None
    return unpacker


def _unpack(name: str, packed: bytes, piece_bytes: int, limit_bytes: int = 100_000) -> bytes:
    unpacker = _unpacker(name, limit_bytes)
    for start in range(0, len(packed), piece_bytes):
        unpacker.feed(packed[start : start + piece_bytes])
    unpacker.finish()
    return bytes(unpacker.content)


@given(names, st.binary(max_size=2_000), st.integers(1, 500))
def test_what_was_packed_comes_back_however_it_arrives(name: str, plain: bytes, piece_bytes: int) -> None:
    assert _unpack(name, PACKINGS[name](plain), piece_bytes) == plain


@given(names, st.integers(0, 3_000), st.integers(1, 500))
def test_the_limit_is_kept_to_the_byte(name: str, size: int, piece_bytes: int) -> None:
    packed = PACKINGS[name](bytes(size))
    assert len(_unpack(name, packed, piece_bytes, limit_bytes=size)) == size
    if size:
        with pytest.raises(Overflow):
            _unpack(name, packed, piece_bytes, limit_bytes=size - 1)


@given(st.sampled_from(CAN_BREAK), st.binary(min_size=1, max_size=300))
def test_any_bytes_are_unpacked_or_known_as_damaged(name: str, packed: bytes) -> None:
    try:
        content = _unpack(name, packed, 50)
    except (Damaged, Overflow):
        content = b""
    assert len(content) <= 100_000


@pytest.mark.parametrize("name", CAN_BREAK)
def test_a_missing_end_is_noticed(name: str) -> None:
    packed = PACKINGS[name](b"The deadline is the last word: " * 50)
    with pytest.raises(Damaged):
        _unpack(name, packed[:-4], 10)


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_packings_one_after_another_are_one_content(name: str) -> None:
    assert _unpack(name, PACKINGS[name](b"first ") + PACKINGS[name](b"second"), 7) == b"first second"


def test_padding_after_the_end_is_passed_over() -> None:
    assert _unpack("gzip", gzip.compress(b"page") + bytes(8), 1_000) == b"page"


@pytest.mark.parametrize("piece_bytes", [1, 1_000])
def test_deflate_may_come_without_its_beginning(piece_bytes: int) -> None:
    assert _unpack("deflate", zlib.compress(b"page")[2:-4], piece_bytes) == b"page"


@pytest.mark.parametrize("name", CAN_BREAK)
def test_a_bomb_takes_no_more_memory_than_the_limit(name: str) -> None:
    packed = PACKINGS[name](bytes(50_000_000))
    unpacker = _unpacker(name, 1_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(Overflow):
            unpacker.feed(packed)
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", ["compress", "gzip, gzip", "dcb", "utf-8"])
def test_an_unknown_packing_is_known_to_be_unknown(name: str) -> None:
    assert unpacker_for(name, 10) is None


@pytest.mark.parametrize("name", [None, "", "identity", " None "])
def test_no_packing_has_several_names(name: str | None) -> None:
    unpacker = unpacker_for(name, 10)
    assert unpacker is not None
    unpacker.feed(b"plain")
    assert unpacker.content == b"plain"
