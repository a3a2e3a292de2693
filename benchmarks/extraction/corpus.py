"""A folder of saved pages with reviewed answers, and the program beside it that scores readings of them."""

import json
import runpy
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SCORER = "score.py"


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved page: its file, the address it was saved from, and its answers where there are any."""

    file: Path
    url: str | None
    portal: str
    gold: dict[str, Any] | None
    is_shell: bool


@dataclass(frozen=True, slots=True)
class Corpus:
    """``folder`` holds manifest.jsonl, pages/ and gold/; score.py stands in it or beside it."""

    folder: Path
    scorer: Path

    def pages(self) -> list[Saved]:
        """Return all pages in the manifest's order."""
        lines = (self.folder / "manifest.jsonl").read_text("utf-8").splitlines()
        return [self._page(json.loads(line)) for line in lines]

    def _page(self, listed: dict[str, Any]) -> Saved:
        file = self.folder / listed["file"]
        answers = self.folder / "gold" / Path(listed["file"]).relative_to("pages").with_suffix(".json")
        gold = json.loads(answers.read_text("utf-8")) if answers.is_file() else None
        return Saved(file, listed.get("url"), listed["portal"], gold, bool(listed.get("js_shell")))

    def score(self, command: Sequence[str], folder: Path | None = None) -> dict[str, float | None]:
        """Return the figures of a command that reads the pages, of this folder or of a changed copy."""
        run = subprocess.run(
            [sys.executable, str(self.scorer), str(folder or self.folder), "--json", "--", *command],
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode or not run.stdout.startswith("{"):
            raise SystemExit(f"{self.scorer} failed: {run.stderr.strip()[-500:] or run.stdout[-500:]}")
        figures: dict[str, float | None] = json.loads(run.stdout)
        return figures

    def rules(self) -> dict[str, Callable[..., Any]]:
        """Return the scoring program's own functions, such as its judgement of one field."""
        return runpy.run_path(str(self.scorer))


def open_corpus(folder: Path) -> Corpus:
    """Return the corpus in a folder; end with a sentence where there is none."""
    if not (folder / "manifest.jsonl").is_file():
        raise SystemExit(f"{folder} has no manifest.jsonl: name a folder of saved pages, such as corpus/dev.")
    places = [each / _SCORER for each in (folder, folder.resolve().parent)]
    scorer = next((place for place in places if place.is_file()), None)
    if scorer is None:
        raise SystemExit(f"There is no {_SCORER} in {folder} or beside it, which scores the readings.")
    return Corpus(folder, scorer)
