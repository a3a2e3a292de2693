"""A check of packages that could not ask never passes in silence."""

import json

import pytest

from checks import advisories


def answer(*packages: dict[str, object]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


GOOD: dict[str, object] = {"name": "a", "version": "1", "vulns": []}
BAD: dict[str, object] = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1"}]}
SKIPPED: dict[str, object] = {"name": "c", "skip_reason": "not found"}


def test_what_was_skipped_was_not_checked() -> None:
    assert advisories.judged_python("x.lock", answer(GOOD))[0] is True
    assert advisories.judged_python("x.lock", answer(GOOD, SKIPPED))[0] is None
    assert advisories.judged_python("x.lock", answer())[0] is None
    assert advisories.judged_python("x.lock", "no JSON")[0] is None
    is_good, sentence = advisories.judged_python("x.lock", answer(SKIPPED, BAD))
    assert (is_good, sentence) == (False, "x.lock: b 2: PYSEC-1")


def test_only_what_is_worse_than_low_stops() -> None:
    def told(**counts: int) -> str:
        return json.dumps({"metadata": {"vulnerabilities": {**counts, "total": sum(counts.values())}}})

    assert advisories.judged_node(told(low=3, high=0))[0] is True
    assert advisories.judged_node(told(high=1))[0] is False
    assert advisories.judged_node('{"error": {"code": "ENOAUDIT"}}')[0] is None


@pytest.mark.parametrize(
    ("answers", "usual", "strict"),
    [
        ([(True, "x")], 0, 0),
        ([(None, "x")], 0, 1),
        ([(False, "x")], 1, 1),
        ([(True, "x"), (None, "y")], 0, 1),
    ],
)
def test_a_release_is_stricter(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answers: list[tuple[bool | None, str]],
    usual: int,
    strict: int,
) -> None:
    monkeypatch.setattr(advisories, "python_packages", lambda: iter(answers))
    monkeypatch.setattr(advisories, "node_packages", lambda: iter(()))
    assert (advisories.main([]), advisories.main(["--strict"])) == (usual, strict)
    if (None, "x") in answers:
        assert f"{advisories.NOT_ASKED}: x" in capsys.readouterr().out
