"""The plan of a demo: lives, edits, who is present, tiles."""

import ast
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import holidays
import pytest

import fixtures.demo
from fixtures.demo import TILE, plan, sheets, tile
from fixtures.demo.company import MANAGERS, Customer
from fixtures.demo.fur.leads import SILENT
from fixtures.demo.lives import DEAL, at, card, without
from fixtures.demo.moments import CLEAN_WEEKS, END, Start, mondays, working_days
from fixtures.demo.plan import SCRIPTS

REGULATIONS = sorted(SCRIPTS)


@pytest.mark.parametrize("regulation", REGULATIONS)
@pytest.mark.parametrize("deals", [1, 2, 7, 20, 21, 59, 60, 333, TILE])
def test_a_plan_has_as_many_deals_as_asked_for(regulation: str, deals: int) -> None:
    frame = sheets(plan(regulation, deals, 3))["Сделки"]
    assert len(frame) == deals
    assert frame["ID сделки"].is_unique


@pytest.mark.parametrize("regulation", REGULATIONS)
def test_the_same_seed_gives_the_same_plan_and_another_another(regulation: str) -> None:
    assert plan(regulation, 60, 1) == plan(regulation, 60, 1)
    assert plan(regulation, 60, 1) != plan(regulation, 60, 2)


@pytest.mark.parametrize("regulation", REGULATIONS)
@pytest.mark.parametrize("deals", [60, TILE])
def test_four_deals_of_five_are_whole_lives_in_which_every_duty_is_met(regulation: str, deals: int) -> None:
    made = plan(regulation, deals, 1)
    frame = sheets(made)["Сделки"].set_index("ID сделки")
    touched = {one.deal for one in made.planted()}
    whole = frame.drop(index=list(touched))
    assert len(whole) >= 0.8 * deals
    assert (whole["Дата закрытия"] != "").all()


@pytest.mark.parametrize("regulation", REGULATIONS)
def test_every_life_occurs_and_every_edit_is_planted_once(regulation: str) -> None:
    script, made = SCRIPTS[regulation], plan(regulation, TILE, 5)
    titles = {unit.life.title for unit in made.units if not unit.broken}
    assert titles >= {life.title for life in (*script.lives, *script.always)}
    told = Counter(one.edit for one in made.planted() if one.how != "pending")
    assert told == {edit.title: len(edit.breaks) for edit in script.edits if edit.breaks}


@pytest.mark.parametrize("regulation", REGULATIONS)
def test_an_edit_changes_its_life_and_names_a_record_of_it(regulation: str) -> None:
    for edit in SCRIPTS[regulation].edits:
        edited = edit.change(edit.life)
        assert edited != edit.life, edit.title
        assert edit.record in [record.name for record in edited.records], edit.title
        told = (*edit.breaks, *edit.suspects)
        assert told and all(code.startswith(regulation) for code, _how in told), edit.title


def test_an_edit_of_something_that_never_happened_is_refused() -> None:
    for change in (without("звонок 9.9"), at("звонок 9.9", "1 пн 10:00"), card(DEAL, Сумма=1.0)):
        with pytest.raises(
            KeyError, match=r"Не дозвонились за три дня: no (звонок 9\.9|сделка); there is .*(звонок 2\.2|лид)"
        ):
            change(SILENT)


def test_one_call_fewer_is_one_row_fewer() -> None:
    edited = without("звонок 2.2")(SILENT)
    gone = set(SILENT.records[0].happened) - set(edited.records[0].happened)
    assert [(item.at, item.what) for item in gone] == [("1 вт 13:00", "звонок")]
    assert len(edited.records[0].happened) == len(SILENT.records[0].happened) - 1


@pytest.mark.parametrize("regulation", REGULATIONS)
def test_every_manager_does_something_on_every_working_day(regulation: str) -> None:
    found = sheets(plan(regulation, 60, 1))
    acts = {(name, when[:10]) for sheet in ("История", "Дела")
            for name, when in zip(found[sheet]["Автор"], found[sheet]["Время"], strict=True)}  # fmt: skip
    first = min(date(int(when[6:10]), int(when[3:5]), int(when[:2])) for _name, when in acts)
    missing = [(name, day) for name in MANAGERS for day in working_days(first) if (name, f"{day:%d.%m.%Y}") not in acts]
    assert not missing


@pytest.mark.parametrize("regulation", REGULATIONS)
def test_nothing_happens_after_the_end(regulation: str) -> None:
    found = sheets(plan(regulation, TILE, 1))
    moments = [
        *found["История"]["Время"],
        *found["Дела"]["Время"],
        *found["Дела"]["Выполнено"],
        *found["Дела"]["Открыто"],
    ]
    assert max(f"{text[6:10]}{text[3:5]}{text[:2]}" for text in moments if text) == f"{END:%Y%m%d}"


def test_the_calendar_is_that_of_russia() -> None:
    official = holidays.country_holidays("RU", years=2024)
    days = set(working_days(date(2024, 4, 22)))
    day = date(2024, 4, 22)
    while day <= END.date():
        moved = day == date(2024, 4, 27)
        assert (day in days) == (moved or (day.weekday() < 5 and day not in official)), day
        day += timedelta(days=1)


def test_lives_stand_in_weeks_without_a_holiday() -> None:
    for run in CLEAN_WEEKS:
        assert all(later - earlier == timedelta(weeks=1) for earlier, later in pairwise(run))
        for monday in run:
            assert all(monday + timedelta(days=number) in working_days(date(2024, 4, 22)) for number in range(5))
    assert mondays(15) == [CLEAN_WEEKS[1][0]]
    assert mondays(16) == []


def test_moments_are_told_by_week_and_weekday() -> None:
    start = Start(date(2024, 6, 17), timedelta(minutes=3))
    assert f"{start.moment('2 вт 10:05'):%d.%m.%Y %H:%M}" == "25.06.2024 10:08"
    assert start.day("1 вс") == date(2024, 6, 23)


@pytest.mark.parametrize("regulation", REGULATIONS)
def test_a_tile_is_the_same_lives_at_the_same_times_lived_by_others(regulation: str) -> None:
    first = plan(regulation, 60, 1)
    other = tile(first, 7)
    ours, theirs = sheets(first), sheets(other)
    for name, time in (("История", "Время"), ("Дела", "Время"), ("Сделки", "Дата создания")):
        assert ours[name][time].tolist() == theirs[name][time].tolist()
    for column in ("ID сделки", "Телефон", "E-mail", "Контакт"):
        shared = set(ours["Сделки"][column]) & set(theirs["Сделки"][column]) - {""}
        assert not shared, column
    told = [(one.clause, one.how, one.edit) for one in first.planted()]
    assert told == [(one.clause, one.how, one.edit) for one in other.planted()]


def test_no_two_clients_share_a_name_or_a_phone() -> None:
    clients = [Customer(number) for number in range(4000)]
    for what in ("name", "phone", "email"):
        assert len({getattr(client, what) for client in clients}) == len(clients), what


def test_an_unknown_regulation_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="AGY"):
        plan("XYZ", 60, 1)
    with pytest.raises(ValueError):
        plan("FUR", 0, 1)


def test_the_generator_knows_neither_engine_nor_clauses() -> None:
    allowed = {"auditor.i18n"}
    folder = Path(fixtures.demo.__file__).parent
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                if name.split(".")[0] in ("auditor", "checks"):
                    assert name in allowed, f"{file.name}: {name}"
                assert not name.startswith("fixtures.") or name.startswith("fixtures.demo"), f"{file.name}: {name}"
