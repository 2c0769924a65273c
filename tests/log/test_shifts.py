"""What may stand in the cell «График», and what is said of the rest."""

import re

import pytest

from auditor.log.shifts import Away, ScheduleError, Shift, Week, read_schedule

from .builders import day

NINE_TO_SIX = (9 * 3600, 18 * 3600)
WORKDAYS = frozenset({0, 1, 2, 3, 4})


@pytest.mark.parametrize(
    ("cell", "rules"),
    [
        ("пн-пт 09:00-18:00", (Week(WORKDAYS, NINE_TO_SIX),)),
        ("ПН – ПТ   9:00 — 18:00", (Week(WORKDAYS, NINE_TO_SIX),)),
        ("mon-fri 9-18", (Week(WORKDAYS, NINE_TO_SIX),)),
        ("понедельник-пятница 9-18.", (Week(WORKDAYS, NINE_TO_SIX),)),
        ("пн-пт", (Week(WORKDAYS, None),)),
        ("пн,ср, пт 10-19", (Week(frozenset({0, 2, 4}), (36000, 68400)),)),
        ("вт-чт,вс 10:30-24:00", (Week(frozenset({1, 2, 3, 6}), (37800, 86400)),)),
        ("сб-пн 9-18", (Week(frozenset({5, 6, 0}), NINE_TO_SIX),)),
        ("пн-чт 9-18; пт 9-17", (Week(frozenset({0, 1, 2, 3}), NINE_TO_SIX), Week(frozenset({4}), (32400, 61200)))),
        ("2/2 с 01.05.2024 10:00-22:00", (Shift(2, 2, day("2024-05-01"), (36000, 79200)),)),
        ("3/1 from 2024-05-01 9-18", (Shift(3, 1, day("2024-05-01"), NINE_TO_SIX),)),
        ("2/2 since 1.5.2024", (Shift(2, 2, day("2024-05-01"), None),)),
        ("отпуск 01.07.2024-14.07.2024", (Away(day("2024-07-01"), day("2024-07-14")),)),
        ("; отпуск с 01.07.2024 по 14.07.2024 ;", (Away(day("2024-07-01"), day("2024-07-14")),)),
        ("leave 2024-07-01-2024-07-14", (Away(day("2024-07-01"), day("2024-07-14")),)),
        ("sick 2024-07-01 to 2024-07-14", (Away(day("2024-07-01"), day("2024-07-14")),)),
        ("выходной 05.07.2024", (Away(day("2024-07-05"), day("2024-07-05")),)),
        ("off 05.07.2024, 08.07.2024-09.07.2024",
         (Away(day("2024-07-05"), day("2024-07-05")), Away(day("2024-07-08"), day("2024-07-09")))),
        ("пн-пт\nбольничный 05.07.2024", (Week(WORKDAYS, None), Away(day("2024-07-05"), day("2024-07-05")))),
        ("  ", ()),
    ],
)  # fmt: skip
def test_cells_that_are_understood(cell: str, rules: tuple[object, ...]) -> None:
    assert read_schedule(cell) == rules


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("как получится", "“как получится” is not understood; an example: “пн-пт 09:00-18:00"),
        ("пн-пн-пт 9-18", "“пн-пн-пт 9-18” is not understood"),
        ("пн-пят 9-18", "“пн-пят 9-18” is not understood"),
        ("2/2 10:00-22:00", "“2/2 10:00-22:00” is not understood"),
        ("отпуск", "“отпуск” is not understood"),
        ("пн-пт 9-18; прогул 01.07.2024", "“прогул 01.07.2024” is not understood"),
        ("пн-пт 22:00-06:00", "“22:00-06:00” goes past midnight"),
        ("пн-пт 9-9", "“9-9” goes past midnight"),
        ("пн-пт 9-25", "there is no time “25”"),
        ("пн-пт 9:60-18", "there is no time “9:60”"),
        ("пн-пт 9-24:01", "there is no time “24:01”"),
        ("2/2 с 31.06.2024 9-18", "there is no day “31.06.2024”"),
        ("0/2 с 01.06.2024 9-18", "has no working days"),
        ("отпуск 14.07.2024-01.07.2024", "“14.07.2024-01.07.2024” ends before it begins"),
        ("отпуск 30.02.2024", "there is no day “30.02.2024”"),
    ],
)
def test_cells_that_are_not(cell: str, words: str) -> None:
    with pytest.raises(ScheduleError, match=re.escape(words)):
        read_schedule(cell)


@pytest.mark.parametrize(
    "cell", ["-" * 100_000, "пн," * 50_000, "отпуск " + "01.07.2024," * 20_000, "9" * 100_000 + "/2"]
)
def test_a_monstrous_cell_is_an_error_at_once(cell: str) -> None:
    with pytest.raises(ScheduleError) as error:
        read_schedule(cell)
    assert len(str(error.value)) < 200
