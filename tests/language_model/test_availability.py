"""A language model's server that answers, refuses, or accepts and never answers."""

import asyncio
import socket

import pytest

from hoistscraper.language_model import availability
from hoistscraper.language_model.availability import Availability, Presence
from hoistscraper.language_model.server import server_in
from hoistscraper.settings import Settings
from tests.language_model.scripted import nothing, scripted


@pytest.mark.parametrize("ollama", [False, True])
async def test_a_server_that_answers_is_known_after_the_first_question(ollama: bool) -> None:  # noqa: FBT001
    async with scripted(nothing) as model:
        presence = Presence(server_in(model.settings(Settings(), ollama=ollama)))
        assert presence.availability() is Availability.UNKNOWN
        assert await presence.found_out() is Availability.ANSWERS
        assert presence.availability() is Availability.ANSWERS


async def test_nobody_waits_for_a_server_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(availability, "PATIENCE_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        presence = Presence(server_in(Settings(ollama_host=f"127.0.0.1:{black_hole.getsockname()[1]}")))
        assert presence.availability() is Availability.UNKNOWN  # at once, in the middle of synchronous code
        await asyncio.sleep(0)
        assert presence.availability() is Availability.UNKNOWN
        assert await presence.found_out() is Availability.SILENT
        await presence.close()


async def test_a_port_where_nobody_listens_is_silence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    server = server_in(Settings(ollama_host=f"http://127.0.0.1:{port}"))
    assert await Presence(server).found_out() is Availability.SILENT


async def test_none_is_asked_where_none_is_wanted() -> None:
    assert await Presence(server_in(Settings())).found_out() is Availability.NOT_WANTED
