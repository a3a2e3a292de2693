"""What the documents say exists, and what exists is said."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

import hoistscraper
from hoistscraper.cli.main import COMMANDS
from hoistscraper.settings import Settings, variable_of
from tests.api.front import opened_api

ROOT = Path(__file__).parent.parent
ROOMS = sorted(
    path.name for path in Path(hoistscraper.__file__).parent.iterdir() if (path / "__init__.py").exists()
)


def _for_people() -> Iterator[Path]:
    yield from ROOT.glob("*.md")
    yield from (ROOT / "docs/how-to").glob("*.md")


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md"])
@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_on_the_map(document: str, room: str) -> None:
    assert f"`{room}/`" in (ROOT / document).read_text()


@pytest.mark.parametrize("document", sorted(str(path.relative_to(ROOT)) for path in _for_people()))
def test_every_command_that_a_document_names_exists(document: str) -> None:
    named = re.findall(r"\bhoistscraper ([a-z]+)", (ROOT / document).read_text())
    assert set(named) <= set(COMMANDS)


@pytest.mark.parametrize("document", sorted(path.name for path in ROOT.glob("*.md")))
def test_every_make_target_that_a_document_names_exists(document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = re.findall(r"(?:^|`)make ([a-z-]+)", (ROOT / document).read_text(), re.MULTILINE)
    assert set(named) <= targets


@pytest.mark.parametrize("path", sorted((ROOT / "docs/decisions").glob("*.md")), ids=lambda path: path.name)
def test_every_decision_names_what_enforces_it(path: Path) -> None:
    assert "**Enforced by**" in path.read_text()
    for named in re.findall(r"`(tests/[\w/.]+|src/[\w/.]+)`", path.read_text()):
        assert (ROOT / named).exists(), named


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_reference(name: str) -> None:
    text = (ROOT / "docs/reference/settings.md").read_text()
    described = Settings.model_fields[name].description
    assert f"| `{variable_of(name)}` |" in text
    assert described
    assert described in text


@pytest.mark.parametrize("path", sorted((ROOT / "docs/how-to").glob("*.md")), ids=lambda path: path.name)
def test_every_setting_that_a_how_to_names_exists(path: Path) -> None:
    named = set(re.findall(r"\b(?:HOIST_[A-Z_]+[A-Z]|[A-Z]+_URL)\b", path.read_text()))
    assert named
    assert named <= {variable_of(name) for name in Settings.model_fields}


async def test_every_metric_is_in_the_reference_and_nothing_else(settings: Settings) -> None:
    text = (ROOT / "docs/reference/metrics.md").read_text()
    peers = {"redis_url": SecretStr("redis://127.0.0.1:1/0"), "ollama_host": "127.0.0.1:1"}
    async with opened_api(settings.model_copy(update=peers)) as api:
        families = list(text_string_to_metric_families((await api.get("/metrics")).text))
    names = {f"{each.name}_total" if each.type == "counter" else each.name for each in families}
    assert names == set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))
    for family in families:
        assert family.documentation in text


def test_every_file_that_the_architecture_names_exists() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    for named in re.findall(
        r"`((?:cli|api|cache|scraping|fetching|reading|opportunities|database)/\w+\.py)`", text
    ):
        assert (ROOT / "src/hoistscraper" / named).exists(), named


def test_every_proof_that_the_table_of_the_guard_names_exists() -> None:
    text = (ROOT / "docs/security/egress.md").read_text()
    named = re.findall(r"`((?:browsing/)?test_\w+\.py)(?:::(\w+)(…?))?", text)
    assert len(named) > 30
    for file, test, is_short in named:
        known = (ROOT / "tests/fetching" / file).read_text()
        assert not test or f"def {test}{'' if is_short else '('}" in known, test


def test_every_proof_and_place_that_security_names_exists() -> None:
    text = (ROOT / "SECURITY.md").read_text()
    proofs = re.findall(r"`((?:\w+/)*test_\w+\.py)(?:::(\w+))?`", text)
    assert len(proofs) > 20
    for file, test in proofs:
        known = (ROOT / "tests" / file).read_text()
        assert not test or f"def {test}(" in known, test
    places = re.findall(r"`((?:\w+/)*(?!test_)\w+\.py)`", text)
    assert len(places) > 15
    for place in places:
        assert (ROOT / "src/hoistscraper" / place).exists() or (ROOT / "tests" / place).exists(), place
