"""The web app is built when its sources changed, and only then."""

from pathlib import Path

import build
import pytest


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of sources, and a built app that was made of them."""
    frontend, web = tmp_path / "frontend", tmp_path / "web"
    (frontend / "src").mkdir(parents=True)
    web.mkdir()
    (frontend / "package.json").write_text("{}")
    (frontend / "src" / "page.tsx").write_text("one")
    monkeypatch.setattr(build, "FRONTEND", frontend)
    monkeypatch.setattr(build, "_STAMP", web / "stamp")
    (web / "stamp").write_text(build.sources_stamp())
    return frontend


def test_what_was_built_of_these_sources_is_not_built_again(sources: Path) -> None:
    build.build()
    (sources / "node_modules").mkdir()
    (sources / "node_modules" / "installed").write_text("whatever")
    assert build.is_built()


@pytest.mark.parametrize("change", ["another text", "another name"])
def test_a_change_asks_for_a_build(sources: Path, change: str) -> None:
    page = sources / "src" / "page.tsx"
    if change == "another text":
        page.write_text("two")
    else:
        page.rename(page.with_name("other.tsx"))
    assert not build.is_built()


def test_a_failure_says_what_to_do(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (sources / "src" / "page.tsx").write_text("two")
    (sources / "package-lock.json").write_text("no lock file")
    monkeypatch.setattr(build, "_INSTALLED", sources / "node_modules" / "installed")
    with pytest.raises(build.BuildFailed, match="NPM_CONFIG_REGISTRY"):
        build.build()
    assert not build.is_built()
