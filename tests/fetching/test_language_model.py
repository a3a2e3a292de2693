"""A language model's server that answers, refuses, or accepts and never answers."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from hoistscraper.errors import Invalid
from hoistscraper.fetching import language_model
from hoistscraper.fetching.language_model import Availability, LanguageModel, server_of


@pytest.fixture
async def server() -> AsyncIterator[str]:
    """A server that speaks as much of the protocol as is asked for."""

    async def version(_request: web.BaseRequest) -> web.Response:
        return web.json_response({"version": "0.9"})

    listener = socket.create_server(("127.0.0.1", 0))
    runner = web.ServerRunner(web.Server(version))
    await runner.setup()
    await web.SockSite(runner, listener).start()
    yield f"127.0.0.1:{listener.getsockname()[1]}"
    await runner.cleanup()


async def test_a_server_that_answers_is_known_after_the_first_question(server: str) -> None:
    model = LanguageModel(server)
    assert model.availability() is Availability.UNKNOWN
    assert await model.found_out() is Availability.ANSWERS
    assert model.availability() is Availability.ANSWERS


async def test_nobody_waits_for_a_server_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_model, "PATIENCE_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        model = LanguageModel(f"127.0.0.1:{black_hole.getsockname()[1]}")
        assert model.availability() is Availability.UNKNOWN  # at once, in the middle of synchronous code
        await asyncio.sleep(0)
        assert model.availability() is Availability.UNKNOWN
        assert await model.found_out() is Availability.SILENT
        await model.close()


async def test_a_port_where_nobody_listens_is_silence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert await LanguageModel(f"http://127.0.0.1:{port}").found_out() is Availability.SILENT


async def test_none_is_asked_where_none_is_wanted() -> None:
    assert await LanguageModel(None).found_out() is Availability.NOT_WANTED


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:11434"),
        ("models.example:8080", "http://models.example:8080"),
        ("https://models.example/v1", "https://models.example"),
        ("http://models.example", "http://models.example"),
    ],
)
def test_hosts_are_written_in_several_ways(host: str, address: str) -> None:
    assert str(server_of(host)) == address


@pytest.mark.parametrize("host", ["ftp://models.example", "http://", "a:b:c"])
def test_what_is_no_host_is_a_sentence(host: str) -> None:
    with pytest.raises(Invalid, match="OLLAMA_HOST says"):
        server_of(host)
