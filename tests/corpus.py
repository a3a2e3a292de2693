"""Where reviewed pages of real websites are kept beside the repository, which holds none of them."""

from os import environ
from pathlib import Path

import pytest

_BESIDE = Path(__file__).parents[2] / "shared" / "corpus"


def corpus_or_skip() -> Path:
    """Return the folder that ``CORPUS_DIR`` names, else the one beside the repository; skip without one."""
    folder = Path(environ.get("CORPUS_DIR", _BESIDE))  # noqa: TID251 - where tests look is no setting
    if not (folder / "dev" / "manifest.jsonl").is_file():
        pytest.skip(f"no saved pages in {folder}: set CORPUS_DIR to a folder that has dev/manifest.jsonl")
    return folder / "dev"
