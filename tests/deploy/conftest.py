"""A system under watch: a queue, a worker's settings, and a database of its own."""

from tests.queue.conftest import patient, queue, until

__all__ = ["patient", "queue", "until"]
