"""Have a build of the package hold the web app."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent / "frontend"))

from build import NODE_REQUIREMENT, build, is_built


class WebApp(BuildHookInterface[Any]):
    """Builds it where it is not built of these sources yet; an sdist ships it built."""

    def dependencies(self) -> list[str]:
        """Return what the build needs beyond hatchling."""
        return [] if is_built() else [NODE_REQUIREMENT]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, before files are gathered."""
        build()
