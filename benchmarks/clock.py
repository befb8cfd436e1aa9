"""How time is measured: processor time of one process, the best of a few rounds."""

import time
from collections.abc import Callable


def best_of(rounds: int, work: Callable[[], object]) -> float:
    """Return the seconds of processor time the quickest round took.

    Processor time, not time on the wall: a busy machine must not look like a slow program.
    The quickest round, because what disturbs a round only ever makes it slower.
    """
    quickest = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        work()
        quickest = min(quickest, time.process_time() - started)
    return quickest


def line(label: str, number: float, unit: str) -> None:
    """Print one measured number."""
    shown = f"{number:,.0f}" if abs(number) >= 100 else f"{number:,.2f}"
    print(f"  {label:<58} {shown:>10} {unit}")
