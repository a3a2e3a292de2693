"""One question to a model and its answer, in either protocol, within limits of time and size."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self, cast

from aiohttp import ClientError, ClientResponse

from hoistscraper.clock import now
from hoistscraper.fetching.errors import FetchError
from hoistscraper.fetching.retry_after import retry_after_seconds
from hoistscraper.language_model.errors import (
    Declined,
    ModelFailure,
    NoSuchProtocol,
    Overloaded,
    ServerFailure,
    TimedOut,
    Unreachable,
)
from hoistscraper.language_model.prompt import LONGEST_ANSWER_TOKENS, Question
from hoistscraper.language_model.server import ModelServer, Protocol
from hoistscraper.language_model.wire import connection_to
from hoistscraper.redaction import for_logs

MOST_ANSWER_BYTES = 500_000
# Ollama cuts off what goes beyond the model's window without a word, and its usual one is small.
_LEAST_WINDOW_TOKENS = 4_096
# Numbers, names and other scripts take more tokens a character than English prose.
CHARACTERS_PER_TOKEN = 2.5

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. ``text`` is empty where the model refuses; ``tokens``: of question and answer."""

    text: str
    tokens: int
    is_refusal: bool = False


class ModelClient:
    """Asks one server; used as an async context manager."""

    def __init__(self, server: ModelServer, *, timeout_seconds: float) -> None:
        self._server = server
        self._timeout_seconds = timeout_seconds

    async def __aenter__(self) -> Self:
        self._session = connection_to(self._server, timeout_seconds=self._timeout_seconds)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def ask(self, question: Question) -> Reply:
        """Return the model's answer.

        :raises ModelFailure: none came.
        """
        try:
            async with self._session.post(
                self._server.questions, json=_body(self._server, question), allow_redirects=False
            ) as response:
                content = await self._content(response)
        except TimeoutError:
            raise TimedOut(
                f"The language model took longer than {self._timeout_seconds:g} s; choose a smaller one, or "
                "raise HOIST_LANGUAGE_MODEL_TIMEOUT_SECONDS."
            ) from None
        except (ClientError, OSError, FetchError) as error:
            raise Unreachable(
                f"The language model's server at {self._server.base} cannot be reached ({_why(error)})."
            ) from None
        return _reply(self._server, question, content)

    async def _content(self, response: ClientResponse) -> bytes:
        content = bytearray()
        if response.status < 400:
            async for piece in response.content.iter_any():
                content += piece
                if len(content) > MOST_ANSWER_BYTES:
                    raise NoSuchProtocol(
                        f"The answer of the language model's server at {self._server.base} has no end."
                    )
        if response.status != 200:
            raise await self._refusal(response)
        return bytes(content)

    async def _refusal(self, response: ClientResponse) -> ModelFailure:
        where = f"The language model's server at {self._server.base}"
        status = response.status
        if status < 400:
            return Declined(f"{where} sends us elsewhere (status {status}); name the right address.")
        said = f'status {status}: "{await _said(response)}"'
        if status in (429, 503):
            wait_seconds = retry_after_seconds(response.headers.get("Retry-After"), now=now())
            return Overloaded(f"{where} has too much to do ({said}).", retry_after_seconds=wait_seconds)
        if status >= 500:
            return ServerFailure(f"{where} failed ({said}).")
        return Declined(
            f"{where} does not take our question ({said}); look at HOIST_LANGUAGE_MODEL_NAME, "
            "HOIST_LANGUAGE_MODEL_URL and the key."
        )


def _body(server: ModelServer, question: Question) -> dict[str, object]:
    messages = [
        {"role": "system", "content": question.system},
        {"role": "user", "content": question.user},
    ]
    if server.protocol is Protocol.OLLAMA:
        return {
            "model": server.model,
            "messages": messages,
            "stream": False,
            "think": False,
            "format": question.schema,
            "options": {
                "temperature": 0,
                "num_predict": LONGEST_ANSWER_TOKENS,
                "num_ctx": max(_LEAST_WINDOW_TOKENS, most_tokens(question)),
            },
        }
    form = {"name": "pointers", "strict": True, "schema": question.schema}
    return {
        "model": server.model,
        "messages": messages,
        "temperature": 0,
        "max_tokens": LONGEST_ANSWER_TOKENS,
        "response_format": {"type": "json_schema", "json_schema": form},
    }


def most_tokens(question: Question) -> int:
    """Return how many tokens a question and its answer take at most, roughly."""
    return int(len(question.system + question.user) / CHARACTERS_PER_TOKEN) + LONGEST_ANSWER_TOKENS


def _reply(server: ModelServer, question: Question, content: bytes) -> Reply:
    try:
        answer = cast("Json", json.loads(content))
        if server.protocol is Protocol.OLLAMA:
            message = cast("Json", answer["message"])
            counts = [answer.get("prompt_eval_count"), answer.get("eval_count")]
            refusal: object = None
        else:
            message = cast("Json", cast("list[Json]", answer["choices"])[0]["message"])
            usage = cast("Json", answer.get("usage") or {})
            counts = [usage.get("prompt_tokens"), usage.get("completion_tokens")]
            refusal = message.get("refusal")
        text = message.get("content") or ""
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise NoSuchProtocol(
            f"What answers at {server.base} does not speak as a language model's server does "
            f"({server.protocol}); correct its address."
        ) from None
    told = [count for count in counts if isinstance(count, int) and count >= 0]
    tokens = sum(told) if told else most_tokens(question)
    return Reply(str(text), tokens, is_refusal=bool(refusal))


async def _said(response: ClientResponse) -> str:
    """Return the beginning of an error's text, fit for a person's screen."""
    beginning = await response.content.read(300)
    return for_logs(" ".join(beginning.decode(errors="replace").split()))[:200]


def _why(error: Exception) -> str:
    said = for_logs(" ".join(str(error).split()))[:200]
    return said or type(error).__name__
