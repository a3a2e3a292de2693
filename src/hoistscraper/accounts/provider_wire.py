"""What is asked of a provider goes by the guarded wire, for the addresses are its own to name."""

import asyncio
import json
import logging
from collections.abc import Mapping
from functools import partial
from time import monotonic
from typing import Any

from yarl import URL

from hoistscraper.errors import Unavailable
from hoistscraper.fetching.errors import AddressRefused, FetchError
from hoistscraper.fetching.forms import Submission
from hoistscraper.fetching.statistics import Counters
from hoistscraper.fetching.wire import Answer, Wire
from hoistscraper.settings import Settings

_PATIENCE_SECONDS = 10.0
_KEPT_SECONDS = 3600.0
_MOST_BYTES = 1_000_000
_FORM = "application/x-www-form-urlencoded"
_log = logging.getLogger(__name__)

Json = Mapping[str, Any]


class ProviderNotUsable(Unavailable):
    """The provider does not answer, or not as one does; ``why`` is for whoever runs HoistScraper."""

    def __init__(self, message: str, why: str) -> None:
        super().__init__(message)
        self.why = why


class ProviderWire:
    """Asks a provider for JSON; documents that hold for long are kept for an hour."""

    def __init__(self, settings: Settings) -> None:
        self._name = settings.oidc_name
        seconds = min(settings.timeout_seconds, _PATIENCE_SECONDS)
        self._wire = Wire(settings.model_copy(update={"timeout_seconds": seconds}), Counters(), None)
        self._asking: dict[str, asyncio.Task[Json]] = {}
        self._kept: dict[str, tuple[Json, float]] = {}

    async def close(self) -> None:
        """Stop asking, and end all connections."""
        for asking in list(self._asking.values()):
            asking.cancel()
            await asyncio.wait([asking])
        await self._wire.close()

    async def document(self, address: str) -> Json:
        """Return a document, which is asked for once by all who want it meanwhile.

        :raises Unavailable: it cannot be had.
        """
        kept = self._kept.get(address)
        if kept is not None and kept[1] > monotonic() - _KEPT_SECONDS:
            return kept[0]
        asking = self._asking.get(address)
        if asking is None:
            asking = asyncio.create_task(self._learn(address))
            self._asking[address] = asking
            asking.add_done_callback(partial(self._asked, address))
        # Who leaves takes the answer from nobody else.
        return await asyncio.shield(asking)

    def is_older(self, address: str, seconds: float) -> bool:
        """Whether a document was asked for so long ago that there may be another one."""
        return address in self._kept and monotonic() - self._kept[address][1] >= seconds

    def forget(self, address: str) -> None:
        """Ask for a document anew."""
        self._kept.pop(address, None)

    async def read(self, address: str, headers: Mapping[str, str]) -> Json:
        """Return what is told at an address.

        :raises Unavailable: it cannot be had.
        """
        return self.told(await self._ask(address, headers))

    async def post(self, address: str, headers: Mapping[str, str], body: str) -> Answer:
        """Return the answer to a form.

        :raises Unavailable: there is none.
        """
        return await self._ask(address, headers, Submission(URL(address), _FORM, body.encode()))

    def told(self, answer: Answer) -> Json:
        """Return what an answer tells.

        :raises Unavailable: it is none that was wanted.
        """
        try:
            told = json.loads(answer.content) if answer.status == 200 else None
        except ValueError:
            told = None
        if not isinstance(told, dict):
            raise self.unavailable(f"{answer.url} answered with status {answer.status}, and no JSON of use")
        return told

    def unavailable(self, why: str) -> ProviderNotUsable:
        """Return what people are told of a provider that cannot be used; why is in the log."""
        _log.warning("the provider cannot be used: %s", why)
        return ProviderNotUsable(
            f"{self._name} cannot be reached at the moment: try again later, or sign in with a password.", why
        )

    async def _learn(self, address: str) -> Json:
        document = await self.read(address, {})
        self._kept[address] = document, monotonic()
        return document

    def _asked(self, address: str, asking: "asyncio.Task[Json]") -> None:
        self._asking.pop(address, None)
        if not asking.cancelled():
            asking.exception()  # whoever waits for it hears of it, and nobody else needs to

    async def _ask(self, address: str, headers: Mapping[str, str], form: Submission | None = None) -> Answer:
        try:
            return await self._wire.ask(
                URL(address),
                headers={"Accept": "application/json", **headers},
                limit_bytes=_MOST_BYTES,
                form=form,
            )
        except AddressRefused as refused:
            _log.warning("the provider was not asked: %s", refused.message)
            raise ProviderNotUsable(
                f"{self._name} is at an address that is not public; if this is meant, an administrator "
                "names it in HOIST_ALLOW_HOSTS.",
                refused.message,
            ) from None
        except (FetchError, ValueError) as error:
            raise self.unavailable(str(error)) from None
