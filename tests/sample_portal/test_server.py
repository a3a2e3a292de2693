import asyncio
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

from hoistscraper.clock import now
from hoistscraper.errors import Conflict, Invalid
from hoistscraper.sample_portal.server import Portal, serve


async def test_every_page_has_validators_and_answers_304_to_either(
    portal: Portal, visitor: aiohttp.ClientSession
) -> None:
    for path in ("/calls/", "/feed.xml", "/sitemap.xml", "/robots.txt", "/documents/general-conditions.pdf"):
        async with visitor.get(path) as first:
            assert first.status == 200
            tag, modified = first.headers["ETag"], first.headers["Last-Modified"]
        for header, value in (("If-None-Match", tag), ("If-Modified-Since", modified)):
            async with visitor.get(path, headers={header: value}) as second:
                assert second.status == 304
                assert second.headers["ETag"] == tag
                assert await second.read() == b""
    assert portal.requests == 15
    assert portal.not_modified == 10


async def test_an_unknown_tag_outweighs_an_early_date(visitor: aiohttp.ClientSession) -> None:
    headers = {"If-None-Match": '"another"', "If-Modified-Since": "Fri, 31 Dec 2027 00:00:00 GMT"}
    async with visitor.get("/calls/", headers=headers) as answer:
        assert answer.status == 200


async def test_every_expected_call_can_be_visited(portal: Portal, visitor: aiohttp.ClientSession) -> None:
    assert len(portal.expected) == 60
    for call in portal.expected:
        async with visitor.get(call.detail_path) as answer:
            assert answer.status == 200
            assert answer.content_type == ("application/pdf" if call.is_document else "text/html")


async def test_robots_may_read_everything_at_once(visitor: aiohttp.ClientSession) -> None:
    async with visitor.get("/robots.txt") as answer:
        rules = await answer.text()
    assert "Allow: /" in rules
    assert "delay" not in rules.lower()


@pytest.mark.parametrize("path", ["/nothing/", "/calls/?page=4", "/calls/?page=x"])
async def test_an_unknown_address_is_a_404_with_a_page(path: str, visitor: aiohttp.ClientSession) -> None:
    async with visitor.get(path) as answer:
        assert answer.status == 404
        assert "There is no such page" in await answer.text()


async def test_nothing_can_be_written(visitor: aiohttp.ClientSession) -> None:
    async with visitor.post("/calls/") as answer:
        assert answer.status == 405
        assert answer.headers["Allow"] == "GET, HEAD"
    async with visitor.head("/calls/") as answer:
        assert answer.status == 200


async def test_a_taken_port_is_named_with_the_way_out(portal: Portal) -> None:
    port = int(portal.url.split(":")[2].split("/")[0])
    with pytest.raises(Conflict, match=f"Port {port} is taken .* --port 0"):
        async with serve(port=port):
            pass


async def test_a_port_that_cannot_be_is_refused() -> None:
    with pytest.raises(Invalid, match="no port 70000"):
        async with serve(port=70000):
            pass


async def test_the_port_is_free_again_when_the_portal_has_ended() -> None:
    async with serve(port=0) as first:
        port = int(first.url.split(":")[2].split("/")[0])
    async with serve(port=port) as second:
        assert second.url == first.url


async def test_dates_stand_around_the_present_year() -> None:
    async with serve(port=0) as portal:
        years = {call.deadline.year for call in portal.expected if call.deadline}
    assert years == {now().year - 1, now().year + 1}


async def test_by_hand_it_says_where_it_is_and_ends_on_ctrl_c(tmp_path: Path) -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "hoistscraper.sample_portal", "--port", "0",
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, cwd=tmp_path,
    )  # fmt: skip
    assert program.stdout
    assert b"The sample portal is at http://127.0.0.1:" in await program.stdout.readline()
    program.send_signal(signal.SIGINT)
    _, problems = await program.communicate()
    assert (program.returncode, problems) == (0, b"")
