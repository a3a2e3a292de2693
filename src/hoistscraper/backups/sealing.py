"""Locking a backup with a passphrase, in the format of age (https://age-encryption.org/v1).

A key of its own locks each backup. That key lies beside, locked by Fernet with what scrypt makes of the
passphrase: always at the same cost, for age itself refuses what took long to lock where a machine is busy.
"""

import base64
import os
from dataclasses import dataclass
from typing import Self

import pyrage
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from hoistscraper.backups.streams import PIECE, Measured, Reader, Writer
from hoistscraper.errors import Invalid, Refused

LEAST_PASSPHRASE = 12
SUFFIX = ".age"
_LARGEST_KEY = 4096
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Lock:
    """The key of one backup."""

    identity: pyrage.x25519.Identity

    @classmethod
    def new(cls) -> Self:
        """Make a key that nobody has."""
        return cls(pyrage.x25519.Identity.generate())

    def locked_key(self, passphrase: str) -> bytes:
        """Return the key, locked with a passphrase; takes 128 MB for a moment, as each guess does.

        :raises Invalid: the passphrase would soon be guessed.
        """
        if len(passphrase) < LEAST_PASSPHRASE:
            raise Invalid(
                f"The passphrase is too short: take {LEAST_PASSPHRASE} characters or more, such as five "
                "words."
            )
        salt = os.urandom(_SALT_BYTES)
        return salt + _fernet(salt, passphrase).encrypt(str(self.identity).encode())

    @classmethod
    def open(cls, locked: bytes, passphrase: str) -> Self:
        """Return the key that was locked.

        :raises Refused: the passphrase is another one.
        """
        if len(locked) > _LARGEST_KEY:
            raise Refused("The backup is damaged: its key cannot be read. Use another one.")
        try:
            text = _fernet(locked[:_SALT_BYTES], passphrase).decrypt(locked[_SALT_BYTES:]).decode()
            return cls(pyrage.x25519.Identity.from_str(text))
        except InvalidToken:
            raise Refused("The passphrase is not the one that this backup was locked with.") from None
        except (pyrage.IdentityError, UnicodeDecodeError):
            raise Refused("The backup is damaged: its key cannot be read. Use another one.") from None

    def seal(self, source: Reader, target: Writer) -> None:
        """Read all of a source and write it locked.

        :raises OSError: it cannot be written.
        """
        watched_source, watched_target = _Watched(source=source), _Watched(target=target)
        try:
            pyrage.encrypt_io(watched_source, watched_target, [self.identity.to_public()])
        except (pyrage.EncryptError, OSError):
            # The library tells what our own ends said as a text only.
            raise_first(watched_source, watched_target)
            raise

    def unseal(self, source: Reader, target: Writer) -> None:
        """Read what was locked and write it open.

        :raises Refused: it was altered or cut.
        """
        watched_source, watched_target = _Watched(source=source), _Watched(target=target)
        try:
            pyrage.decrypt_io(watched_source, watched_target, [self.identity])
        except (pyrage.DecryptError, OSError):
            raise_first(watched_source, watched_target)
            raise Refused("The backup is damaged: it was altered or cut. Use another one.") from None


def _fernet(salt: bytes, passphrase: str) -> Fernet:
    key = Scrypt(salt=salt, length=32, n=2**17, r=8, p=1).derive(passphrase.encode())
    return Fernet(base64.urlsafe_b64encode(key))


def copy(source: Reader, target: Writer) -> None:
    """Read all of a source and write it as it is."""
    while piece := source.read(PIECE):
        target.write(piece)


class _Watched:
    """One end of a stream; remembers what went wrong there."""

    def __init__(self, *, source: Reader | None = None, target: Writer | None = None) -> None:
        self._source = source
        self._target = target or Measured()
        self.problem: BaseException | None = None

    def read(self, size: int = -1, /) -> bytes:
        try:
            return self._source.read(size) if self._source else b""
        except BaseException as problem:
            self.problem = problem
            raise

    def write(self, piece: bytes, /) -> int:
        try:
            return self._target.write(piece)
        except BaseException as problem:
            self.problem = problem
            raise

    def flush(self) -> None:
        """Do nothing: what is written is passed on at once."""


def raise_first(*watched: _Watched) -> None:
    """Raise what went wrong at one of our own ends, if anything did."""
    for each in watched:
        if each.problem:
            raise each.problem
