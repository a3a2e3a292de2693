"""Who acts at the command line, for the audit trail."""

import os
import pwd

from hoistscraper.accounts.actor import Actor, ActorKind
from hoistscraper.accounts.roles import Role
from hoistscraper.audit.trail import Trail

ORIGIN = "command line"


def trail_here() -> Trail:
    """Return what the entries of this command have in common: the account of the system that runs it."""
    actor = Actor(ActorKind.SYSTEM, f"{_account()} (command line)", Role.ADMINISTRATOR)
    return Trail(actor, origin=ORIGIN)


def _account() -> str:
    # The system is asked, for environment variables are set by whoever likes.
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()}"
