"""Whole columns of moments."""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.inputs.times import Ambiguous, times
from auditor.inputs.values import moment_of
from auditor.settings import Settings

SETTINGS = Settings()


def read(*texts: str | None, settings: Settings = SETTINGS) -> list[str]:
    """Each moment as ISO, «bad» or «empty»; the same from plain and from categorical columns."""
    plain = times(pd.Series(texts, dtype="str"), settings)
    grouped = times(pd.Series(texts, dtype="str").astype("category"), settings)
    assert np.array_equal(plain.values, grouped.values, equal_nan=True)
    assert plain.bad.tolist() == grouped.bad.tolist()
    return [
        "bad" if bad else "empty" if np.isnat(value) else str(value)
        for value, bad in zip(plain.values, plain.bad, strict=True)
    ]


def test_every_way_exports_write_moments_in_one_column() -> None:
    assert read(
        "05.03.2024 10:20:30", "2024-03-05 10:20:30", "2024-03-05T10:20:30", "05.03.2024 10:20", "2024-03-05 10:20",
        "2024-03-05T10:20", "05.03.2024", "2024-03-05", "5.3.24 9:05", "2024-03-05T10:20:30+03:00", None, "  ",
    ) == [
        "2024-03-05T10:20:30", "2024-03-05T10:20:30", "2024-03-05T10:20:30", "2024-03-05T10:20:00",
        "2024-03-05T10:20:00", "2024-03-05T10:20:00", "2024-03-05T00:00:00", "2024-03-05T00:00:00",
        "2024-03-05T09:05:00", "2024-03-05T10:20:30", "empty", "empty",
    ]  # fmt: skip


def test_a_date_without_a_clock_is_told_from_midnight() -> None:
    texts = ["05.03.2024", "2024-03-05", "5.3.24", "05/13/2024", "05.03.2024 00:00", "2024-03-05T00:00:00+03:00", None]
    for column in (pd.Series(texts, dtype="str"), pd.Series(texts, dtype="str").astype("category")):
        read_times = times(column, SETTINGS)
        assert read_times.clockless.tolist() == [True, True, True, True, False, False, False]
        assert not read_times.bad.any()


def test_fractions_of_a_second_stand_beside_whole_seconds() -> None:
    texts = pd.Series(["2024-03-05 10:20:30.5", "05.03.2024 10:20:30,123456", "05.03.2024 10:20:30"], dtype="str")
    read_times = times(texts, SETTINGS)
    assert read_times.values.tolist() == [datetime(2024, 3, 5, 10, 20, 30)] * 3
    assert read_times.fraction.tolist() == [500_000, 123_456, 0]


def test_days_that_do_not_exist_are_bad_and_never_another_day() -> None:
    assert (
        read("31.02.2025", "31.02.2025 10:00:00", "2025-02-29 10:00", "31.04.2025", "00.01.2025", "01.00.2025")
        == ["bad"] * 6
    )


def test_clocks_and_years_that_do_not_exist_are_bad() -> None:
    assert (
        read("01.01.2024 24:00:00", "01.01.2024 10:60:00", "01.01.2024 10:00:61", "31.12.1999", "01.01.2136")
        == ["bad"] * 5
    )


def test_the_ends_of_the_years_that_are_read() -> None:
    assert read("01.01.2000 00:00:00", "31.12.2135 23:59:59") == ["2000-01-01T00:00:00", "2135-12-31T23:59:59"]


def test_dots_are_day_first_however_small_the_month() -> None:
    assert read("05.03.2024", "03.05.2024") == ["2024-03-05T00:00:00", "2024-05-03T00:00:00"]


def test_offsets_become_the_account_s_clock() -> None:
    assert read("2024-07-01T00:00:00Z", settings=Settings(timezone="Asia/Yekaterinburg")) == ["2024-07-01T05:00:00"]


def test_slashes_are_read_by_the_one_order_that_fits_all_of_them() -> None:
    assert read("05/03/2024", "25/03/2024 10:00") == ["2024-03-05T00:00:00", "2024-03-25T10:00:00"]
    assert read("03/05/2024", "03/25/2024 1:00 PM") == ["2024-03-05T00:00:00", "2024-03-25T13:00:00"]


def test_slashes_that_both_orders_fit_are_ambiguous() -> None:
    with pytest.raises(Ambiguous):
        read("05/03/2024", "06/04/2024")


def test_slashes_of_which_some_are_day_first_and_others_month_first_are_ambiguous() -> None:
    with pytest.raises(Ambiguous):
        read("25/03/2024", "05/03/2024", "26/03/2024", "03/25/2024")
    assert read("25/03/2024", "05/03/2024", "45/03/2024")[:2] == ["2024-03-25T00:00:00", "2024-03-05T00:00:00"]


def test_slashes_that_mean_the_same_day_either_way_are_not_ambiguous() -> None:
    assert read("05/05/2024", "06/06/2024 10:00:00") == ["2024-05-05T00:00:00", "2024-06-06T10:00:00"]


def test_a_date_format_settles_slashes() -> None:
    assert read("05/03/2024", "06/04/2024 10:30", settings=Settings(date_format="%m/%d/%Y")) == [
        "2024-05-03T00:00:00",
        "2024-06-04T10:30:00",
    ]


def test_a_date_format_says_nothing_of_dots() -> None:
    settings = Settings(date_format="%m/%d/%Y")
    assert read("05.03.2024", "13/05/2024", "05/13/2024", settings=settings) == [
        "2024-03-05T00:00:00", "bad", "2024-05-13T00:00:00",
    ]  # fmt: skip


def test_one_bad_cell_does_not_spoil_its_neighbours() -> None:
    assert read("05.03.2024", "потом", "06.03.2024") == ["2024-03-05T00:00:00", "bad", "2024-03-06T00:00:00"]


@given(
    st.lists(
        st.one_of(
            st.datetimes(datetime(1990, 1, 1), datetime(2150, 1, 1)).map(lambda m: f"{m:%d.%m.%Y %H:%M:%S}"),
            st.datetimes(datetime(1990, 1, 1), datetime(2150, 1, 1)).map(lambda m: f"{m:%Y-%m-%dT%H:%M}"),
            st.text("0123456789.-: T", max_size=20),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_the_column_reader_and_the_cell_reader_agree(texts: list[str]) -> None:
    singly = [moment_of(text, None) for text in texts]
    assert read(*texts) == [
        "empty" if not text.strip() else "bad" if moment is None else moment.isoformat()
        for text, moment in zip(texts, singly, strict=True)
    ]


def test_many_blocks_keep_their_order() -> None:
    start = datetime(2024, 1, 1)
    moments = [start + timedelta(seconds=7 * n) for n in range(140_000)]
    parsed = times(pd.Series([f"{m:%d.%m.%Y %H:%M:%S}" for m in moments], dtype="str"), SETTINGS)
    assert not parsed.bad.any()
    assert (parsed.values == np.array(moments, dtype="datetime64[s]")).all()


def test_a_date_format_holds_for_every_separator() -> None:
    settings = Settings(date_format="%d-%m-%Y")
    assert read("29-02-2024 10:00", "01/03/2024", "2024-03-05", settings=settings) == [
        "2024-02-29T10:00:00", "2024-03-01T00:00:00", "2024-03-05T00:00:00",
    ]  # fmt: skip
