"""How much time passes where the clock is changed: at the edges, then against the zone itself."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from trials import trials

from auditor.log.clock import Clock
from auditor.settings import Settings

from .builders import deal, log_of, said, sec

HOUR = 3600
AMSTERDAM = Clock.of("Europe/Amsterdam", 2011, 2012)


def later(clock: Clock, t: str, seconds: int) -> str:
    return said(clock.later(np.array([sec(t)]), seconds)[0])


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2011-10-28 20:23:41", 168, "2011-11-04 19:23:41"),
        ("2011-10-30 01:59:59", 1, "2011-10-30 02:59:59"),
        ("2011-10-30 01:30:00", 2, "2011-10-30 02:30:00"),
        ("2011-10-30 02:30:00", 1, "2011-10-30 03:30:00"),
        ("2012-03-25 01:30:00", 1, "2012-03-25 03:30:00"),
        ("2012-03-25 03:00:00", -1, "2012-03-25 01:00:00"),
        ("2012-03-24 12:00:00", 24, "2012-03-25 13:00:00"),
        ("2012-06-01 12:00:00", 24, "2012-06-02 12:00:00"),
    ],
)
def test_hours_are_time_as_it_elapses(start: str, hours: int, end: str) -> None:
    assert later(AMSTERDAM, start, hours * HOUR) == end


def test_elapsed_counts_the_hour_that_comes_twice_and_not_the_one_that_never_comes() -> None:
    starts = np.array([sec("2011-10-30 00:00"), sec("2012-03-25 00:00"), sec("2011-11-01 00:00")])
    stops = np.array([sec("2011-10-31 00:00"), sec("2012-03-26 00:00"), sec("2011-11-02 00:00")])

    assert (AMSTERDAM.elapsed(starts, stops) / HOUR).tolist() == [25, 23, 24]


def test_a_zone_whose_clock_is_never_changed_is_plain_arithmetic() -> None:
    moscow = Clock.of("Europe/Moscow", 2015, 2030)

    assert not len(moscow.changes)
    assert later(moscow, "2024-03-31 01:00:00", 24 * HOUR) == "2024-04-01 01:00:00"


@pytest.mark.parametrize(("zone", "number"), [("Europe/Moscow", 24), ("Asia/Yekaterinburg", 24), ("Africa/Cairo", 28)])
def test_every_change_of_the_zone_is_found_to_the_second(zone: str, number: int) -> None:
    clock = Clock.of(zone, 2000, 2014)

    assert len(clock.changes) == number
    for change, (before, after) in zip(
        clock.changes.tolist(), zip(clock.ahead, clock.ahead[1:], strict=False), strict=True
    ):
        moment = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=change)
        told = [(moment - timedelta(seconds=early)).astimezone(ZoneInfo(zone)).utcoffset() for early in (1, 0)]
        assert told == [timedelta(seconds=int(before)), timedelta(seconds=int(after))]


@trials(200)
@given(
    st.sampled_from(["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Europe/Moscow"]),
    st.datetimes(datetime(2011, 1, 1), datetime(2012, 12, 1)).map(lambda t: t.replace(microsecond=0)),
    st.integers(0, 400 * HOUR),
)
def test_later_is_what_the_zone_says(name: str, local: datetime, seconds: int) -> None:
    zone = ZoneInfo(name)
    start = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if start.astimezone(zone).replace(tzinfo=None) == local:
        end = (start + timedelta(seconds=seconds)).astimezone(zone).replace(tzinfo=None)
        clock = Clock.of(name, 2010, 2013)
        assert later(clock, str(local), seconds) == str(end)
        assert clock.elapsed(np.array([sec(str(local))]), np.array([sec(str(end))]))[0] in (
            seconds,
            seconds + HOUR // 2,
            seconds + HOUR,
        )


def test_the_clock_of_a_log_is_that_of_its_zone_and_days() -> None:
    log = log_of(Settings(timezone="Europe/Amsterdam"), deals=[deal(created="2011-10-28 10:00")])

    assert later(log.clock, "2011-10-28 20:23:41", 168 * HOUR) == "2011-11-04 19:23:41"
