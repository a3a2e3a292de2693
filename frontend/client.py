"""Write the types of our client from what the API says of itself: ``make web-client``."""

import json
import sys
from hashlib import sha256
from tempfile import NamedTemporaryFile
from types import SimpleNamespace
from typing import Any, cast

from build import FRONTEND, BuildFailed, install, run

from hoistscraper.api.app import build_app
from hoistscraper.api.parts import Parts
from hoistscraper.settings import Settings

SCHEMA = FRONTEND / "src" / "api" / "schema.ts"


def description() -> dict[str, Any]:
    """Return what the API says of itself, without examples, which no type is made of."""
    # Its routes are declared without their parts being open.
    app = build_app(cast("Parts", SimpleNamespace(settings=Settings())))
    return cast("dict[str, Any]", _plain(app.openapi()))


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items() if key not in {"example", "examples"}}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def mark(said: dict[str, Any]) -> str:
    """Return the first line of types that are made of a description."""
    return (
        f"// Of the API's description {sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]}."
    )


def main() -> int:
    """Write the types anew."""
    said = description()
    try:
        install()
        with NamedTemporaryFile("w", suffix=".json") as file:
            file.write(json.dumps(said))
            file.flush()
            # What has a default may be left out of a request; answers say for themselves what they hold.
            options = ("--output", str(SCHEMA), "--default-non-nullable", "false")
            run("exec", "--", "openapi-typescript", file.name, *options, failing="No types came.")
    except BuildFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    SCHEMA.write_text(f"{mark(said)}\n{SCHEMA.read_text()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
