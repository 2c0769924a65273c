"""Old exports: weekends and holidays make none old."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from auditor.nightly.freshness import changed_last, stale
from auditor.settings import Settings

SETTINGS = Settings()


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%d.%m.%Y %H:%M")


@pytest.mark.parametrize(
    ("written", "now", "most", "words"),
    [
        ("12.03.2026 20:00", "13.03.2026 02:00", 1, ""),  # Friday's night has Thursday's export
        ("13.03.2026 20:00", "16.03.2026 02:00", 1, ""),  # over the weekend
        ("13.03.2026 20:00", "17.03.2026 02:00", 1, "от 13.03.2026: с тех пор прошёл 1 рабочий день"),
        ("13.03.2026 20:00", "17.03.2026 02:00", 2, ""),
        ("13.03.2026 20:00", "18.03.2026 02:00", 2, "прошло 2 рабочих дня"),
        ("30.12.2025 20:00", "12.01.2026 02:00", 1, ""),  # over New Year's holidays
        ("01.03.2026 20:00", "18.03.2026 02:00", 0, ""),  # not asked for
    ],
)
def test_working_days_that_passed_whole_count(written: str, now: str, most: int, words: str) -> None:
    told = stale(moment(written), moment(now), moment(now), most, SETTINGS)
    assert (words in told) if words else told == ""


def test_a_new_file_of_old_data_is_old() -> None:
    now = moment("17.03.2026 02:00")
    told = stale(now, moment("13.03.2026 18:00"), now, 1, SETTINGS)
    assert "после 13.03.2026" in told and "прошёл 1 рабочий день" in told


def test_the_newest_file_counts(tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    for file, seconds in ((old, 0), (new, 1_773_360_000)):  # 13.03.2026 00:00 UTC
        file.touch()
        os.utime(file, (seconds, seconds))
    assert changed_last([old, new, tmp_path / "missing.csv"], SETTINGS) == moment("13.03.2026 03:00")
    assert changed_last([], SETTINGS) is None
