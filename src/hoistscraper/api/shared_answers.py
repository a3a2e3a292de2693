"""Answers that several processes of the API share."""

import json
from hashlib import blake2b
from importlib.metadata import version
from typing import TYPE_CHECKING

from hoistscraper.api.answers import Answer
from hoistscraper.cache.entries import Moment
from hoistscraper.cache.freshness import Freshness

if TYPE_CHECKING:
    from hoistscraper.cache.shared import Shared

_SECONDS = 70
# Another release may answer in another form.
_RELEASE = version("hoistscraper")
_PREFIX = b"hoistscraper:answer:"


class SharedAnswers:
    """Finds and keeps answers under names that tell in which state of the database they were read."""

    def __init__(self, shared: "Shared", freshness: Freshness) -> None:
        self._shared = shared
        self._freshness = freshness

    @property
    def failures(self) -> int:
        """How often Redis was away or slow."""
        return self._shared.failures

    def name(self, key: tuple[str, bytes], moment: Moment) -> bytes | None:
        """Name the answer that begins to be read now; ``None``: others would not know it by any name."""
        state = self._freshness.state(moment.topic)
        if state is None:
            return None
        named = repr((_RELEASE, state, moment.minute, key)).encode()
        return _PREFIX + blake2b(named, digest_size=24).hexdigest().encode()

    async def get(self, name: bytes | None) -> Answer | None:
        """Return an answer of this name."""
        content = await self._shared.get(name) if name else None
        return _unpacked(content) if content is not None else None

    async def put(self, name: bytes | None, answer: Answer) -> None:
        """Keep an answer, if that can be done at once."""
        if name:
            await self._shared.put(name, _packed(answer), seconds=_SECONDS)


def _packed(answer: Answer) -> bytes:
    about = {
        "route": answer.route,
        "headers": [[name.decode(), value.decode()] for name, value in answer.headers],
    }
    return json.dumps(about).encode() + b"\n" + answer.body


def _unpacked(content: bytes) -> Answer | None:
    about, _, body = content.partition(b"\n")
    try:
        told = json.loads(about)
        headers = [(name.encode(), value.encode()) for name, value in told["headers"]]
        return Answer(headers, body, route=told["route"])
    except (ValueError, KeyError, TypeError, AttributeError):  # whatever it is, it is not ours
        return None
