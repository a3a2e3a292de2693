"""How a visit is ended by somebody else."""

from collections.abc import Callable


class Brake:
    """Ends a visit early: gently, so that pages in flight arrive, or at once. Both may come before it begins.

    Either way what was found is kept.
    """

    def __init__(self) -> None:
        self._halt: Callable[[], None] | None = None
        self._stop: Callable[[], object] | None = None
        self._is_eased = False
        self._is_pulled = False

    def ease(self) -> None:
        """Ask for nothing new; what is in flight may arrive."""
        self._is_eased = True
        if self._halt:
            self._halt()

    def pull(self) -> None:
        """Stop at once."""
        self.ease()
        self._is_pulled = True
        if self._stop:
            self._stop()

    def take_hold(self, *, halt: Callable[[], None], stop: Callable[[], object]) -> None:
        """Have the brake act on a visit: ``halt`` ends its asking, ``stop`` ends it at once."""
        self._halt, self._stop = halt, stop
        if self._is_eased:
            halt()
        if self._is_pulled:
            stop()

    def let_go(self) -> None:
        """Have the brake act no more: the visit is over."""
        self._halt = self._stop = None
