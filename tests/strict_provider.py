"""An OpenID Connect provider of PyPI, made strict: it holds clients to PKCE, and can misbehave on demand.

Run as a program it prints the port that it answers at; ``POST /behave/MODE`` has it misbehave.
"""

import base64
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

Environ = dict[str, Any]
Start = Callable[..., Any]
MODES = ("well", "unsigned", "by-secret", "by-other-key", "down", "other-issuer", "wants-tls-nowhere")


class Strict:
    """Stands before the provider."""

    def __init__(self, app: Callable[[Environ, Start], Iterable[bytes]]) -> None:
        self._app = app
        self._challenges: dict[str, str] = {}
        self._mode = "well"

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if path.startswith("/behave/"):
            self._mode = path.removeprefix("/behave/")
            return _answered(start, "200 OK", {})
        if self._mode == "down":
            return _answered(start, "503 Service Unavailable", {})
        if (path, method) == ("/oauth2/token", "POST"):
            return self._token(environ, start)
        status, headers, body = self._ask(environ)
        if (path, method) == ("/oauth2/authorize", "POST"):
            self._remember(environ, dict(headers))
        if path == "/.well-known/openid-configuration":
            told = json.loads(body)
            if self._mode == "other-issuer":
                told["issuer"] = "https://login.example.net"
            if self._mode == "wants-tls-nowhere":
                told["token_endpoint"] = "http://192.0.2.1/token"
            return _answered(start, status, told)
        start(status, headers)
        return [body]

    def _remember(self, environ: Environ, headers: dict[str, str]) -> None:
        asked = parse_qs(environ["QUERY_STRING"])
        code = parse_qs(urlsplit(headers.get("Location", "")).query).get("code")
        if code and asked.get("code_challenge_method") == ["S256"]:
            self._challenges[code[0]] = asked["code_challenge"][0]

    def _token(self, environ: Environ, start: Start) -> Iterable[bytes]:
        sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        form = parse_qs(sent.decode())
        verifier = form.get("code_verifier", [""])[0].encode()
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest()).decode().rstrip("=")
        if self._challenges.get(form.get("code", [""])[0]) != digest:
            return _answered(start, "400 Bad Request", {"error": "invalid_grant"})
        status, _, body = self._ask({**environ, "wsgi.input": BytesIO(sent)})
        told = json.loads(body)
        if "id_token" in told and self._mode in {"unsigned", "by-secret", "by-other-key"}:
            told["id_token"] = _forged(told["id_token"], self._mode)
        return _answered(start, status, told)

    def _ask(self, environ: Environ) -> tuple[str, list[tuple[str, str]], bytes]:
        begun: list[Any] = []

        def start(
            status: str, headers: list[tuple[str, str]], _problem: object = None
        ) -> Callable[..., None]:
            begun[:] = [status, headers]
            return lambda _piece: None

        body = b"".join(self._app(environ, start))
        return begun[0], begun[1], body


def _answered(start: Start, status: str, told: object) -> list[bytes]:
    body = json.dumps(told).encode()
    start(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def _forged(token: str, mode: str) -> str:
    """Return a token of the same content, not signed by the provider's key."""
    from joserfc import jwt  # noqa: PLC0415
    from joserfc.jwk import OctKey, RSAKey  # noqa: PLC0415

    head, payload, _ = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    named = json.loads(base64.urlsafe_b64decode(head + "=="))
    if mode == "unsigned":
        bare = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).decode().rstrip("=")
        return f"{bare}.{payload}."
    if mode == "by-secret":
        key = OctKey.import_key("the secret of a client, which is long enough")
        return jwt.encode({"alg": "HS256"}, claims, key)
    return jwt.encode(named, claims, RSAKey.generate_key(2048))


def main() -> None:
    """Serve until the pipe to whoever started us ends."""
    from oidc_provider_mock import app  # noqa: PLC0415
    from werkzeug.serving import make_server  # noqa: PLC0415

    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    server = make_server("127.0.0.1", 0, Strict(app(require_nonce=True)), threaded=True)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
