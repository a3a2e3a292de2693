"""An OpenID Connect provider of PyPI, made strict: it holds clients to PKCE, and can misbehave on demand.

It signs by a key of its own, which it can exchange. Run as a program it prints the port that it answers at;
``POST /behave/MODE`` has it behave in another way.
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

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

Environ = dict[str, Any]
Start = Callable[..., Any]
Answer = tuple[str, list[tuple[str, str]], bytes]
_JSON = [("Content-Type", "application/json")]


class Strict:
    """Stands before the provider."""

    def __init__(self, app: Callable[[Environ, Start], Iterable[bytes]]) -> None:
        self._app = app
        self._challenges: dict[str, str] = {}
        self._mode = "well"
        self._key = RSAKey.generate_key(2048, auto_kid=True)

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith("/behave/"):
            self._behave(path.removeprefix("/behave/"))
            status, headers, body = "200 OK", _JSON, b"{}"
        elif self._mode == "down":
            status, headers, body = "503 Service Unavailable", _JSON, b"{}"
        elif path == "/jwks":
            keys = {"keys": [self._key.as_dict(private=False)]}
            status, headers, body = "200 OK", _JSON, json.dumps(keys).encode()
        elif path == "/oauth2/token":
            status, headers, body = self._token(environ)
        else:
            status, headers, body = self._asked(path, environ)
        named = [(name, value) for name, value in headers if name.lower() != "content-length"]
        start(status, [*named, ("Content-Length", str(len(body)))])
        return [body]

    def _behave(self, mode: str) -> None:
        self._mode = mode
        if mode == "by-new-key":
            self._key = RSAKey.generate_key(2048, auto_kid=True)

    def _asked(self, path: str, environ: Environ) -> Answer:
        status, headers, body = self._ask(environ)
        if path == "/oauth2/authorize" and environ["REQUEST_METHOD"] == "POST":
            self._remember(environ, dict(headers))
        if path == "/userinfo" and self._mode == "tells-of-somebody-else":
            body = json.dumps({**json.loads(body), "sub": "somebody-else"}).encode()
        if path == "/.well-known/openid-configuration":
            told = json.loads(body)
            if self._mode == "other-issuer":
                told["issuer"] = "https://login.example.net"
            if self._mode == "wants-tls-nowhere":
                told["token_endpoint"] = "http://192.0.2.1/token"
            body = json.dumps(told).encode()
        return status, headers, body

    def _remember(self, environ: Environ, headers: dict[str, str]) -> None:
        asked = parse_qs(environ["QUERY_STRING"])
        code = parse_qs(urlsplit(headers.get("Location", "")).query).get("code")
        if code and asked.get("code_challenge_method") == ["S256"]:
            self._challenges[code[0]] = asked["code_challenge"][0]

    def _token(self, environ: Environ) -> Answer:
        sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        form = parse_qs(sent.decode())
        verifier = form.get("code_verifier", [""])[0].encode()
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest()).decode().rstrip("=")
        if self._challenges.get(form.get("code", [""])[0]) != digest:
            return "400 Bad Request", _JSON, b'{"error": "invalid_grant"}'
        status, headers, body = self._ask({**environ, "wsgi.input": BytesIO(sent)})
        told = json.loads(body)
        if "id_token" in told:
            told["id_token"] = self._signed(told["id_token"])
        return status, headers, json.dumps(told).encode()

    def _signed(self, token: str) -> str:
        """Return a token of the same content, signed by our key, or as the mode says."""
        claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
        head = {"alg": "RS256", "kid": self._key.kid}
        if self._mode in {"sparse", "tells-of-somebody-else"}:
            claims = {name: value for name, value in claims.items() if not name.startswith("email")}
        if self._mode == "unsigned":
            _, payload, _ = jwt.encode(head, claims, self._key).split(".")
            bare = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).decode().rstrip("=")
            return f"{bare}.{payload}."
        if self._mode == "by-secret":
            secret = OctKey.import_key("the secret of a client, which is long enough")
            return jwt.encode({**head, "alg": "HS256"}, claims, secret)
        if self._mode == "by-other-key":
            return jwt.encode(head, claims, RSAKey.generate_key(2048))
        if self._mode == "long-ago":
            claims |= {"iat": claims["iat"] - 7200, "exp": claims["iat"] - 3600}
        if self._mode == "for-others":
            claims["aud"] = ["another-client"]
        return jwt.encode(head, claims, self._key)

    def _ask(self, environ: Environ) -> Answer:
        begun: list[Any] = []

        def start(
            status: str, headers: list[tuple[str, str]], _problem: object = None
        ) -> Callable[..., None]:
            begun[:] = [status, headers]
            return lambda _piece: None

        body = b"".join(self._app(environ, start))
        return begun[0], begun[1], body


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
