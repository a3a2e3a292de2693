"""One run: many users at a time, each with a plan of its own."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random

from hoistscraper.errors import Invalid, Unavailable
from hoistscraper.loadtest.client import Client, opened_client, seconds_now
from hoistscraper.loadtest.knowledge import Knowledge
from hoistscraper.loadtest.offer import read_offer
from hoistscraper.loadtest.permission import allowed_addresses
from hoistscraper.loadtest.recording import Outcome, Recording
from hoistscraper.loadtest.traffic import Step, Wish, choose, plan_steps
from hoistscraper.loadtest.watching import ClientEffort, ServerMemory, cpu_seconds

_RAMP_SHARE = 0.1
_LONGEST_RAMP_SECONDS = 5.0
_AFTER_A_LOST_CONNECTION_SECONDS = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be done; with a ``think_seconds`` of 0 each user asks again as soon as it is answered."""

    url: str
    users: int
    duration_seconds: float
    think_seconds: float
    timeout_seconds: float
    is_mine: bool = False
    seed: int = 1
    token: str | None = field(default=None, repr=False)

    @property
    def planned_rate(self) -> float | None:
        """Requests per second that the users mean to make; ``None``: as many as the server answers."""
        return self.users / self.think_seconds if self.think_seconds else None


@dataclass(slots=True)
class Run:
    """A run while it goes and after it."""

    order: Order
    recording: Recording = field(default_factory=Recording)
    memory: ServerMemory = field(default_factory=ServerMemory)
    effort: ClientEffort = field(default_factory=ClientEffort)
    not_asked: list[str] = field(default_factory=list)
    began: float = 0.0
    seconds: float = 0.0
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    """Set it to end the run early; what was met until then counts."""

    @property
    def passed_seconds(self) -> float:
        """How long it has been going."""
        return self.seconds or (seconds_now() - self.began if self.began else 0.0)


async def perform(run: Run) -> None:
    """Do what the order says; the run fills meanwhile.

    :raises Refused: the server may be a stranger's, or wants to know who asks.
    :raises Unavailable: no HoistScraper answers there.
    """
    order = run.order
    addresses = await allowed_addresses(order.url, is_mine=order.is_mine)
    async with opened_client(
        order.url, addresses, timeout_seconds=order.timeout_seconds, token=order.token
    ) as client:
        steps = plan_steps(read_offer(await client.ask_document("/api/openapi.json")))
        if not steps:
            raise Unavailable(f"The server at {order.url} offers nothing that a load test could ask for.")
        chance = Random(order.seed)  # noqa: S311 - what is asked for is to be the same in the next run
        knowledge = Knowledge(chance)
        await _learn_first(client, steps, knowledge, chance)
        run.began = seconds_now()
        before = cpu_seconds()
        async with _watched(run, client):
            user = _User(run, client, steps, knowledge, chance)
            living = asyncio.gather(*(user.live(number) for number in range(order.users)))
            await _until_stopped(run, living)
        run.seconds = seconds_now() - run.began
        run.effort.cpu_share = (cpu_seconds() - before) / run.seconds
        run.not_asked = [s.endpoint for s in steps if s.endpoint not in run.recording.endpoints]


async def _until_stopped(run: Run, living: "asyncio.Future[list[None]]") -> None:
    stopped = asyncio.create_task(run.stopping.wait())
    try:
        await asyncio.wait((living, stopped), return_when=asyncio.FIRST_COMPLETED)
        if living.done():
            living.result()
    finally:
        stopped.cancel()
        living.cancel()
        await asyncio.gather(living, return_exceptions=True)


async def _learn_first(client: Client, steps: list[Step], knowledge: Knowledge, chance: Random) -> None:
    """Ask for each list once, so that the first users know as much as those after them."""
    for wish in [step.wish(knowledge, chance) for step in steps]:
        if wish is not None and wish.path == wish.list_path and not wish.query:
            knowledge.learn(wish.path, (), await client.ask_document(wish.path))


@asynccontextmanager
async def _watched(run: Run, client: Client) -> AsyncIterator[None]:
    watching = [
        asyncio.create_task(run.memory.watch(client, run.began)),
        asyncio.create_task(run.effort.watch()),
    ]
    try:
        yield
    finally:
        for task in watching:
            task.cancel()
        await asyncio.gather(*watching, return_exceptions=True)


@dataclass(frozen=True, slots=True)
class _User:
    """Someone who reads.

    When it asks is planned before it is answered. Were a request sent later because the answer before it
    came late, a server that stands still would be asked less and so look better than it is (coordinated
    omission): therefore a latency begins when the request was due, not when it could be sent.
    """

    run: Run
    client: Client
    steps: list[Step]
    knowledge: Knowledge
    chance: Random

    async def live(self, number: int) -> None:
        order = self.run.order
        end = self.run.began + order.duration_seconds
        ramp_seconds = min(_LONGEST_RAMP_SECONDS, _RAMP_SHARE * order.duration_seconds)
        due = self.run.began + ramp_seconds * number / order.users + self._thought()
        while due < end:
            await asyncio.sleep(max(0.0, due - seconds_now()))
            if seconds_now() >= end:
                break
            await self._ask(choose(self.steps, self.knowledge, self.chance), due)
            due = due + self._thought() if order.think_seconds else seconds_now()
        while due < end and order.think_seconds:
            self.run.recording.unsent += 1
            due += self._thought()

    def _thought(self) -> float:
        """Return how long this user thinks: half to one and a half times what is usual."""
        return self.run.order.think_seconds * self.chance.uniform(0.5, 1.5)

    async def _ask(self, wish: Wish, due: float) -> None:
        sent = seconds_now()
        body, failure = await self.client.ask(wish.path, wish.query)
        ended = seconds_now()
        if failure is None and wish.list_path and self.knowledge.wants(wish.endpoint):
            failure = self._learn(wish.list_path, wish, body)
        if failure is not None:
            self.run.recording.examples.setdefault(failure, f"{wish.address}{_said(body)}")
        outcome = Outcome(wish.endpoint, ended - due, ended - sent, failure)
        self.run.recording.add(ended - self.run.began, outcome)
        if failure == "no connection":
            # Refusals come so fast that asking again at once would do nothing but count them.
            await asyncio.sleep(_AFTER_A_LOST_CONNECTION_SECONDS)

    def _learn(self, list_path: str, wish: Wish, body: bytes) -> str | None:
        try:
            self.knowledge.learn(list_path, wish.query, json.loads(body))
        except (ValueError, AttributeError, Invalid):
            return "no page of a list"
        return None


def _said(body: bytes) -> str:
    """Return the sentence of a problem document, or nothing."""
    try:
        return f": {json.loads(body)['detail']}"
    except (ValueError, KeyError, TypeError):
        return ""
