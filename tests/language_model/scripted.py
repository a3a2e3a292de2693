"""A model's server on this machine that answers in both protocols whatever its script says."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from pydantic import SecretStr

from hoistscraper.settings import Settings
from tests.language_model.pages import SENTENCE

Script = Callable[["Put"], "Mapping[str, object] | str | web.StreamResponse"]


@dataclass(frozen=True, slots=True)
class Put:
    """A question as the server got it; ``lines`` are those of the page, by their numbers."""

    body: dict[str, object]
    system: str
    user: str
    fields: tuple[str, ...]

    @property
    def lines(self) -> dict[int, str]:
        """The page's lines as they were shown."""
        return {
            int(number): said for number, said in re.findall(r"^\[(\d+)\] (.*)$", self.user, re.MULTILINE)
        }

    def pointing_at(self, **words: str) -> dict[str, object]:
        """Answer with the first line that holds each of these words; null where none does."""
        told: dict[str, object] = dict.fromkeys(self.fields)
        for name, quote in words.items():
            line = next((number for number, said in self.lines.items() if quote in said), None)
            if name in told and line is not None:
                told[name] = {"line": line, "quote": quote}
        return told


@dataclass(slots=True)
class ScriptedModel:
    """What was asked of the server, and where it is."""

    script: Script
    port: int = 0
    questions: list[Put] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    is_asked: asyncio.Event = field(default_factory=asyncio.Event)
    delay_seconds: float = 0.0

    def settings(self, base: Settings, *, ollama: bool = False, **changes: object) -> Settings:
        """Return settings that name this server and its model."""
        where: dict[str, object] = (
            {"ollama_host": f"127.0.0.1:{self.port}"}
            if ollama
            else {"language_model_url": f"http://127.0.0.1:{self.port}/v1"}
        )
        return base.model_copy(update={**where, "language_model_name": "scripted", **changes})

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a question, or say that there is a server."""
        if request.method == "GET":
            return web.json_response({"version": "1", "data": []})
        body = await request.json()
        ollama = request.path == "/api/chat"
        schema = body["format"] if ollama else body["response_format"]["json_schema"]["schema"]
        system, user = (message["content"] for message in body["messages"])
        put = Put(body, system, user, tuple(schema["properties"]))
        self.questions.append(put)
        self.is_asked.set()
        self.headers.append(dict(request.headers))
        await asyncio.sleep(self.delay_seconds)
        said = self.script(put)
        if isinstance(said, web.StreamResponse):
            return said
        content = said if isinstance(said, str) else json.dumps(said)
        if ollama:
            told = {"message": {"content": content}, "prompt_eval_count": 90, "eval_count": 10}
            return web.json_response(told)
        usage = {"prompt_tokens": 90, "completion_tokens": 10}
        return web.json_response({"choices": [{"message": {"content": content}}], "usage": usage})


@asynccontextmanager
async def scripted(script: Script, *, port: int = 0) -> AsyncIterator[ScriptedModel]:
    """Serve a script until the end of the block."""
    model = ScriptedModel(script)
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", model.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    model.port = runner.addresses[0][1]
    try:
        yield model
    finally:
        await runner.cleanup()


def nothing(put: Put) -> Mapping[str, object]:
    """Answer that the page says nothing."""
    return dict.fromkeys(put.fields)


def well_read(put: Put) -> Mapping[str, object]:
    """Find what is there on the page of roofs, and make up the rest."""
    told = put.pointing_at(
        deadline="15 March 2027", eligibility=SENTENCE, amount="EUR 8,000", contact_name="Ada Quill"
    )
    if "opening_date" in put.fields:
        told["opening_date"] = {"line": 1, "quote": "Applications open on 1 January 2027."}
    if "organisation" in put.fields:
        told["organisation"] = {"line": 1, "quote": "Roof Foundation"}
    return told


KEY = SecretStr("model-key-of-the-tests")
