"""Documents are opened in a process of their own, which may take so much memory and so much time.

A file of some kilobytes may unpack to gigabytes, and the library that reads PDF ends the process that it runs
in when there is no memory for them. So none of our other processes opens a document, or loads what does.
"""

import json
import os
import subprocess
import sys

from hoistscraper.reading.documents.told import Told, UnreadableDocument

_MODULE = "hoistscraper.reading.documents"
_LONGEST_WAIT_SECONDS = 60  # on a machine that has no time to spare
# Of the environment only what programs are found by: nothing secret.
_ENVIRONMENT = frozenset("PATH PYTHONPATH PYTHONHOME LD_LIBRARY_PATH LANG LC_ALL TZ".split())


def open_apart(content: bytes) -> Told:
    """Return what a PDF or Word document says.

    :raises UnreadableDocument: nothing of it can be read, or it takes more than is given to one.
    """
    try:
        done = subprocess.run(  # noqa: S603 - a module of ours, without a shell
            [sys.executable, "-P", "-m", _MODULE],
            input=content,
            capture_output=True,
            check=True,
            timeout=_LONGEST_WAIT_SECONDS,
            env={name: value for name, value in os.environ.items() if name in _ENVIRONMENT},
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise UnreadableDocument(
            "This document takes more memory or time than is given to one; nothing of it is read."
        ) from error
    answer = json.loads(done.stdout)
    if "unreadable" in answer:
        raise UnreadableDocument(answer["unreadable"])
    return Told(answer["html"], tuple(answer["pages"]), answer["note"])
