"""Questions to the API of a server of ours."""

import json
from http.client import HTTPConnection
from typing import Any

_PATIENCE_SECONDS = 30


def ask(origin: str, path: str, body: object = None, method: str = "POST") -> dict[str, Any]:
    """Return what the API answers; with a body, something is asked to be done, by a method."""
    connection = HTTPConnection(origin.removeprefix("http://"), timeout=_PATIENCE_SECONDS)
    try:
        if body is None:
            connection.request("GET", path)
        else:
            connection.request(method, path, json.dumps(body), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        told: dict[str, Any] = json.load(answer)
    finally:
        connection.close()
    if answer.status >= 400:
        raise SystemExit(f"{path} is answered with {answer.status}: {told.get('detail')}")
    return told
