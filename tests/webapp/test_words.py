"""Every setting and switch is told in French, too, though the server speaks English."""

import re

from build import FRONTEND

from hoistscraper.settings import Settings

_SWITCH = "features_"
_WORDS = FRONTEND / "src" / "words" / "fr"


def keys_in(file: str, pattern: str) -> set[str]:
    """Return the keys of a file of words that have a text."""
    return set(re.findall(rf'^  {pattern}: "[^"]+",$', (_WORDS / file).read_text("utf-8"), re.MULTILINE))


def test_every_setting_is_told_in_french() -> None:
    running = keys_in("settings.ts", r'"setting\.(\w+)_what"')
    before_the_start = keys_in("descriptions.ts", r"(\w+)")
    assert running & before_the_start == set()
    assert running | before_the_start == {
        name for name in Settings.model_fields if not name.startswith(_SWITCH)
    }


def test_every_switch_is_told_in_french() -> None:
    switches = {name.removeprefix(_SWITCH) for name in Settings.model_fields if name.startswith(_SWITCH)}
    assert keys_in("settings.ts", r'"switch\.(\w+)"') == switches
