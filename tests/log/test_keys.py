"""Keys: deal and second, or deal and day, as one number in their order."""

import numpy as np

from auditor.log.kinds import DAY, NEVER
from auditor.log.spine import day_key, deal_and_day_of, deal_of, key_of, time_of

DEALS = np.repeat(np.array([0, 1, 70_000], np.int32), 3)


def test_a_key_holds_deal_and_second() -> None:
    seconds = np.tile([0, 86_400, NEVER], 3)
    key = key_of(DEALS, seconds)
    assert (deal_of(key) == DEALS).all()
    assert (time_of(key) == seconds).all()
    assert (np.diff(key) > 0).all()


def test_a_day_key_holds_deal_and_day() -> None:
    days = np.tile([0, 1, NEVER // DAY], 3)
    key = day_key(DEALS, days)
    deal, day = deal_and_day_of(key)
    assert (deal == DEALS).all()
    assert (day == days).all()
    assert (np.diff(key) > 0).all()
