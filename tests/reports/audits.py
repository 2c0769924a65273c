"""Audits of demos and of a crowd, each made once, for tests that hold for any audit."""

import random
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from auditor.audit.engine import audit
from auditor.audit.request import Request
from auditor.audit.result import Audit, Waiver
from auditor.inputs import load
from auditor.reports.masking import masked
from auditor.rules import Severity
from auditor.settings import Settings
from checks import REGULATIONS
from fixtures.demo import write_demo
from tests.reports.builders import CALLS, STAY, audit_of, duty, score


@cache
def demo(regulation: str, seed: int, strict: bool = False, **asked: Any) -> Audit:
    settings = Settings(strict=strict)
    with TemporaryDirectory() as folder:
        write_demo(Path(folder), regulation=regulation, deals=40, seed=seed)
        tables = load([Path(folder) / "exports"], settings)
        return audit(tables, Request(tuple(REGULATIONS), named=(regulation,), **asked), settings)


@cache
def crowd(seed: int) -> Audit:
    """Thousands of duties of many people, of every verdict."""
    chance = random.Random(seed)
    duties, scores = [], []
    for person in range(12):
        for clause in (CALLS, STAY):
            counts = {name: chance.choice((0, 1, 7, 1234)) for name in ("met", "unknown")}
            for n in range(chance.choice((0, 3, 60))):
                how = chance.choice(("late", "missed", "forbidden", "", ""))
                verdict = "violated" if how else chance.choice(("pending", "waived"))
                counts[how or verdict] = counts.get(how or verdict, 0) + 1
                name = f"{clause.code}-{person}-{n}"
                duties.append(
                    duty(id=name, incident=name, clause=clause.code, deal=str(chance.randrange(90)), verdict=verdict,
                         how=how, manager=f"Менеджер {person}", overrun=chance.choice((None, 0.1234, 2, 10234.5)),
                         at_stake=chance.choice((None, 100000.5)))
                )  # fmt: skip
            left = duty(id=f"{clause.code}-{person}", clause=clause.code, verdict="unknown", how="")
            duties.append({**left, "manager": f"Менеджер {person}"})
            scores.append(score(f"Менеджер {person}", clause.code, "high", **counts))
    return audit_of(duties, scores)


WAIVERS = (
    Waiver("FUR06", "", "Кузнецова Ольга", None, date(2030, 1, 1), "Главный", "так решили"),
    Waiver("", "10001", "", date(2024, 1, 1), date(2024, 1, 2), "Главный", "болел"),
)
SUPPOSED = (("FUR0201", "at_least", 4), ("FUR0902", "severity", "low"), ("FUR0203", "enabled", False))

AUDITS: dict[str, Callable[[], Audit]] = {
    **{each.code: lambda code=each.code: demo(code, 3) for each in REGULATIONS},
    "all duties, by the letter": lambda: demo("FUR", 5, all_duties=True),
    "all duties, strict": lambda: demo("BED", 5, strict=True, all_duties=True),
    "some of them": lambda: demo(
        "AGY", 1, department="Отдел продаж", severity=Severity.MEDIUM, select=("AGY0", "AGY1"), ignore=("AGY02",),
        since=date(2024, 6, 1), until=date(2024, 9, 1), period="last-month", config="auditor.toml",
    ),
    "waived, changed and supposed": lambda: demo(
        "FUR", 3, waivers=WAIVERS, parameters=(("FUR0902", "days", 20),), supposed=SUPPOSED
    ),
    "masked": lambda: masked(demo("FUR", 3, managers=("Смирнов Артём",))),
    "nothing": lambda: audit_of([], []),
    "crowd": lambda: crowd(1),
}  # fmt: skip
