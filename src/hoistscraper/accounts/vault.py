"""The vault: locks log-ins and opens them again, each for the website it was given for."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from hoistscraper.accounts.errors import Unreadable
from hoistscraper.accounts.keys import VARIABLE, ensure_keys, key_file, load_keys

if TYPE_CHECKING:
    from hoistscraper.settings import Settings


class Vault:
    """Locks with the newest key and opens with any of them; holds no log-in itself."""

    def __init__(self, keys: Sequence[Fernet], key_place: str) -> None:
        self._keys = MultiFernet(keys)
        self._key_place = key_place

    def lock(self, secrets: Mapping[str, object], *, origin: str) -> bytes:
        """Return the secrets of a log-in, unreadable without the key."""
        return self._keys.encrypt(json.dumps({"origin": origin, "secrets": dict(secrets)}).encode())

    def unlock(self, locked: bytes, *, origin: str) -> dict[str, object]:
        """Return the secrets.

        :raises Unreadable: no key of ours opens them, or they were given for another website.
        """
        try:
            opened: dict[str, object] = json.loads(self._keys.decrypt(locked))
        except InvalidToken:
            raise self._unreadable(origin) from None
        secrets = opened.get("secrets")
        # Whoever can write to the database must not be able to have one website's password sent to another.
        if opened.get("origin") != origin or not isinstance(secrets, dict):
            raise self._unreadable(origin)
        return secrets

    def relock(self, locked: bytes, *, origin: str) -> bytes:
        """Return the same secrets, locked with the newest key.

        :raises Unreadable: no key of ours opens them.
        """
        try:
            return self._keys.rotate(locked)
        except InvalidToken:
            raise self._unreadable(origin) from None

    def _unreadable(self, origin: str) -> Unreadable:
        return Unreadable(
            f"The log-in stored for {origin} cannot be opened with the key in {self._key_place}; put back "
            "the key it was stored with, or set the log-in again with `hoistscraper credential set URL`."
        )


def open_vault(settings: "Settings", *, may_make_key: bool = False) -> Vault:
    """Return the vault of these settings; only where nothing is locked yet may its key be made.

    :raises KeyMissing: there is no key.
    :raises KeyRefused: the key is malformed, or open to other users.
    """
    keys = ensure_keys(settings) if may_make_key else load_keys(settings)
    return Vault(keys, VARIABLE if settings.credential_key else str(key_file(settings)))
