"""Rules, dashboards and alerts: right in themselves, and about figures that are there."""

import asyncio
import json
import re
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from grafana_foundation_sdk.models.dashboard import Dashboard
from prometheus_client.parser import text_string_to_metric_families

from hoistscraper.scraping.report import JobStatus
from hoistscraper.settings import Settings
from tests.api.front import until as until_so
from tests.api.served import served
from tests.deploy.programs import DEPLOY, program, said
from tests.queue.conftest import Queue, Until, working
from tests.sites.calls import CallsWebsite, some_calls

RUNBOOK = DEPLOY.parent / "docs" / "how-to" / "runbook.md"
RULES = DEPLOY / "prometheus" / "rules.yml"
DASHBOARDS = sorted((DEPLOY / "grafana" / "dashboards").glob("*.json"))
# Of others: Prometheus itself, and its exporter for web addresses.
OF_OTHERS = {"up", "probe_ssl_earliest_cert_expiry"}
_METRIC = re.compile(r"\b(hoistscraper_\w+|up|probe_\w+)\b(?:\{([^}]*)\})?")
_LABEL = re.compile(r"(\w+)\s*(?:=~|!~|!=|=)")
_GROUPED = re.compile(r"\b(?:by|on) \(([^)]*)\)")
_RECORDED = re.compile(r"\bhoistscraper:\w+")


def rules() -> Iterator[dict[str, Any]]:
    for group in yaml.safe_load(RULES.read_text())["groups"]:
        yield from group["rules"]


def alerts() -> list[str]:
    return [rule["alert"] for rule in rules() if "alert" in rule]


def queries_of(path: Path) -> list[str]:
    panels = json.loads(path.read_text())["panels"]
    return [target["expr"] for panel in panels for target in panel.get("targets", ())]


def every_query() -> list[str]:
    return [rule["expr"] for rule in rules()] + [q for path in DASHBOARDS for q in queries_of(path)]


def test_prometheus_takes_its_files() -> None:
    said("promtool", "check", "config", DEPLOY / "prometheus" / "prometheus.yml")
    said("amtool", "check-config", DEPLOY / "alertmanager" / "alertmanager.yml")


@pytest.mark.parametrize("name", ["rules.test.yml", "rules.week.test.yml"])
def test_every_alert_fires_where_it_should_and_nowhere_else(name: str) -> None:
    said("promtool", "test", "rules", DEPLOY / "prometheus" / name)


def test_every_alert_is_made_to_fire_and_to_stay_quiet() -> None:
    expected: dict[str, set[bool]] = {name: set() for name in alerts()}
    for path in (DEPLOY / "prometheus").glob("rules*.test.yml"):
        for case in yaml.safe_load(path.read_text())["tests"]:
            for one in case["alert_rule_test"]:
                expected[one["alertname"]].add(bool(one["exp_alerts"]))
    assert {name for name, seen in expected.items() if seen != {True, False}} == set()


def test_every_alert_has_a_paragraph_in_the_runbook() -> None:
    text = RUNBOOK.read_text()
    written = re.findall(r"^### (\w+)\n(?=\S)", text, re.MULTILINE)
    assert sorted(written) == sorted(alerts())


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.stem)
def test_a_dashboard_is_what_grafana_reads(path: Path) -> None:
    told = json.loads(path.read_text())
    read = Dashboard.from_json(told)
    assert read.title
    panels = told["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels) == len(read.panels or [])
    for panel in panels:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        assert panel["type"] == "row" or (panel["targets"] and panel["description"])


@asynccontextmanager
async def watched(settings: Settings, queue: Queue, until: Until) -> AsyncIterator[str]:
    """Yield where a system answers that has done a job, with peers that are away."""
    website = CallsWebsite(some_calls(3))
    peers = {"REDIS_URL": "redis://127.0.0.1:1/0", "OLLAMA_HOST": "127.0.0.1:1"}
    async with website.site() as site, working(settings):
        assert (await until((await queue(site.url())).job_id)).status is JobStatus.COMPLETED
        gone = await until((await queue("http://127.0.0.1:1/")).job_id, JobStatus.FAILED)
        assert gone.status is JobStatus.FAILED
        async with served(settings, **peers) as origin, httpx.AsyncClient() as client:

            async def has_all() -> bool:
                text = (await client.get(f"{origin}/metrics")).text
                asked = await client.get(f"{origin}/api/websites")
                return asked.is_success and "jobs_ended_total" in text and "language_model_up" in text

            await until_so(has_all)
            yield origin


async def test_rules_and_dashboards_speak_of_figures_and_labels_that_are_there(
    patient: Settings, queue: Queue, until: Until
) -> None:
    async with watched(patient, queue, until) as origin, httpx.AsyncClient() as client:
        text = (await client.get(f"{origin}/metrics")).text
    there: dict[str, set[str]] = {name: set() for name in OF_OTHERS}
    for family in text_string_to_metric_families(text):
        there.setdefault(f"{family.name}{'_total' if family.type == 'counter' else ''}", set())
        for sample in family.samples:
            there.setdefault(sample.name, set()).update(sample.labels)
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    for query in every_query():
        assert set(_RECORDED.findall(query)) <= recorded, query
        usable = {"job", "instance"}
        for name, labels in _METRIC.findall(query):
            assert name in there, query
            assert set(_LABEL.findall(labels)) <= there[name] | {"job", "instance"}, query
            usable |= there[name]
        for grouped in _GROUPED.findall(query):
            assert set(grouped.replace(" ", "").split(",")) <= usable, query


async def test_every_query_runs_on_a_real_prometheus(
    patient: Settings, queue: Queue, until: Until, tmp_path: Path, unused_tcp_port: int
) -> None:
    where = program("prometheus")
    async with watched(patient, queue, until) as origin, httpx.AsyncClient() as client:
        config = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text())
        config["global"] = {"scrape_interval": "200ms", "evaluation_interval": "200ms"}
        config["rule_files"] = [str(RULES)]
        config["scrape_configs"][0]["static_configs"][0]["targets"] = [origin.partition("//")[2]]
        (tmp_path / "prometheus.yml").write_text(yaml.safe_dump(config))
        address = f"127.0.0.1:{unused_tcp_port}"
        arguments = [
            f"--config.file={tmp_path / 'prometheus.yml'}",
            f"--storage.tsdb.path={tmp_path / 'data'}",
            f"--web.listen-address={address}",
        ]
        prometheus = await asyncio.create_subprocess_exec(where, *arguments, stderr=DEVNULL)
        try:

            async def ask(query: str) -> dict[str, Any]:
                answer = await client.get(f"http://{address}/api/v1/query", params={"query": query})
                told: dict[str, Any] = answer.json()
                assert told["status"] == "success", (query, told)
                return told

            async def has_scraped() -> bool:
                with suppress(httpx.TransportError):
                    if (await client.get(f"http://{address}/-/ready")).is_success:
                        asked = (await ask("hoistscraper_jobs_ended_total"))["data"]["result"]
                        return len(asked) > 0
                return False

            async def has_evaluated() -> bool:
                told = (await client.get(f"http://{address}/api/v1/rules")).json()["data"]["groups"]
                health = [rule["health"] for group in told for rule in group["rules"]]
                assert "err" not in health, told
                return health.count("ok") == len(list(rules()))

            await until_so(has_scraped)
            for query in every_query():
                await ask(query)
            await until_so(has_evaluated)
        finally:
            prometheus.terminate()
            await prometheus.wait()
