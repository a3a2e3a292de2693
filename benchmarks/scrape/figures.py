"""Figures beside their budgets, as a table for people or as JSON for machines."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured value; ``budget`` is the most, the least or the exact value that is allowed."""

    of: str
    name: str
    value: float
    unit: str = ""
    budget: float | None = None
    rule: Literal["at most", "at least", "exactly"] = "at most"

    @property
    def is_missed(self) -> bool:
        """Whether there is a budget and the value does not keep it."""
        if self.budget is None:
            return False
        match self.rule:
            case "exactly":
                return self.value != self.budget
            case "at least":
                return self.value < self.budget
            case _:
                return self.value > self.budget


def as_table(figures: Sequence[Figure]) -> str:
    """Return aligned lines: name, value, budget, pass or MISS."""
    names = [f"{figure.of}: {figure.name}" for figure in figures]
    width = max(map(len, names))
    return "\n".join(
        f"{name:<{width}}  {_number(figure.value, figure.unit):>12}  {_judgement(figure)}".rstrip()
        for name, figure in zip(names, figures, strict=True)
    )


def as_json(figures: Sequence[Figure]) -> str:
    """Return a list of objects, the judgement included."""
    return json.dumps([{**asdict(figure), "missed": figure.is_missed} for figure in figures], indent=2)


def _judgement(figure: Figure) -> str:
    if figure.budget is None:
        return ""
    budget = f"{figure.rule} {_number(figure.budget, figure.unit)}"
    return f"{budget:<20}  {'MISS' if figure.is_missed else 'pass'}"


def _number(value: float, unit: str) -> str:
    if unit == "s":
        return f"{value:.3f} s"
    if unit == "x":
        return f"{value:.2f} x"
    return f"{value:g} {unit}".rstrip()
