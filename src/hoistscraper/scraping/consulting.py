"""What a visit left open is asked of a language model: a step of its own, long after the call was kept."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.extraction.candidate import Candidate, Status
from hoistscraper.extraction.content import Content
from hoistscraper.language_model import store as questions
from hoistscraper.language_model.availability import Availability, Presence
from hoistscraper.language_model.believing import filled
from hoistscraper.language_model.booked import BookedAsking
from hoistscraper.language_model.budget import BudgetSpent
from hoistscraper.language_model.circuit import opened
from hoistscraper.language_model.client import ModelClient
from hoistscraper.language_model.consulting import Consultation, consult
from hoistscraper.language_model.errors import ModelFailure, Unreachable
from hoistscraper.language_model.fields import METHOD, has_gaps
from hoistscraper.language_model.server import ModelServer, asked_for
from hoistscraper.language_model.store import Asked
from hoistscraper.opportunities import keeping
from hoistscraper.opportunities import store as opportunities
from hoistscraper.reading.read import document_of
from hoistscraper.reading.values import PageKind
from hoistscraper.scraping import store
from hoistscraper.scraping.job_log import write_lines
from hoistscraper.scraping.keeper import ReadPage
from hoistscraper.scraping.report import LogLine
from hoistscraper.settings import Settings

MOST_ATTEMPTS = 3
_GIVEN_UP = "The language model gave no answer about this page; it is not asked again until the page changes."
# The page may be what the model stumbles over; the others are faults of the server alone.
_COUNTED = frozenset({"timed-out", "server-failure", "no-such-protocol"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _SavedPage:
    """A page as a visit read it, with the website that it is of."""

    site: keeping.Site
    final_url: str
    charset: str | None
    content_hash: str
    content: bytes | None


class Consultant:
    """Asks the questions that visits left."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database

    async def answer(self, source_id: UUID) -> None:
        """Ask one question and keep what is proven by it; what cannot be asked now waits.

        :raises Unavailable: the database is gone.
        """
        async with self._database.transaction() as session:
            question = await questions.take(session, source_id)
            page = await _saved_page(session, question) if question else None
            told = await opportunities.stated_by(session, source_id)
        if question is None:
            return
        server = asked_for(self._settings, page.site.url) if page else None
        if page is None or told is None or server is None or not _is_the_same(page, question):
            await self._close(question, None)
            return
        if question.attempts > MOST_ATTEMPTS:
            await self._close(question, _GIVEN_UP)
            return
        consultation = Consultation(told)
        try:
            await self._look_first(server)
            await self._consult(server, page, consultation)
        except BudgetSpent as spent:
            await self._keep(question, consultation)
            await self._postpone(question, timedelta(seconds=spent.wait_seconds), is_counted=False)
        except ModelFailure as failure:
            await self._keep(question, consultation)
            # The circuit says when anybody is asked again; then those go first that have not been tried.
            pause = timedelta(minutes=1) * question.attempts
            await self._postpone(question, pause, is_counted=failure.kind in _COUNTED)
        else:
            await self._keep(question, consultation)
            await self._close(question, None)

    async def _look_first(self, server: ModelServer) -> None:
        """See whether a server that failed is there again, before a question is spent on it.

        :raises Unreachable: it is not.
        """
        async with self._database.transaction() as session:
            circuit = await questions.circuit_of(session, server.name)
        if circuit is None or await Presence(server).found_out() is Availability.ANSWERS:
            return
        failure = Unreachable(f"The language model's server at {server.base} does not answer.")
        async with self._database.transaction() as session:
            await questions.write_circuit(session, server.name, opened(circuit, failure, at=now()))
        raise failure

    async def _consult(self, server: ModelServer, page: _SavedPage, consultation: Consultation) -> None:
        # A page may take a while to parse, and other visits share this thread.
        content = await asyncio.to_thread(_read, page, now().date())
        timeout_seconds = self._settings.language_model_timeout_seconds
        async with ModelClient(server, timeout_seconds=timeout_seconds) as client:
            asking = BookedAsking(self._settings, self._database, server, client, site=page.site.url)
            most = self._settings.language_model_page_characters
            await consult(consultation, content, asking.ask, most_characters=most)

    async def _keep(self, question: Asked, consultation: Consultation) -> None:
        """Write what was proven, unless a visit has read another page in the meantime."""
        if not consultation.given:
            return
        proposal = _given(consultation)
        async with self._database.transaction() as session:
            page = await _saved_page(session, question)
            if page is None or not _is_the_same(page, question):
                return
            await keeping.amend(
                session,
                page.site,
                question.source_id,
                lambda telling: filled(telling, proposal) or telling,
                at=now(),
            )
            await _tell(session, question, f"The language model gave {', '.join(consultation.given)}.")

    async def _postpone(self, question: Asked, pause: timedelta, *, is_counted: bool) -> None:
        async with self._database.transaction() as session:
            await questions.postpone(session, question, until=now() + pause, is_counted=is_counted)

    async def _close(self, question: Asked, why: str | None) -> None:
        async with self._database.transaction() as session:
            if why:
                await _tell(session, question, why)
            await questions.drop(session, question)


async def ask_later(
    session: AsyncSession,
    kept: Sequence[keeping.Kept],
    pages: Sequence[ReadPage],
    *,
    website_id: UUID,
    job_id: UUID,
    at: datetime,
) -> int:
    """Have a model asked about the calls whose pages were read; return about how many."""
    read = {each.page.url: each.page.content_hash for each in pages if _is_of_one_call(each)}
    # A call that one batch tells twice is asked about once.
    asked = {
        each.source.id: Asked(
            source_id=each.source.id,
            website_id=website_id,
            job_id=job_id,
            page_url=address,
            content_hash=read[address],
        )
        for each in kept
        if (address := each.finding.candidate.url) in read and _is_worth_it(each.finding.candidate, at)
    }
    await questions.place(session, list(asked.values()), at=at)
    return len(asked)


def _is_of_one_call(read: ReadPage) -> bool:
    return not read.is_listing or read.kind is PageKind.DETAIL


def _is_worth_it(candidate: Candidate, at: datetime) -> bool:
    """Tell whether something is missing of a call that one may still apply for, as far as is known."""
    is_past = candidate.deadline is not None and candidate.deadline.date < at.date()
    return not is_past and candidate.status is not Status.CLOSED and has_gaps(candidate)


def _read(page: _SavedPage, today: date) -> Content:
    content = Content(document_of(page.content or b"", url=page.final_url, charset=page.charset), today)
    # What is computed with the first look is computed here, not in the thread that others share.
    len(content.blocks), content.dates.order, len(content.visible_text)
    return content


def _given(consultation: Consultation) -> Candidate:
    """Return what a model gave, and nothing else."""
    candidate = consultation.candidate
    evidence = {
        name: candidate.evidence[name]
        for name in consultation.given
        if candidate.evidence[name].method == METHOD
    }
    return Candidate(
        url=candidate.url,
        evidence=evidence,
        **{name: getattr(candidate, name) for name in evidence},
    )


def _is_the_same(page: _SavedPage, question: Asked) -> bool:
    return page.content is not None and page.content_hash == question.content_hash


async def _saved_page(session: AsyncSession, question: Asked) -> _SavedPage | None:
    row = (
        await session.execute(
            text(
                "SELECT page.final_url, page.charset, page.content_hash, website.url, website.timezone "
                "FROM page JOIN website ON website.id = page.website_id "
                "WHERE page.website_id = :website_id AND page.url = :url"
            ),
            {"website_id": question.website_id, "url": question.page_url},
        )
    ).one_or_none()
    if row is None:
        return None
    return _SavedPage(
        site=keeping.Site(question.website_id, row.url, row.timezone),
        final_url=row.final_url,
        charset=row.charset,
        content_hash=row.content_hash,
        content=await store.snapshot(session, question.website_id, question.page_url),
    )


async def _tell(session: AsyncSession, question: Asked, sentence: str) -> None:
    if question.job_id is not None:
        line = LogLine(now(), sentence, question.page_url, is_problem=False)
        await write_lines(session, question.job_id, [line])
