"""The OpenID Connect provider of the settings: authorization code, PKCE, state and nonce, by Authlib."""

import logging
from datetime import datetime
from typing import Any

from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import get_well_known_url
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from hoistscraper.accounts.journey import Journey
from hoistscraper.accounts.letters import own_address
from hoistscraper.accounts.provider_claims import Claims, NotConfirmed
from hoistscraper.accounts.provider_wire import Json, ProviderWire
from hoistscraper.settings import Settings, is_secret_kept

CALLBACK = "/api/session/oidc/callback"
_SCOPE = "openid email profile"
KEYS_KEPT_AT_LEAST_SECONDS = 30.0
_LEEWAY_SECONDS = 60
# By a key that the provider alone has; never "none", nor by a secret that several know.
_SIGNED_BY = frozenset("RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA".split())
_log = logging.getLogger(__name__)


class Provider:
    """Leads people there, and reads what they bring back."""

    def __init__(self, settings: Settings) -> None:
        if settings.oidc_issuer is None or settings.oidc_client_id is None:
            raise TypeError("the settings name no provider")
        self.name = settings.oidc_name
        self._issuer = settings.oidc_issuer
        self._client_id = settings.oidc_client_id
        self._secret = settings.oidc_client_secret
        self._callback = own_address(settings) + CALLBACK
        self._wire = ProviderWire(settings)

    async def close(self) -> None:
        """Stop asking, and end all connections."""
        await self._wire.close()

    async def check(self) -> None:
        """See that the provider describes itself as one that people can be sent to.

        :raises ProviderNotUsable: it does not answer, or not so that it can be used.
        """
        description = await self._description()
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            self._endpoint(description, name)

    async def way_there(self, journey: Journey) -> str:
        """Return the address at which somebody signs in at the provider.

        :raises Unavailable: the provider does not answer.
        """
        description = await self._description()
        address: str = prepare_grant_uri(
            self._endpoint(description, "authorization_endpoint"),
            self._client_id,
            "code",
            redirect_uri=self._callback,
            scope=_SCOPE,
            state=journey.state,
            nonce=journey.nonce,
            code_challenge=create_s256_code_challenge(journey.verifier),
            code_challenge_method="S256",
        )
        return address

    async def claims(self, code: str, journey: Journey, *, issuer: str | None, at: datetime) -> Claims:
        """Return who came back with a code.

        :raises NotConfirmed: the provider does not confirm it, or what it says is not to be trusted.
        :raises Unavailable: the provider does not answer.
        """
        if issuer is not None and issuer != self._issuer:
            raise self._not_confirmed("it came from another provider")
        description = await self._description()
        tokens = await self._tokens(description, code, journey)
        claims = await self._verified(description, tokens, journey, at=at)
        if "email" not in claims and description.get("userinfo_endpoint"):
            claims = {**await self._user_info(description, tokens, str(claims["sub"])), **claims}
        email, verified, name = claims.get("email"), claims.get("email_verified"), claims.get("name")
        return Claims(
            issuer=self._issuer,
            subject=str(claims["sub"]),
            email=email if isinstance(email, str) else None,
            # Some providers write it as text.
            is_email_verified=verified is True or verified == "true",
            name=name if isinstance(name, str) else None,
        )

    async def _description(self) -> Json:
        address = get_well_known_url(self._issuer, external=True)
        description = await self._wire.document(address)
        if description.get("issuer") != self._issuer:
            self._wire.forget(address)
            raise self._wire.unavailable(f"what is told at {address} is of another issuer")
        return description

    async def _tokens(self, description: Json, code: str, journey: Journey) -> Json:
        address = self._endpoint(description, "token_endpoint")
        body = prepare_token_request(
            "authorization_code", code=code, redirect_uri=self._callback, code_verifier=journey.verifier
        )
        secret = self._secret.get_secret_value() if self._secret else None
        auth = ClientAuth(self._client_id, secret, self._auth_method(description))
        address, headers, body = auth.prepare("POST", address, {}, body)
        answer = await self._wire.post(address, headers, body)
        if answer.status in {400, 403}:
            raise self._not_confirmed(f"its answer had the status {answer.status}")
        tokens = self._wire.told(answer)
        if not isinstance(tokens.get("id_token"), str):
            raise self._not_confirmed("it sent no ID token")
        return tokens

    async def _verified(self, description: Json, tokens: Json, journey: Journey, *, at: datetime) -> Json:
        try:
            read = await self._read(description, tokens["id_token"])
            claims = CodeIDToken(
                read.claims,
                read.header,
                {
                    "iss": {"essential": True, "value": self._issuer},
                    "aud": {"essential": True, "value": self._client_id},
                    "sub": {"essential": True, "allow_blank": False},
                },
                {
                    "nonce": journey.nonce,
                    "client_id": self._client_id,
                    "access_token": tokens.get("access_token"),
                },
            )
            claims.validate(now=int(at.timestamp()), leeway=_LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise self._not_confirmed(f"its ID token is not right ({type(error).__name__})") from error
        return dict(claims)

    async def _read(self, description: Json, token: str) -> jwt.Token:
        named = description.get("id_token_signing_alg_values_supported")
        algorithms = _SIGNED_BY.intersection(named if isinstance(named, list) else ["RS256"])
        address = self._endpoint(description, "jwks_uri")
        try:
            return jwt.decode(token, await self._keys(address), algorithms=algorithms)
        except (JoseError, ValueError):
            # It may have been signed by a key that is newer than those we know.
            if not self._wire.is_older(address, KEYS_KEPT_AT_LEAST_SECONDS):
                raise
            self._wire.forget(address)
            return jwt.decode(token, await self._keys(address), algorithms=algorithms)

    async def _keys(self, address: str) -> KeySet:
        keys: Any = await self._wire.document(address)
        return KeySet.import_key_set(keys)

    async def _user_info(self, description: Json, tokens: Json, subject: str) -> Json:
        address = self._endpoint(description, "userinfo_endpoint")
        told = await self._wire.read(address, {"Authorization": f"Bearer {tokens.get('access_token')}"})
        if told.get("sub") != subject:
            raise self._not_confirmed("it told of somebody else")
        return told

    def _endpoint(self, description: Json, name: str) -> str:
        address = description.get(name)
        if not isinstance(address, str) or not is_secret_kept(address):
            raise self._wire.unavailable(f"it names no {name} that is reached by TLS")
        return address

    def _auth_method(self, description: Json) -> str:
        if self._secret is None:
            return "none"
        taken = description.get("token_endpoint_auth_methods_supported")
        is_posted = isinstance(taken, list) and "client_secret_basic" not in taken
        return "client_secret_post" if is_posted else "client_secret_basic"

    def _not_confirmed(self, why: str) -> NotConfirmed:
        _log.warning("the provider %s did not confirm who came from it: %s", self._issuer, why)
        return NotConfirmed(self.name, why)
