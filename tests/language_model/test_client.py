"""Servers that answer, are slow, fail, refuse, say nonsense or lead elsewhere, in both protocols."""

import asyncio
import json
import socket
from collections.abc import Callable

import pytest
from aiohttp import web

from hoistscraper.errors import Invalid
from hoistscraper.language_model import client
from hoistscraper.language_model.client import ModelClient, Reply
from hoistscraper.language_model.errors import (
    Declined,
    ModelFailure,
    NoSuchProtocol,
    Overloaded,
    ServerFailure,
    TimedOut,
    Unreachable,
)
from hoistscraper.language_model.fields import GROUPS
from hoistscraper.language_model.passages import Passage
from hoistscraper.language_model.prompt import question_about
from hoistscraper.language_model.server import server_in
from hoistscraper.settings import Settings
from tests.language_model.scripted import KEY, Put, ScriptedModel, nothing, scripted

QUESTION = question_about(GROUPS[0], [Passage(0, "Deadline: 15 March 2027")])


async def ask(settings: Settings, *, timeout_seconds: float = 10) -> Reply:
    """Ask the server that the settings name."""
    server = server_in(settings)
    assert server is not None
    async with ModelClient(server, timeout_seconds=timeout_seconds) as opened:
        return await opened.ask(QUESTION)


@pytest.mark.parametrize("ollama", [False, True])
async def test_both_protocols_are_spoken(ollama: bool) -> None:  # noqa: FBT001
    async with scripted(nothing) as model:
        reply = await ask(model.settings(Settings(), ollama=ollama))
    assert json.loads(reply.text) == {"deadline": None, "opening_date": None}
    assert reply.tokens == 100
    [put] = model.questions
    assert put.body["model"] == "scripted"
    assert put.fields == ("deadline", "opening_date")
    assert put.lines == {0: "Deadline: 15 March 2027"}


async def test_the_key_is_sent_to_the_server_that_it_is_for() -> None:
    async with scripted(nothing) as model:
        await ask(model.settings(Settings(), language_model_api_key=KEY))
    assert model.headers[0]["Authorization"] == "Bearer model-key-of-the-tests"


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (lambda _: web.Response(status=500, text="out of memory"), ServerFailure),
        (lambda _: web.Response(status=404, text='model "scripted" not found'), Declined),
        (lambda _: web.Response(status=401), Declined),
        (lambda _: web.Response(status=302, headers={"Location": "http://127.0.0.2:9/"}), Declined),
        (lambda _: web.Response(status=429, headers={"Retry-After": "77"}), Overloaded),
        (lambda _: web.Response(text="<html>Welcome</html>"), NoSuchProtocol),
        (lambda _: web.json_response({"choices": []}), NoSuchProtocol),
        (lambda _: web.json_response([]), NoSuchProtocol),
        (lambda _: web.json_response({"choices": [{"message": "x"}]}), NoSuchProtocol),
        (lambda _: web.Response(text="[" * 50_000), NoSuchProtocol),
        (lambda _: web.Response(text="x" * (client.MOST_ANSWER_BYTES + 1)), NoSuchProtocol),
    ],
)
async def test_what_is_no_answer_is_told_by_its_kind(
    answer: Callable[[Put], web.Response], failure: type[ModelFailure]
) -> None:
    async with scripted(answer) as model:
        with pytest.raises(failure) as caught:
            await ask(model.settings(Settings()))
    assert caught.value.retry_after_seconds == (77 if failure is Overloaded else None)


async def test_a_model_that_refuses_gives_an_empty_answer() -> None:
    refusal = {"choices": [{"message": {"content": None, "refusal": "I cannot help with that."}}]}
    async with scripted(lambda _: web.json_response(refusal)) as model:
        reply = await ask(model.settings(Settings()))
    assert reply.is_refusal
    assert reply.text == ""
    assert reply.tokens > 0  # what a server does not tell is reckoned


async def test_a_slow_one_and_a_black_hole_are_given_up_in_time() -> None:
    async with scripted(nothing) as model:
        model.delay_seconds = 30
        with pytest.raises(TimedOut, match=r"longer than 0\.2 s"):
            await ask(model.settings(Settings()), timeout_seconds=0.2)
    with socket.create_server(("127.0.0.1", 0)) as hole:
        there = ScriptedModel(nothing, port=hole.getsockname()[1])
        with pytest.raises(TimedOut):
            await ask(there.settings(Settings()), timeout_seconds=0.2)


async def test_where_nobody_listens_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Unreachable, match="cannot be reached"):
        await ask(ScriptedModel(nothing, port=port).settings(Settings()))


async def test_a_server_that_hangs_up_in_the_middle_is_unreachable() -> None:
    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with server:
        there = ScriptedModel(nothing, port=server.sockets[0].getsockname()[1])
        with pytest.raises(Unreachable):
            await ask(there.settings(Settings()))


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:11434"),
        ("models.example:8080", "http://models.example:8080"),
        ("https://models.example/v1", "https://models.example"),
        ("http://models.example", "http://models.example"),
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("http://[::]:11434", "http://[::1]:11434"),
    ],
)
def test_hosts_are_written_in_several_ways(host: str, address: str) -> None:
    server = server_in(Settings(ollama_host=host))
    assert server is not None
    assert str(server.base) == address


@pytest.mark.parametrize("host", ["ftp://models.example", "http://", "a:b:c"])
def test_what_is_no_host_is_a_sentence(host: str) -> None:
    with pytest.raises(Invalid, match="OLLAMA_HOST says"):
        server_in(Settings(ollama_host=host))


@pytest.mark.parametrize(
    "address",
    ["models.example", "ftp://models.example", "https://key@models.example", "https://m.example/?k=1"],
)
def test_an_address_that_cannot_be_meant_stops_the_start(address: str) -> None:
    with pytest.raises(ValueError, match="write it as"):
        Settings(language_model_url=address)


def test_a_key_is_never_sent_in_the_clear() -> None:
    for where in ({"language_model_url": "http://models.example/v1"}, {"ollama_host": "models.example"}):
        with pytest.raises(ValueError, match="could read it"):
            Settings(**where, language_model_api_key=KEY)  # type: ignore[arg-type]
    assert Settings(language_model_url="http://127.0.0.1:1/v1", language_model_api_key=KEY)
    assert Settings(language_model_url="https://models.example/v1", language_model_api_key=KEY)
