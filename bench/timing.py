"""Times that can be compared: all works in turn, round after round; ratios inside one round."""

import gc
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROUNDS = 5
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Times:
    """Seconds of each work, one per round."""

    of: Mapping[str, Sequence[float]]

    def median(self, work: str) -> float:
        return median(self.of[work])

    def ratio(self, work: str, unit: str) -> float:
        """The median of the rounds' ratios."""
        return median(a / b for a, b in zip(self.of[work], self.of[unit], strict=True))

    def over(self, work: str, other: str) -> float:
        """The median of the rounds' differences, in seconds."""
        return median(a - b for a, b in zip(self.of[work], self.of[other], strict=True))


def interleaved(works: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> Times:
    """Every work once to warm it up, then once in every round."""
    for work in works.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _round in range(rounds):
        for name, work in works.items():
            taken[name].append(seconds_of(work))
    return Times(taken)


def seconds_of(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def process(*arguments: str, output: Path | None = None, code: int = 0) -> Callable[[], float]:
    """A run of this Python with those arguments, which must exit with that code; it gives the peak of its memory in
    bytes."""

    def run() -> float:
        with (output or Path(os.devnull)).open("wb") as stdout:
            child = subprocess.Popen([sys.executable, *arguments], stdout=stdout, stderr=subprocess.PIPE, cwd=ROOT)
            _pid, status, usage = os.wait4(child.pid, 0)
        words = child.stderr.read().decode() if child.stderr else ""
        if os.waitstatus_to_exitcode(status) != code:
            raise SystemExit(f"{' '.join(arguments)}: {words}")
        return _peak(usage)

    return run


def _peak(usage: resource.struct_rusage) -> float:
    """Linux counts in KiB, macOS in bytes."""
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
