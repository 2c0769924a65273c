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
        ("5/2 9-18", (Week(WORKDAYS, NINE_TO_SIX),)),
        ("6/1 с 9 до 18", (Week(frozenset(range(6)), NINE_TO_SIX),)),
        ("Будни", (Week(WORKDAYS, None),)),
        ("по будням с 9:00 до 18:00", (Week(WORKDAYS, NINE_TO_SIX),)),
        ("ежедневно 10.00-20.00", (Week(frozenset(range(7)), (36000, 72000)),)),
        ("every day 10-20", (Week(frozenset(range(7)), (36000, 72000)),)),
        ("9-18", (Week(None, NINE_TO_SIX),)),
        ("С 9 до 18", (Week(None, NINE_TO_SIX),)),
        ("5/2 с 01.05.2024 9-18", (Shift(5, 2, day("2024-05-01"), NINE_TO_SIX),)),
        ("2/2 с 01.05.24 с 20:00 до 08:00", (Shift(2, 2, day("2024-05-01"), (72000, 115200)),)),
        ("пн-пт 22:00-06:00", (Week(WORKDAYS, (79200, 108000)),)),
        ("1/3 с 01.05.2024 9-9", (Shift(1, 3, day("2024-05-01"), (32400, 118800)),)),
        ("пн-вс 00:00-24:00", (Week(frozenset(range(7)), (0, 86400)),)),
        ("пн-чт 09:00-18:00, пт 09:00-17:00",
         (Week(frozenset({0, 1, 2, 3}), NINE_TO_SIX), Week(frozenset({4}), (32400, 61200)))),
        ("пн,ср 9-18, сб 10-19", (Week(frozenset({0, 2}), NINE_TO_SIX), Week(frozenset({5}), (36000, 68400)))),
        ("пн-пт 9-18 с праздниками", (Week(WORKDAYS, NINE_TO_SIX, True),)),
        ("9-18 (с праздниками)", (Week(None, NINE_TO_SIX, True),)),
        ("пн-вс, без праздников", (Week(frozenset(range(7)), None),)),
        ("2/2 с 01.05.2024 10:00-22:00; без праздников", (Shift(2, 2, day("2024-05-01"), (36000, 79200), False),)),
        ("2/2 from 01.05.2024 with holidays", (Shift(2, 2, day("2024-05-01"), None),)),
        ("отпуск 11.03.24-13.03.24", (Away(day("2024-03-11"), day("2024-03-13")),)),
        ("отпуск 11.03-13.03.2024", (Away(day("2024-03-11"), day("2024-03-13")),)),
        ("отпуск с 11.03 по 13.03.24", (Away(day("2024-03-11"), day("2024-03-13")),)),
        ("отпуск 11-13.03.2024", (Away(day("2024-03-11"), day("2024-03-13")),)),
        ("отпуск 28.12-08.01.2025", (Away(day("2024-12-28"), day("2025-01-08")),)),
        ("9-18, отпуск 11.03.24-13.03.24", (Week(None, NINE_TO_SIX), Away(day("2024-03-11"), day("2024-03-13")))),
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
        ("2/2 10:00-22:00", "“2/2 10:00-22:00” is not understood; an example: “2/2 с 01.05.2024 10:00-22:00”"),
        ("отпуск с 01.07.2024", "“отпуск с 01.07.2024” is not understood; an example: “отпуск 01.07.2024-14.07.2024”"),
        ("с праздниками 9", "“9” is not understood"),
        ("отпуск", "“отпуск” is not understood"),
        ("пн-пт 9-18; прогул 01.07.2024", "“прогул 01.07.2024” is not understood"),
        ("пн-пт 24:00-08:00", "there is no time “24:00”"),
        ("пн-пт 9-25", "there is no time “25”"),
        ("пн-пт 9:60-18", "there is no time “9:60”"),
        ("пн-пт 9-24:01", "there is no time “24:01”"),
        ("2/2 с 31.06.2024 9-18", "there is no day “31.06.2024”"),
        ("0/2 с 01.06.2024 9-18", "has no working days"),
        ("отпуск 14.07.2024-01.07.2024", "“14.07.2024-01.07.2024” ends before it begins"),
        ("отпуск 28-03.03.2024", "“28-03.03.2024” ends before it begins"),
        ("отпуск 30.02.2024", "there is no day “30.02.2024”"),
    ],
)
def test_cells_that_are_not(cell: str, words: str) -> None:
    with pytest.raises(ScheduleError, match=re.escape(words)):
        read_schedule(cell)


@pytest.mark.parametrize(
    "cell",
    ["-" * 100_000, "пн," * 50_000, "отпуск " + "01.07.2024," * 20_000, "9" * 100_000 + "/2", "," * 100_000,
     "с " * 50_000, "без праздников" * 10_000],
)  # fmt: skip
def test_a_monstrous_cell_is_an_error_at_once(cell: str) -> None:
    with pytest.raises(ScheduleError) as error:
        read_schedule(cell)
    assert len(str(error.value)) < 200
