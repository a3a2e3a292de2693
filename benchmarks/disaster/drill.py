"""The disasters, one after the other, each over the same database."""

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.disaster.machine import Machine, Rows, Said
from hoistscraper.database.embedded import leases

_LEAST_GROWN_BYTES = 2_000
_LOOK_SECONDS = 0.01
_ANOTHER = "thirteen otters under a dry roof"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a disaster came to; ``faults`` are promises that were broken."""

    disaster: str
    said: str
    faults: tuple[str, ...] = ()


@dataclass(slots=True)
class Drill:
    """Machine ``first`` has everything; ``second`` is new each time. ``backup`` is the last that was made."""

    folder: Path
    first: Machine
    chance: Random
    held: Rows = field(default_factory=dict)
    backup: Path = Path()
    machines: int = 0

    @property
    def backups(self) -> Path:
        """The folder that outlives the machines."""
        return self.folder / "backups"

    def play(self) -> Iterator[Outcome]:
        """Play all of them; the machine is lost at the end."""
        for disaster in (
            self.back_up,
            self.cut,
            self.flip_a_byte,
            self.take_a_wrong_passphrase,
            self.fill_the_disk,
            self.kill_a_backup,
            self.kill_a_restore,
            self.restore_over_what_is_there,
            self.lose_the_machine,
        ):
            yield disaster()

    def back_up(self) -> Outcome:
        self.held = self.first.rows()
        said = self.first.run("backup", "--to", str(self.backups))
        self.backup = self._newest()
        return Outcome(
            "a backup, nothing happens", said.text, tuple(self._unless(said.code == 0, "it failed"))
        )

    def cut(self) -> Outcome:
        whole = self.backup.read_bytes()
        return self._refused("a backup that was cut in the middle", whole[: len(whole) // 2])

    def flip_a_byte(self) -> Outcome:
        altered = bytearray(self.backup.read_bytes())
        altered[self.chance.randrange(len(altered))] ^= 1 << self.chance.randrange(8)
        return self._refused("one bit of a backup flipped", bytes(altered))

    def take_a_wrong_passphrase(self) -> Outcome:
        machine = self._new_machine()
        said = machine.run("restore", str(self.backup), passphrase=_ANOTHER)
        faults = [*self._one_sentence(said), *self._unless(machine.is_empty(), "something was restored")]
        return Outcome("a wrong passphrase", said.text, tuple(faults))

    def fill_the_disk(self) -> Outcome:
        limit = self.backup.stat().st_size // 2
        with leases.attached(self.first.folder):  # the server has no such limit
            said = self.first.run("backup", "--to", str(self.backups), limit_bytes=limit)
        return Outcome("a disk that is full", said.text, (*self._one_sentence(said), *self._all_as_before()))

    def kill_a_backup(self) -> Outcome:
        def has_begun() -> bool:
            parts = list(self.backups.glob(".*.part"))
            return any(part.exists() and part.stat().st_size > _LEAST_GROWN_BYTES for part in parts)

        was_running = self.first.kill_when(has_begun, "backup", "--to", str(self.backups))
        faults = [*self._unless(was_running, "it ended too soon to be killed"), *self._all_as_before()]
        return Outcome("kill -9 in the middle of a backup", "(nothing: it is dead)", tuple(faults))

    def kill_a_restore(self) -> Outcome:
        machine = self._new_machine()
        faults: list[str] = []
        for looks in (1, 2, 4):
            while looks and not self._kill_restoring(machine, looks):
                # It was whole before it could be killed: once more, earlier.
                machine, looks = self._new_machine(), looks // 2  # noqa: PLW2901
            faults += self._unless(looks > 0, "it ended too soon to be killed")
            faults += self._unless(machine.is_empty(), "a part was restored")
        said = machine.run("restore", str(self.backup))
        faults += self._unless(said.code == 0 and self._is_all_here(machine), "the next one did not succeed")
        return Outcome("kill -9 in the middle of a restore, then again", said.text, tuple(faults))

    def _kill_restoring(self, machine: Machine, looks: int) -> bool:
        """Kill a restore when it was seen under way so many times; say whether it had not ended before."""
        seen = iter(range(looks - 1))

        def is_under_way() -> bool:
            return machine.count_restoring() > 0 and next(seen, None) is None

        with leases.attached(machine.folder):
            was_running = machine.kill_when(is_under_way, "restore", str(self.backup))
            while machine.count_restoring():
                time.sleep(_LOOK_SECONDS)
        return was_running

    def restore_over_what_is_there(self) -> Outcome:
        before = self.first.rows()
        said = self.first.run("restore", str(self.backup))
        faults = [*self._one_sentence(said), *self._unless(self.first.rows() == before, "rows changed")]
        return Outcome("a restore over a full database", said.text, tuple(faults))

    def lose_the_machine(self) -> Outcome:
        self.held = self.first.rows()
        key = (self.first.folder / "keys/credentials.key").read_bytes()
        self.first.run("backup", "--to", str(self.backups))
        self.backup = self._newest()
        leases.stop(self.first.folder, force=True)
        shutil.rmtree(self.first.folder)
        machine = self._new_machine()
        said = machine.run("restore", str(self.backup))
        faults = [*self._unless(said.code == 0, "it failed")]
        faults += self._unless(self._is_all_here(machine), "rows are missing or differ")
        found = machine.folder / "keys/credentials.key"
        faults += self._unless(found.exists() and found.read_bytes() == key, "the key of log-ins is lost")
        listed = machine.run("opportunity", "list", "--json")
        faults += self._unless(listed.code == 0, "the restored database cannot be read")
        return Outcome("the machine is lost; restored on an empty one", said.text, tuple(faults))

    def _refused(self, disaster: str, content: bytes) -> Outcome:
        file = self.folder / "damaged.hoist"
        file.write_bytes(content)
        machine = self._new_machine()
        said = machine.run("restore", str(file))
        faults = [*self._one_sentence(said), *self._unless(machine.is_empty(), "something was restored")]
        return Outcome(disaster, said.text, tuple(faults))

    def _all_as_before(self) -> Iterator[str]:
        """Yield what is not: the older backup is the newest and whole, and the next one succeeds."""
        yield from self._unless(self._newest() == self.backup, "half a backup got a name")
        yield from self._unless(
            self.first.run("backup", "check", str(self.backup)).code == 0, "it is damaged"
        )
        self.held = self.first.rows()
        said = self.first.run("backup", "--to", str(self.backups))
        yield from self._unless(said.code == 0, f"the next backup failed: {said.text}")
        self.backup = self._newest()

    def _is_all_here(self, machine: Machine) -> bool:
        """Say whether every row that was backed up is here, and none besides; a restore tells the trail."""
        found = machine.rows()
        told = found.pop("audit_entry")
        expected = {table: rows for table, rows in self.held.items() if table != "audit_entry"}
        kept = self.held["audit_entry"]
        return found == expected and kept.items() <= told.items() and len(told) == len(kept) + 1

    def _one_sentence(self, said: Said) -> Iterator[str]:
        yield from self._unless(said.code == 1, f"exit code {said.code}")
        yield from self._unless(said.text.endswith(".") and "made a mistake" not in said.text, "no sentence")

    def _newest(self) -> Path:
        return max(self.backups.glob("*.hoist"))

    def _new_machine(self) -> Machine:
        self.machines += 1
        return Machine(self.folder / f"machine-{self.machines}")

    @staticmethod
    def _unless(is_well: bool, fault: str) -> Iterator[str]:  # noqa: FBT001 - reads as what it asks
        if not is_well:
            yield fault
