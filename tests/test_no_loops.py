"""Log, patterns and scores never walk over deals, events or duties in Python: twice the deals run as many lines."""

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import pandas as pd
import pytest

import auditor
from auditor.audit.places import pipelines_seen
from auditor.audit.settle import settled
from auditor.audit.tally import tally
from auditor.inputs import load
from auditor.inputs.tables import Tables
from auditor.log import build_log
from auditor.settings import Settings
from checks import REGULATIONS
from fixtures.demo import write_demo
from fixtures.demo.plan import SCRIPTS

FOLDER = Path(auditor.__file__).parent
WATCHED = tuple(str(FOLDER / name) for name in ("log", "patterns", "audit"))
IDS = ("id", "lead_id", "deal", "task_id")

Lines = Counter[tuple[str, int]]


def lines_of(run: Callable[[], None]) -> Lines:
    """How often each line of those three is run."""
    lines: Lines = Counter()

    def note(frame: FrameType, event: str, _argument: object) -> Any:
        if not frame.f_code.co_filename.startswith(WATCHED):
            return None
        lines[frame.f_code.co_filename, frame.f_lineno] += event == "line"
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        run()
    finally:
        sys.settrace(before)
    return lines


def repeated(tables: Tables, times: int) -> Tables:
    """Every deal and all that happened to it again under other ids, with the same moments, people and texts."""
    frames = {name: frame for name, frame in tables.frames() if name != "people"}
    return replace(tables, **{name: _again(frame, times) for name, frame in frames.items()})


def _again(frame: pd.DataFrame, times: int) -> pd.DataFrame:
    ids = [column for column in IDS if column in frame]
    copies = [
        frame.assign(**{column: frame[column].astype("string") + "0" * number for column in ids})
        for number in range(times)
    ]
    return pd.concat(copies, ignore_index=True).astype(dict.fromkeys(ids, "category"))


@pytest.mark.parametrize("code", sorted(SCRIPTS))
def test_twice_the_deals_run_the_same_lines(code: str, tmp_path: Path) -> None:
    write_demo(tmp_path, regulation=code, deals=60, seed=1)
    clauses = next(regulation.clauses for regulation in REGULATIONS if regulation.code == code)
    tables = load([tmp_path / "exports"], Settings())

    def audited(times: int) -> Callable[[], None]:
        given = repeated(tables, times)

        def run() -> None:
            pipelines_seen(given, Settings())
            log = build_log(given, Settings())
            for clause in clauses:
                tally(log, clause, settled(log, clause, clause.duty.duties(log)))

        return run

    audited(1)()
    once, twice = lines_of(audited(1)), lines_of(audited(2))
    assert len(once) > 1000
    assert twice - once == Counter()
