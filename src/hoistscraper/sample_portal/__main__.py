"""Serve the sample portal by hand: ``python -m hoistscraper.sample_portal``."""

import argparse
import asyncio
import sys
from contextlib import suppress

from hoistscraper.errors import HoistError
from hoistscraper.sample_portal.server import DEFAULT_PORT, serve


def main() -> int:
    """Serve until Ctrl-C; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m hoistscraper.sample_portal",
        description="Serve the sample portal on this machine until Ctrl-C.",
    )
    parser.add_argument(
        "--port", type=int, default=DEFAULT_PORT, help="port to listen on; 0 takes any free one (%(default)s)"
    )
    port: int = parser.parse_args().port
    with suppress(KeyboardInterrupt):
        try:
            asyncio.run(_serve_until_stopped(port))
        except HoistError as error:
            sys.stderr.write(f"{error.message}\n")
            return 1
    return 0


async def _serve_until_stopped(port: int) -> None:
    async with serve(port=port) as portal:
        sys.stdout.write(f"The sample portal is at {portal.url} (Ctrl-C ends it).\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    sys.exit(main())
