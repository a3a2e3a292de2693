"""Websites, jobs and opportunities over the API: whatever is done, a model of a few lines agrees."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from pydantic import SecretStr
from sqlalchemy import text

from hoistscraper.api.app import build_app
from hoistscraper.api.parts import opened_parts
from hoistscraper.clock import now
from hoistscraper.extraction.candidate import Candidate, Moment
from hoistscraper.opportunities import store
from hoistscraper.opportunities.keeping import Site, keep
from hoistscraper.opportunities.sources import Finding, by_identity
from hoistscraper.settings import Settings
from tests.api.acting import acting

PATHS = st.sampled_from("abcdef")
TITLES = st.sampled_from(["Quay lights", "Éclairage", "Roof repairs"])
# Days until a call closes; so far from today that no run sees it change.
DAYS = st.sampled_from([None, -40, -3, 5, 90])
TAGS = st.lists(st.sampled_from(["arts", "sports", "Ötzi"]), max_size=2, unique=True)

COMPUTED = {"Cache-Control": "no-cache"}  # what is written past the API is heard of soon, but not at once
RANKS = {"open": 0, "unknown": 1, "closed": 2}


@dataclass(slots=True)
class Known:
    """A website as the model knows it; ``job`` is the one that waits, ``ended`` those that are cancelled."""

    url: str
    tags: list[str]
    active: bool = True
    paused: bool = False
    job: str | None = None
    ended: list[str] = field(default_factory=list)


class Api:
    """The application in a loop of its own, for a machine that waits for each answer."""

    def __init__(self, database_url: str) -> None:
        self._runner = asyncio.Runner()
        self._opening = opened_parts(Settings(database_url=SecretStr(database_url), pool_size=2))
        parts = self._runner.run(self._opening.__aenter__())
        self._database = parts.database
        transport = httpx.ASGITransport(acting(build_app(parts)))
        self._client = httpx.AsyncClient(transport=transport, base_url="http://hoist.test")

    def ask(self, method: str, path: str, status: int, **more: Any) -> Any:  # noqa: ANN401 - any JSON
        """Ask, see that the answer has this status, and return it."""
        answer = self._runner.run(self._client.request(method, f"/api{path}", **more))
        assert answer.status_code == status, answer.text
        return answer.json()

    def find(self, website_id: str, url: str, title: str, days: int | None) -> None:
        """Keep a call of a website, as a worker does."""
        self._runner.run(self._keep(Site(UUID(website_id), url, None), title, days))

    async def _keep(self, site: Site, title: str, days: int | None) -> None:
        deadline = None if days is None else Moment(now().date() + timedelta(days=days))
        finding = Finding(
            identity=f"{site.url}#{title}",
            listing_url=site.url,
            row_hash=str(days),
            candidate=Candidate(title=title, deadline=deadline),
            verified_at=now(),
        )
        async with self._database.transaction() as session:
            known = by_identity(await store.known_sources(session, site.url))
            await keep(session, site, [finding], known, seen_at=now())

    def forget_calls(self) -> None:
        """Begin without any call: those of removed websites stay otherwise."""
        self._runner.run(self._delete("opportunity"))

    async def _delete(self, table: str) -> None:
        async with self._database.transaction() as session:
            await session.execute(text(f"DELETE FROM {table}"))

    def close(self) -> None:
        """Leave nothing behind."""
        self._runner.run(self._client.aclose())
        self._runner.run(self._opening.__aexit__(None, None, None))
        self._runner.close()


class Machine(RuleBasedStateMachine):
    """Does what people do, and knows what has to come of it."""

    api: Api
    ids = Bundle("ids")

    @initialize()
    def begin(self) -> None:
        """Forget what the run before left."""
        self.known: dict[str, Known] = {}
        self.calls: dict[tuple[str, str], int | None] = {}
        for website in self.api.ask("GET", "/websites", 200, params={"limit": 200})["items"]:
            self.api.ask("DELETE", f"/websites/{website['id']}", 200)
        self.api.forget_calls()

    @rule(target=ids, path=PATHS, tags=TAGS)
    def add(self, path: str, tags: list[str]) -> Any:  # noqa: ANN401 - as the library has it
        """Add a website, which may be there."""
        url = f"https://example.org/{path}"
        is_there = any(each.url == url for each in self.known.values())
        body = {"url": f"HTTPS://Example.ORG/{path}#top", "tags": tags}
        told = self.api.ask("POST", "/websites", 409 if is_there else 201, json=body)
        if is_there:
            return multiple()
        self.known[told["id"]] = Known(url, tags)
        return told["id"]

    @rule(target=ids, paths=st.lists(PATHS, max_size=4))
    def take_list(self, paths: list[str]) -> Any:  # noqa: ANN401
        """Import a list, of which some may be there."""
        content = "url\n" + "".join(f"example.org/{path}\n" for path in paths)
        if not paths:
            content = "url\n \n"
        there = {each.url for each in self.known.values()}
        wanted = {f"https://example.org/{path}" for path in paths}
        told = self.api.ask("POST", "/websites/import", 200, files={"file": content.encode()})
        assert told["added"] == len(wanted - there)
        assert told["known"] == len(wanted & there)
        assert told["repeated"] == len(paths) - len(wanted)
        new = {w["url"]: w["id"] for w in self.listed() if w["url"] in wanted - there}
        self.known |= {website_id: Known(url, []) for url, website_id in new.items()}
        return multiple(*new.values())

    @rule(website_id=ids, active=st.booleans(), paused=st.booleans())
    def change(self, website_id: str, active: bool, paused: bool) -> None:  # noqa: FBT001
        """Change a website, which may be gone."""
        status = 200 if website_id in self.known else 404
        self.api.ask("PATCH", f"/websites/{website_id}", status, json={"active": active, "paused": paused})
        if website_id in self.known:
            self.known[website_id].active, self.known[website_id].paused = active, paused

    @rule(website_id=consumes(ids), with_calls=st.booleans())
    def remove(self, website_id: str, with_calls: bool) -> None:  # noqa: FBT001
        """Remove a website with its jobs, and with its calls or without."""
        known = self.known.pop(website_id)
        what = "remove" if with_calls else "keep"
        told = self.api.ask("DELETE", f"/websites/{website_id}?opportunities={what}", 200)
        assert told["scrape_jobs"] == len(known.ended) + bool(known.job)
        its = [call for call in self.calls if call[0] == known.url]
        assert told["opportunities_removed"] == (len(its) if with_calls else 0)
        assert told["opportunities_kept"] == (0 if with_calls else len(its))
        if with_calls:
            for call in its:
                del self.calls[call]
        self.api.ask("GET", f"/websites/{website_id}", 404)

    @rule(website_id=ids, title=TITLES, days=DAYS)
    def find(self, website_id: str, title: str, days: int | None) -> None:
        """Have a worker find a call, for the first time or with another deadline."""
        url = self.known[website_id].url
        self.api.find(website_id, url, title, days)
        self.calls[url, title] = days

    @rule(title=TITLES)
    def search(self, title: str) -> None:
        """Look for calls by their words."""
        found = self.api.ask("GET", "/opportunities", 200, params={"q": title.upper()}, headers=COMPUTED)
        assert len(found["items"]) == sum(name == title for _, name in self.calls)

    @rule(website_id=ids)
    def scrape(self, website_id: str) -> None:
        """Ask for a website, which may wait already."""
        known = self.known[website_id]
        told = self.api.ask("POST", f"/websites/{website_id}/scrape", 202)
        assert told["is_new"] == (known.job is None)
        assert known.job in (None, told["job_id"])
        known.job = told["job_id"]

    @rule()
    def scrape_all(self) -> None:
        """Ask for every active website."""
        wanted = [k for k in self.known.values() if k.active and not k.paused]
        told = self.api.ask("POST", "/scrape-jobs", 202, json={"all": True})
        assert told["new"] == sum(known.job is None for known in wanted)
        by_url = {each["url"]: each["job_id"] for each in told["jobs"]}
        assert by_url.keys() == {known.url for known in wanted}
        for known in wanted:
            known.job = by_url[known.url]

    @rule(website_id=ids)
    def cancel(self, website_id: str) -> None:
        """Cancel the job that waits, or the last one that was cancelled already."""
        known = self.known[website_id]
        if known.job:
            self.api.ask("POST", f"/scrape-jobs/{known.job}/cancel", 200)
            known.ended.append(known.job)
            known.job = None
        elif known.ended:
            self.api.ask("POST", f"/scrape-jobs/{known.ended[-1]}/cancel", 409)

    @rule(website_id=ids)
    def retry(self, website_id: str) -> None:
        """Have a cancelled job tried again, if nothing else waits."""
        known = self.known[website_id]
        if known.ended and known.job:
            self.api.ask("POST", f"/scrape-jobs/{known.ended[-1]}/retry", 409)
        elif known.ended:
            known.job = known.ended.pop()
            self.api.ask("POST", f"/scrape-jobs/{known.job}/retry", 200)

    @rule()
    def ask_for_nobody(self) -> None:
        """Ask for what never was."""
        for path in (f"/websites/{uuid4()}", f"/scrape-jobs/{uuid4()}"):
            self.api.ask("GET", path, 404)

    def listed(self) -> list[dict[str, Any]]:
        """Return every website, page by page."""
        found: list[dict[str, Any]] = []
        params: dict[str, Any] = {"limit": 2}
        while True:
            page = self.api.ask("GET", "/websites", 200, params=params)
            found += page["items"]
            if page["next"] is None:
                return found
            params["cursor"] = page["next"]

    @invariant()
    def calls_agree(self) -> None:
        """See that pages, counts, facets and overview tell of the calls that the model knows, in order."""
        if not hasattr(self, "calls"):
            return
        listed: list[dict[str, Any]] = []
        params: dict[str, Any] = {"limit": 2, "total": True}
        while True:
            page = self.api.ask("GET", "/opportunities", 200, params=params, headers=COMPUTED)
            assert page["total"] == {"count": len(self.calls), "is_exact": True}
            listed += page["items"]
            if page["next"] is None:
                break
            params["cursor"] = page["next"]
        told = sorted((each["title"], each["status"]) for each in listed)
        assert told == sorted((title, standing(days)) for (_, title), days in self.calls.items())
        ranks = [RANKS[each["status"]] for each in listed]
        assert ranks == sorted(ranks)
        closing = [each["closes_at"] for each in listed if each["status"] == "open"]
        assert closing == sorted(closing)
        facets = self.api.ask("GET", "/opportunities/facets", 200, headers=COMPUTED)
        counts = Counter(standing(days) for days in self.calls.values())
        assert {each["value"]: each["count"] for each in facets["status"]} == counts
        totals = self.api.ask("GET", "/stats", 200, params={"days": 1}, headers=COMPUTED)["totals"]
        assert {name: n for name, n in totals["opportunities"].items() if n} == counts

    @invariant()
    def lists_and_totals_agree(self) -> None:
        """See that lists, export and overview tell what the model knows."""
        if not hasattr(self, "known"):
            return
        listed = {w["id"]: (w["url"], w["tags"], w["active"], w["paused"]) for w in self.listed()}
        assert listed == {i: (k.url, k.tags, k.active, k.paused) for i, k in self.known.items()}
        jobs = self.api.ask("GET", "/scrape-jobs", 200, params={"limit": 200})["items"]
        waiting = {job["id"] for job in jobs if job["status"] == "pending"}
        assert waiting == {known.job for known in self.known.values() if known.job}
        totals = self.api.ask("GET", "/stats", 200, params={"days": 1})["totals"]
        assert totals["websites"]["unvisited"] == len(self.known)
        assert totals["scrape_jobs"]["pending"] == len(waiting)
        ended = sum(len(known.ended) for known in self.known.values())
        assert totals["scrape_jobs"]["cancelled"] == ended
        exported = self.api.ask("GET", "/websites/export", 200, params={"format": "json"})
        assert {website["url"] for website in exported} == {known.url for known in self.known.values()}


def standing(days: int | None) -> str:
    """Return the status of a call that says nothing but its deadline."""
    return "unknown" if days is None else "closed" if days < 0 else "open"


@pytest.fixture
def machine(database_url: str) -> Iterator[type[Machine]]:
    """A machine with a database of its own."""
    Machine.api = Api(database_url)
    yield Machine
    Machine.api.close()


def test_whatever_is_done_the_model_agrees(machine: type[Machine]) -> None:
    run(machine, examples=6, steps=15)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_however_long_it_goes_on_the_model_agrees(machine: type[Machine]) -> None:
    run(machine, examples=200, steps=50)


def run(machine: type[Machine], *, examples: int, steps: int) -> None:
    """Let a machine run so often."""
    limits = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=limits)
