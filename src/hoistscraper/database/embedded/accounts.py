"""The user account that the server runs under: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hoistscraper.errors import Refused

NAME = "hoistscraper"
# Nothing of the caller's environment (PGDATA, PGPORT, a language) may change what the server does or says.
_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True, slots=True)
class Account:
    """A user of this machine; ``name`` is ``None`` where only the number is known."""

    uid: int
    gid: int
    name: str | None

    def run(
        self,
        command: Sequence[str | Path],
        *,
        typed: str = "",
        output: int = subprocess.PIPE,
        keep_open: Sequence[int] = (),
    ) -> subprocess.CompletedProcess[str]:
        """Run a command under this account, away from our terminal, and wait for its end.

        ``keep_open`` are file descriptors that it inherits; both its outputs go to ``output``.

        :raises PermissionError: the account may not run the command.
        :raises Refused: root may not become another user here.
        """
        switching = os.geteuid() != self.uid
        try:
            return subprocess.run(  # noqa: S603 - no shell; programs and arguments are ours
                command,
                input=typed,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                check=False,
                cwd="/",
                env=_ENVIRONMENT,
                umask=0o077,
                pass_fds=tuple(keep_open),
                start_new_session=True,
                user=self.uid if switching else None,
                group=self.gid if switching else None,
                extra_groups=[] if switching else None,
            )
        except PermissionError as error:
            if error.filename is not None:
                raise
            raise Refused(
                f"PostgreSQL does not run as root, and root may not become {self} here: "
                "run this as an ordinary user, or give a PostgreSQL of yours in DATABASE_URL."
            ) from error

    def can_enter(self, folder: Path) -> bool:
        """Say whether this account reaches a folder, asking the machine, which knows more than mode bits."""
        return self.run(["/bin/sh", "-c", 'cd -- "$1"', "sh", folder]).returncode == 0

    def __str__(self) -> str:
        return self.name or f"user number {self.uid}"


def current_account() -> Account:
    """Return the account that runs this process."""
    return account_of(os.geteuid(), os.getegid())


def account_of(uid: int, gid: int) -> Account:
    """Return the account with a number, which need not have a name."""
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return Account(uid, gid, None)
    return Account(uid, entry.pw_gid, entry.pw_name)


def service_account() -> Account:
    """Return the account that runs the server for root: one of its own wherever one can be had.

    :raises Refused: this machine has no account for it.
    """
    found = _named(NAME) or _created(NAME) or _named("postgres") or _named("nobody")
    if found is None:
        raise Refused(
            "PostgreSQL does not run as root, and this machine has no other user for it: "
            f"add one named {NAME}, or give a PostgreSQL of yours in DATABASE_URL."
        )
    return found


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid, name)


def _created(name: str) -> Account | None:
    path = f"{os.defpath}:/usr/sbin:/sbin"
    root = current_account()
    if useradd := shutil.which("useradd", path=path):
        options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        root.run([useradd, *options, "--shell", "/usr/sbin/nologin", name])
    elif adduser := shutil.which("adduser", path=path):
        root.run([adduser, "-S", "-D", "-H", "-s", "/sbin/nologin", name])
    # Whether it worked, or another command did it in the meantime, is told by the account being there.
    return _named(name)
