"""Settings that are changed while all runs."""

import httpx
import pytest
from pydantic import SecretStr

from hoistscraper.api.app import build_app
from hoistscraper.api.parts import opened_parts
from hoistscraper.clock import now
from hoistscraper.database.engine import Database
from hoistscraper.database.stored_settings import settings_now, store_settings
from hoistscraper.scraping.job_log import lines_after
from hoistscraper.settings import CHANGEABLE, Settings
from tests.api.acting import acting
from tests.queue.conftest import Queue, Until, patient, queue, until, working
from tests.sites.calls import CallsWebsite, some_calls

__all__ = ["patient", "queue", "until"]


async def shown(api: httpx.AsyncClient) -> dict[str, dict[str, object]]:
    answer = await api.get("/api/settings")
    assert answer.status_code == 200
    return {each["name"]: each for each in answer.json()["items"]}


async def test_every_setting_is_shown_with_its_source(api: httpx.AsyncClient) -> None:
    settings = await shown(api)
    assert set(settings) == set(Settings.model_fields)
    assert {name for name in settings if settings[name]["is_changeable"]} == set(CHANGEABLE) - {
        "pace_seconds",
        "timeout_seconds",
        "attempts",
        "render",
    }
    pace = settings["pace_seconds"]
    assert (pace["value"], pace["default"], pace["source"]) == (0.0, 1.0, "environment")
    assert (settings["log_days"]["value"], settings["log_days"]["source"]) == (30, "default")


async def test_what_may_be_changed_says_its_limits(api: httpx.AsyncClient) -> None:
    settings = await shown(api)
    limits = {name: settings[name]["limits"] for name in settings}
    assert {name for name in limits if limits[name]} == set(CHANGEABLE)
    none: dict[str, object] = {"least": None, "above": None, "most": None, "choices": []}
    assert limits["respect_robots"] == none | {"kind": "switch"}
    assert limits["max_pages"] == none | {"kind": "whole number", "least": 1, "most": 10_000}
    assert limits["timeout_seconds"] == none | {"kind": "number", "above": 0, "most": 600}
    assert limits["render"] == none | {"kind": "choice", "choices": ["auto", "never"]}
    assert limits["timezone"] == none | {"kind": "text"}


async def test_no_secret_is_shown(settings: Settings) -> None:
    own = settings.model_copy(update={"credential_key": SecretStr("very-secret-key")})
    async with opened_parts(own) as parts:
        transport = httpx.ASGITransport(acting(build_app(parts)))
        async with httpx.AsyncClient(transport=transport, base_url="http://hoist.test") as client:
            answer = await client.get("/api/settings")
    assert "very-secret-key" not in answer.text
    assert own.database_url is not None
    assert own.database_url.get_secret_value() not in answer.text
    secrets = {each["name"]: each for each in answer.json()["items"] if each["is_secret"]}
    assert {name: each["value"] for name, each in secrets.items()} == {
        "database_url": None,
        "credential_key": None,
        "redis_url": None,
        "smtp_url": None,
        "oidc_client_secret": None,
        "backup_passphrase": None,
        "language_model_api_key": None,
        "sentry_dsn": None,
    }


async def test_a_change_counts_at_once_and_can_be_taken_back(api: httpx.AsyncClient) -> None:
    changed = await api.patch("/api/settings", json={"max_pages": 7, "timezone": "Europe/Paris"})
    assert changed.status_code == 200
    settings = await shown(api)
    assert changed.json()["items"] == list(settings.values())
    assert (settings["max_pages"]["value"], settings["max_pages"]["source"]) == (7, "stored")
    website = await api.post("/api/websites", json={"url": "example.org", "schedule": "daily at 07:00"})
    assert website.json()["schedule"] == "daily at 07:00 Europe/Paris"
    await api.patch("/api/settings", json={"max_pages": None})
    after = (await shown(api))["max_pages"]
    assert (after["value"], after["source"]) == (50, "default")


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"max_pages": 0}, 422, "body.max_pages: Input should be greater than or equal to 1."),
        ({"max_pages": "many"}, 422, "body.max_pages"),
        ({"timezone": "Europe/Nowhere"}, 422, "There is no such time zone"),
        ({"render": "always"}, 422, "body.render"),
        ({"data_dir": "/data"}, 422, "body.data_dir: Extra inputs are not permitted."),
        ({"pace_seconds": 3}, 409, "HOIST_PACE_SECONDS is set in the environment, which wins"),
    ],
)
async def test_what_cannot_be_changed_is_told(
    api: httpx.AsyncClient, change: dict[str, object], status: int, said: str
) -> None:
    answer = await api.patch("/api/settings", json=change)
    assert (answer.status_code, said in answer.json()["detail"]) == (status, True), answer.text
    assert all(each["source"] != "stored" for each in (await shown(api)).values())


async def test_what_another_version_stored_is_left_out(database: Database, settings: Settings) -> None:
    async with database.transaction() as session:
        stored = {"max_pages": 0, "log_days": "long", "data_dir": "/x", "gone": 1, "max_details": 5}
        await store_settings(session, stored, at=now())
        current = await settings_now(session, settings)
    assert (current.max_pages, current.log_days, current.max_details) == (50, 30, 5)
    assert current.data_dir == settings.data_dir


async def test_a_running_worker_takes_a_change_up_with_its_next_job(
    patient: Settings, queue: Queue, until: Until, database: Database
) -> None:
    website = CallsWebsite(some_calls(30), page_size=10)
    async with website.site() as site, working(patient):
        first = await until((await queue(site.url())).job_id)
        async with database.transaction() as session:
            await store_settings(session, {"max_pages": 2}, at=now())
        second = await until((await queue(site.url())).job_id)
    assert (first.found, second.found) == (30, 20)
    async with database.transaction() as session:
        lines = [numbered.line.text for numbered in await lines_after(session, second.id)]
    assert any("Stopped after 2 listing pages" in line for line in lines)


async def test_what_the_command_line_chose_is_told_from_what_the_environment_says(settings: Settings) -> None:
    for port, source in ((settings.port, "default"), (8123, "command")):
        async with opened_parts(settings.with_commanded(port=port)) as parts:
            transport = httpx.ASGITransport(acting(build_app(parts)))
            async with httpx.AsyncClient(transport=transport, base_url="http://hoist.test") as client:
                told = (await shown(client))["port"]
        assert (told["value"], told["source"]) == (port, source)
