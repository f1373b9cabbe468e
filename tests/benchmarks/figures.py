"""What a benchmark says: a ratio with the two rates it comes from, or a figure with its unit."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    value: str
    goal: str
    source: str

    def line(self) -> str:
        return f"{self.name:<34} {self.value:>10}  goal {self.goal:<10} {self.source}"


def ratio(name: str, ours: list[float], plain: list[float], *, unit: str, goal: float | None = None) -> Figure:
    """The median of the rounds' ratios; the rates are the medians of each side."""
    each = [one / other for one, other in zip(ours, plain, strict=True)]
    spread = f"{min(each):.2f}–{max(each):.2f}"
    return Figure(
        name,
        f"{statistics.median(each):.2f}",
        f"≥ {goal}" if goal else "–",
        f"{statistics.median(ours):,.0f} against {statistics.median(plain):,.0f} {unit}, {len(each)} rounds, {spread}",
    )


def interleaved(rounds: int, *sides: Callable[[], float]) -> list[list[float]]:
    """The rates of each side, in turn, in the other order every second time."""
    rates: list[list[float]] = [[] for _ in sides]
    for number in range(rounds):
        for place in sorted(range(len(sides)), reverse=not number % 2):
            rates[place].append(sides[place]())
        print("   " + " against ".join(f"{found[-1]:,.0f}" for found in rates), flush=True)
    return rates


@contextmanager
def stopwatch() -> Iterator[Callable[[], float]]:
    """Seconds since the block began."""
    began = time.perf_counter()
    yield lambda: time.perf_counter() - began


def percentile(ordered: list[float], percent: int) -> float:
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
