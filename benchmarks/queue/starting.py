"""A worker from the start of its process to its first job, with a job waiting.

The language model's server is the worst that there is: it accepts connections and never answers.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from statistics import median

import psycopg

from benchmarks.scrape.figures import Figure
from benchmarks.scrape.surroundings import Surroundings
from hoistscraper.database.urls import client_url, parse_url

COMMAND = (sys.executable, "-c", "from hoistscraper.cli.main import main; main()")
FIRST_BEGIN = "SELECT started_at FROM scrape_job WHERE id = %s"


def measure_starts(around: Surroundings, rounds: int) -> list[Figure]:
    """Return how long a worker takes to its first job."""
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        host = f"127.0.0.1:{black_hole.getsockname()[1]}"
        seconds = [_start(around, host) for _ in range(rounds + 1)][1:]
    budget = 1.0
    return [Figure(of="worker", name="start to first job", value=median(seconds), unit="s", budget=budget)]


def _start(around: Surroundings, language_model: str) -> float:
    queued = subprocess.run(
        [*COMMAND, "scrape", "--queue", around.listing_url], capture_output=True, text=True, check=True
    )
    job_id = queued.stdout.split("job ", 1)[1].split()[0]
    with psycopg.connect(client_url(parse_url(around.database_url)), autocommit=True) as connection:
        started = datetime.now(UTC)  # noqa: TID251 - measured against the database's clock on this machine
        environment = os.environ | {"OLLAMA_HOST": language_model}
        with subprocess.Popen([*COMMAND, "worker"], stdout=subprocess.DEVNULL, env=environment) as worker:
            while True:
                row = connection.execute(FIRST_BEGIN, [job_id]).fetchone()
                # An earlier worker may have put the same job back.
                if row and row[0] and row[0] > started:
                    break
                time.sleep(0.002)
            worker.send_signal(signal.SIGTERM)
    begun: datetime = row[0]
    return (begun - started).total_seconds()
