"""Ask a model by the books: never the same twice, within budgets, and not while its server is left alone.

No transaction is open while the model thinks.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from time import perf_counter

from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.language_model import budget, store
from hoistscraper.language_model.answer import Pointers, parse_answer
from hoistscraper.language_model.circuit import opened
from hoistscraper.language_model.client import ModelClient, Reply, most_tokens
from hoistscraper.language_model.errors import ModelFailure
from hoistscraper.language_model.fields import Group
from hoistscraper.language_model.passages import Passage
from hoistscraper.language_model.prompt import PROMPT, Question, question_about
from hoistscraper.language_model.server import ModelServer
from hoistscraper.settings import Settings

ASKED = "asked"  # sent, and nothing came yet; so it stays if we die meanwhile


class BookedAsking:
    """Asks about the pages of one website (``site``)."""

    def __init__(
        self, settings: Settings, database: Database, server: ModelServer, client: ModelClient, *, site: str
    ) -> None:
        self._settings = settings
        self._database = database
        self._server = server
        self._model = server.model or ""
        self._client = client
        self._site = site

    async def ask(self, group: Group, passages: Sequence[Passage]) -> Pointers:
        """Return where the model points, or pointed when it was asked the very same.

        :raises BudgetSpent: no more may be asked today.
        :raises ModelFailure: it gave no answer; it is left alone from now on, for a while.
        """
        key = key_of(self._model, group, passages)
        kept = await self._kept(key, group)
        if kept is not None:
            return kept
        question = question_about(group, passages)
        number = await self._reserve(group, question)
        started = perf_counter()
        try:
            reply = await self._client.ask(question)
        except ModelFailure as failure:
            await self._failed(number, failure, seconds=perf_counter() - started)
            raise
        return await self._answered(number, key, group, reply, seconds=perf_counter() - started)

    async def _kept(self, key: str, group: Group) -> Pointers | None:
        async with self._database.transaction() as session:
            kept = await store.kept_answer(session, key, at=now())
            if kept is not None:
                await store.note_call(
                    session,
                    site=self._site,
                    model=self._model,
                    fields=group.fields,
                    outcome=store.KEPT_ANSWER,
                    tokens=0,
                    at=now(),
                )
        return kept

    async def _reserve(self, group: Group, question: Question) -> int:
        """Note the call before it is made, at the most that it may cost, so that all workers see it."""
        async with self._database.transaction() as session:
            await store.one_at_a_time(session)
            at = now()
            budget.check(await store.spent(session, self._site, at=at), self._settings, at=at)
            return await store.note_call(
                session,
                site=self._site,
                model=self._model,
                fields=group.fields,
                outcome=ASKED,
                tokens=most_tokens(question),
                at=at,
            )

    async def _failed(self, number: int, failure: ModelFailure, *, seconds: float) -> None:
        async with self._database.transaction() as session:
            await store.settle_call(session, number, outcome=failure.kind, tokens=0, seconds=seconds)
            before = await store.circuit_of(session, self._server.name)
            circuit = opened(before, failure, at=now())
            await store.write_circuit(session, self._server.name, circuit)

    async def _answered(
        self, number: int, key: str, group: Group, reply: Reply, *, seconds: float
    ) -> Pointers:
        pointers = parse_answer(reply.text, group.fields)
        outcome = "refused" if reply.is_refusal else "answered" if pointers is not None else "unusable"
        async with self._database.transaction() as session:
            await store.settle_call(session, number, outcome=outcome, tokens=reply.tokens, seconds=seconds)
            # What is of no use is kept, too: asked the same again, it would answer the same again.
            await store.keep_answer(session, key, pointers or {}, at=now())
            await store.write_circuit(session, self._server.name, None)
        return pointers or {}


def key_of(model: str, group: Group, passages: Sequence[Passage]) -> str:
    """Return what names a question: whom it is for, how and what it asks, and what is shown with it."""
    shown = [[passage.number, passage.text] for passage in passages]
    whole = json.dumps([PROMPT, model, group.fields, shown])
    return sha256(whole.encode()).hexdigest()
