"""Nights of the demo: exports that grow, and exports that forget their beginning."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from auditor.audit.engine import audit
from auditor.audit.request import Request
from auditor.audit.result import Audit
from auditor.history.changes import Group, changes
from auditor.history.night import night_of
from auditor.history.record import record
from auditor.history.store import Store
from auditor.inputs import load
from auditor.settings import Settings
from checks import REGULATIONS
from fixtures.demo import write_demo
from fixtures.demo.plan import SCRIPTS


def night(folder: Path, as_of: datetime | None = None, since: datetime | None = None) -> Audit:
    """An audit as of a moment, of exports that tell nothing from before another."""
    settings = replace(Settings(), as_of=as_of)
    tables = load([folder / "exports"], settings)
    if since:
        told = {name: getattr(tables, name) for name in ("history", "activities")}
        tables = replace(tables, **{name: frame[frame["time"] >= pd.Timestamp(since)] for name, frame in told.items()})
    return audit(tables, Request(REGULATIONS), settings)


@pytest.mark.parametrize("code", ["FUR", "AGY"])
def test_in_exports_that_grow_every_violation_is_new_once_and_none_is_lost(code: str, tmp_path: Path) -> None:
    write_demo(tmp_path, regulation=code, deals=60, seed=1)
    store = Store(str(tmp_path / "nights.db"))
    end = night(tmp_path).as_of
    found: Counter[Group] = Counter()
    for weeks in (10, 8, 6, 4, 3, 2, 0):
        last = night(tmp_path, end - timedelta(weeks=weeks))
        found += Counter(change.group for change in record(last, store, datetime(2026, 1, 1, tzinfo=UTC)).changes)
    assert set(found) <= {Group.NEW, Group.OPEN, Group.CLOSED_LATE, Group.KNOWN, Group.APART}
    assert found[Group.OPEN] > found[Group.NEW] > 0
    assert found[Group.NEW] == (last.duties["verdict"] == "violated").sum()


@pytest.mark.parametrize("code", sorted(SCRIPTS))
def test_an_export_that_begins_later_accuses_nobody_of_anything_new(code: str, tmp_path: Path) -> None:
    write_demo(tmp_path, regulation=code, deals=120, seed=1)
    whole = night_of(night(tmp_path))
    for days in (30, 60):
        later = night_of(night(tmp_path, since=whole.as_of - timedelta(days)))
        groups = Counter(change.group for change in changes(whole, later))
        assert groups[Group.NEW] == groups[Group.REOPENED] == 0
        assert groups[Group.OUT_OF_SIGHT] > groups[Group.WITHDRAWN]
