"""Files beside the database, which root and the folder's owner may both come to use."""

import os
from pathlib import Path


def open_file(path: Path, flags: int) -> int:
    """Open a file that only the folder's owner (and root) may read, made where it is missing."""
    # Nobody who may write in the folder can make root follow a link out of it.
    descriptor = os.open(path, flags | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    if os.geteuid() == 0:
        folder = path.parent.stat()
        os.fchown(descriptor, folder.st_uid, folder.st_gid)
    return descriptor
