"""Optimisations can be switched, each by its own setting."""

import pytest

from hoistscraper.errors import Invalid
from hoistscraper.features import FEATURES, OFF, ON, Share
from hoistscraper.settings import Settings, load_settings


def test_every_feature_has_a_setting_and_the_other_way_round() -> None:
    settings = {
        name.removeprefix("features_") for name in Settings.model_fields if name.startswith("features_")
    }
    assert settings == set(FEATURES)


@pytest.mark.parametrize(
    ("text", "shown", "percent"),
    [("on", "on", 100), ("OFF", "off", 0), ("25%", "25%", 25), ("0.5%", "0.5%", 0.5), ("100%", "on", 100)],
)
def test_a_share_is_read_from_words(
    monkeypatch: pytest.MonkeyPatch, text: str, shown: str, percent: float
) -> None:
    monkeypatch.setenv("HOIST_FEATURES_COMPRESSION", text)
    share = Settings().features_compression
    assert (str(share), share.percent) == (shown, percent)


@pytest.mark.parametrize("text", ["", "maybe", "25", "101%", "-1%", "1.2.3%", "%"])
def test_anything_else_stops_the_start_with_a_sentence(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    load_settings.cache_clear()
    monkeypatch.setenv("HOIST_FEATURES_COMPRESSION", text)
    with pytest.raises(Invalid, match=r"HOIST_FEATURES_COMPRESSION: .*write on, off or a share such as 25%"):
        load_settings()
    load_settings.cache_clear()


def test_a_share_takes_about_as_many_as_it_says_and_always_the_same() -> None:
    names = [f"https://example{number}.org/" for number in range(2_000)]
    quarter, half = Share(25), Share(50)
    chosen = {name for name in names if quarter.includes(name)}
    assert 400 < len(chosen) < 600
    assert chosen == {name for name in names if quarter.includes(name)}
    assert chosen < {name for name in names if half.includes(name)}, "who is in stays in as a share grows"
    assert all(map(ON.includes, names))
    assert not any(map(OFF.includes, names))
