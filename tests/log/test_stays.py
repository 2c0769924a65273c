"""Stays: moves and what is none, the first stay, closings in all their forms, reopenings, as-of."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from auditor.log import Log
from auditor.log.spine import time_of
from auditor.log.stays import problems_of
from auditor.settings import Settings
from auditor.terms import Outcome, Stage

from . import builders
from .builders import Row, change, deal, said, stage, stays_of

BORN = "2024-03-01 10:00:00"
T1, T2, T3, T4 = (f"2024-03-0{day} 12:00:00" for day in (2, 3, 4, 5))
COVERED = {**change("responsible", BORN, "Б"), "deal": "another"}


def log_of(settings: Settings | None = None, history: Sequence[Row] | None = None, **rows: Any) -> Log:
    """A log whose history, where it has any, covers the deals' lives."""
    return builders.log_of(settings, history=history and [COVERED, *history], **rows)


def closed(time: str, how: str | None = "lost", **cells: str) -> dict[str, object]:
    return dict(change("closed", time, how, **cells))


def pipelines(log) -> list[str]:  # type: ignore[no-untyped-def]
    stays = log.stays
    return [stays.pipelines[code] if code >= 0 else "?" for code in stays.pipeline]


# ── moves ──


def test_a_stay_lasts_from_its_entry_to_the_next_and_the_last_is_open() -> None:
    log = log_of(history=[stage(T1, "Просчёт", "Новая"), stage(T2, "Замер", "Просчёт")])

    assert stays_of(log) == [("новая", BORN, T1), ("просчет", T1, T2), ("замер", T2, "never")]
    assert log.stays.lasts.tolist() == [False, False, True]
    assert log.stays.row.tolist() == [2, 1003, 1004], "each entry is shown by its row"


def test_deals_do_not_touch() -> None:
    log = log_of(
        deals=[deal("1"), deal("2", T1)],
        history=[stage(T2, "Б", "А"), {**stage(T3, "В", "Б"), "deal": "2"}],
    )

    assert stays_of(log, 0) == [("а", BORN, T2), ("б", T2, "never")]
    assert stays_of(log, 1) == [("б", T1, T3), ("в", T3, "never")]


def test_a_stage_event_into_the_stage_the_deal_is_in_is_no_move() -> None:
    log = log_of(history=[stage(T1, "Б", "А"), stage(T2, "Б", "Б"), stage(T3, "б ", None), stage(T4, "В", "Б")])

    assert stays_of(log) == [("а", BORN, T1), ("б", T1, T4), ("в", T4, "never")]


@pytest.mark.parametrize("first", ["stage", "pipeline"])
def test_pipeline_and_stage_in_one_second_are_one_move(first: str) -> None:
    rows = [change("pipeline", T1, "Продажи", "Лиды"), stage(T1, "Замер", "Новая")]
    log = log_of(deals=[deal(pipeline="Продажи")], history=rows if first == "pipeline" else rows[::-1])

    assert stays_of(log) == [("новая", BORN, T1), ("замер", T1, "never")]
    assert pipelines(log) == ["лиды", "продажи"]


def test_a_pipeline_event_alone_opens_a_stay_of_unknown_stage() -> None:
    log = log_of(history=[stage(T1, "А", "Новая"), change("pipeline", T2, "Продажи", "Лиды"), stage(T3, "Б", "Новая")])

    assert stays_of(log) == [("новая", BORN, T1), ("а", T1, T2), ("?", T2, T3), ("б", T3, "never")]
    assert pipelines(log) == ["лиды", "лиды", "продажи", "продажи"]


def test_a_pipeline_event_into_the_pipeline_the_deal_is_in_is_no_move() -> None:
    log = log_of(history=[stage(T1, "А", "Новая"), change("pipeline", T2, "Лиды", "Лиды"), stage(T3, "А", "А")])

    assert stays_of(log) == [("новая", BORN, T1), ("а", T1, "never")]


def test_a_pipeline_event_without_its_before_is_a_move_out_of_an_unknown_pipeline() -> None:
    log = log_of(
        deals=[deal(pipeline="Продажи", stage="А")], history=[change("pipeline", T2, "Продажи"), stage(T3, "А")]
    )

    assert pipelines(log) == ["?", "продажи", "продажи"]


def test_one_stage_name_in_two_pipelines_is_two_stages() -> None:
    log = log_of(
        history=[
            stage(T1, "А", "А", pipeline="Продажи", pipeline_before="Лиды"),
            stage(T2, "А", "А", pipeline="Продажи"),
        ]
    )

    assert stays_of(log) == [("а", BORN, T1), ("а", T1, "never")]
    assert pipelines(log) == ["лиды", "продажи"]
    assert log.stays.of(Stage("А", "Продажи"))[0].tolist() == [False, True]


def test_the_pipeline_holds_until_another_is_named() -> None:
    log = log_of(
        deals=[deal(pipeline="Архив")],
        history=[stage(T1, "Б", "А", pipeline="Продажи", pipeline_before="Лиды"), stage(T2, "В", "Б")],
    )

    assert pipelines(log) == ["лиды", "продажи", "продажи"]


def test_a_lead_without_a_pipeline_is_in_leads_and_a_deal_in_an_unknown_one() -> None:
    assert pipelines(log_of(deals=[{**deal(), "entity": "lead"}])) == ["лиды"]
    assert pipelines(log_of(deals=[deal()])) == ["?"]


def test_a_stage_of_an_unknown_pipeline_is_in_a_stage_of_any() -> None:
    log = log_of(history=[stage(T1, "Б", "А")])

    assert log.stays.of(Stage("Б", "Продажи"))[0].tolist() == [False, True]


def test_a_stay_of_unknown_stage_is_only_possibly_in_a_stage() -> None:
    log = log_of(history=[change("pipeline", T1, "Продажи", "Лиды")])
    sure, possible = log.stays.of(Stage("А", "Продажи"))

    assert (sure.tolist(), possible.tolist()) == ([False, False], [False, True])


def test_stages_are_compared_without_regard_to_case_and_ё_and_by_their_aliases() -> None:
    log = log_of(history=[stage(T1, "ПРОСЧЕТ", "Новая")])

    assert log.stays.of(Stage("Просчёт"))[0].tolist() == [False, True]
    assert log.stays.of(Stage("Смета", aliases=("просчёт",)))[0].tolist() == [False, True]


def test_the_companys_name_of_a_stage_is_the_regulations() -> None:
    log = log_of(Settings(stages={"Калькуляция": "Просчёт"}), history=[stage(T1, "Калькуляция", "Новая")])

    assert log.stays.of(Stage("Просчёт"))[0].tolist() == [False, True]


def test_the_companys_name_of_a_final_stage_closes_the_deal() -> None:
    settings = Settings(stages={"клиент передумал": "Отказ/отложено"})
    log = log_of(settings, history=[stage(T1, "Клиент передумал", "Новая")])

    assert log.stays.outcome.tolist() == [Outcome.OPEN, Outcome.LOST]


# ── the first stay ──


def test_the_first_stage_is_that_of_a_stage_event_at_creation() -> None:
    log = log_of(history=[stage(BORN, "А", None), stage(T1, "Б", "А")])

    assert stays_of(log) == [("а", BORN, T1), ("б", T1, "never")]
    assert log.stays.certain.tolist() == [True, True]


def test_moves_before_the_creation_count_at_it() -> None:
    log = log_of(history=[stage("2024-03-01 09:59:00", "А", None), stage(T1, "Б", "А")])

    assert stays_of(log) == [("а", BORN, T1), ("б", T1, "never")]


def test_else_it_is_the_before_of_the_first_stage_event_entered_at_creation() -> None:
    log = log_of(
        deals=[deal("0", "2024-02-01"), deal()],
        history=[{**stage("2024-02-02", "Б", "А"), "deal": "0"}, stage(T1, "Б", "А")],
    )

    assert stays_of(log, 1) == [("а", BORN, T1), ("б", T1, "never")]
    assert log.stays.certain[log.stays.deal == 1].tolist() == [True, True]


def test_else_its_current_stage_where_the_history_covers_its_life() -> None:
    log = log_of(
        deals=[deal("0", "2024-02-01"), deal(stage="Замер")],
        history=[{**stage("2024-02-02", "Б", "А"), "deal": "0"}],
    )

    assert stays_of(log, 1) == [("замер", BORN, "never")]
    assert log.stays.certain[log.stays.deal == 1].tolist() == [True]


def test_where_a_deal_older_than_the_history_stood_is_known_from_the_first_covered_day_on() -> None:
    log = builders.log_of(
        deals=[deal("1", "2024-01-01", stage="В"), deal("2", "2024-01-01", stage="В")],
        history=[stage(T1, "Б", "А"), stage(T3, "В", "Б")],
    )

    first = "2024-03-02 00:00:00"
    assert stays_of(log, 0) == [
        ("?", "2024-01-01 00:00:00", first),
        ("а", first, T1),
        ("б", T1, T3),
        ("в", T3, "never"),
    ]
    assert [name for name, *_ in stays_of(log, 1)] == ["?"]
    assert log.stays.certain.tolist() == [False, False, True, True, False]


def created(name: str, time: str = BORN) -> Row:
    return {**change("created", time, None), "deal": name}


@pytest.mark.parametrize("told", [created("1"), stage(BORN, "А")])
def test_a_deal_whose_history_does_not_begin_with_its_creation_has_an_unseen_past(told: Row) -> None:
    """In a table that tells creations at all, in so many words or by a stage in that second."""
    later = {**stage(T1, "Б", "А"), "deal": "2"}
    deals = [deal(name, stage=now) for name, now in (("1", "Б"), ("2", "Б"), ("3", "В"))]
    log = log_of(deals=deals, history=[told, stage(T1, "Б", "А"), later])

    assert [name for name, *_ in stays_of(log, 0)] == ["а", "б"]
    assert stays_of(log, 1) == [("а", BORN, T1), ("б", T1, "never")], "the `before` is believed"
    assert stays_of(log, 2) == [("?", BORN, "never")], "where it is now says nothing of its past"
    assert log.stays.certain.tolist() == [True, True, False, True, False]


def test_what_is_told_before_the_creation_hides_it() -> None:
    """The earliest record is a change: the row of the creation may be that of a copy."""
    early = {**change("responsible", "2024-03-01 09:00:00", "Б"), "deal": "1"}
    log = log_of(deals=[deal("1")], history=[early, created("1"), stage(T1, "Б", "А")])

    assert log.stays.certain.tolist() == [False, True]


def test_a_table_that_tells_no_creations_has_seen_every_life_it_covers() -> None:
    log = log_of(deals=[deal("1"), deal("2", stage="В")], history=[stage(T1, "Б", "А")])

    assert stays_of(log, 1) == [("в", BORN, "never")]
    assert log.stays.certain.tolist() == [True, True, True]


def test_without_any_history_of_stages_nothing_is_known() -> None:
    log = log_of(deals=[deal(stage="Замер")])

    assert stays_of(log) == [("?", BORN, "never")]


def test_a_pipeline_event_at_creation_is_the_first_stays_pipeline() -> None:
    log = log_of(history=[change("pipeline", BORN, "Продажи"), stage(T1, "Б", "А")])

    assert stays_of(log) == [("а", BORN, T1), ("б", T1, "never")]
    assert pipelines(log) == ["продажи", "продажи"]


# ── closings ──

ALL_FORMS = [stage(T1, "Сделка проиграна", "А"), closed("2024-03-02 12:00:02")]


@pytest.mark.parametrize(
    ("history", "columns"),
    [
        ([ALL_FORMS[0]], {}),
        ([closed(T1)], {}),
        ([stage(T1, "Сделка проиграна", "А"), closed(T1)], {}),
        ([closed(T1), stage(T1, "Сделка проиграна", "А")], {}),
        (ALL_FORMS, {}),
        ([closed(T1), stage("2024-03-02 12:00:02", "Сделка проиграна", "А")], {}),
        (ALL_FORMS, {"closed": "2024-03-02 12:00:05", "outcome": "lost"}),
        (ALL_FORMS, {"closed": "2024-03-02 11:59:59", "outcome": "lost"}),
        ([], {"closed": T1, "outcome": "lost"}),
        ([], {"closed": T1, "stage": "Закрыто и не реализовано"}),
    ],
)  # fmt: skip
def test_several_forms_of_one_closing_are_one_the_first(
    history: list[dict[str, object]], columns: dict[str, str]
) -> None:
    log = log_of(deals=[deal(**columns)], history=[stage(BORN, "А"), *history])

    assert stays_of(log) == [("а", BORN, T1), ("LOST", T1, "never")]
    assert problems_of(log, log.stays) == []


@pytest.mark.parametrize("rows", [(0, 1), (1, 0)], ids=["stage first", "closing first"])
def test_a_final_stage_of_any_name_and_its_closing_in_one_second_are_one_move(rows: tuple[int, int]) -> None:
    both = [stage(T2, "Кухня оплачена", "Договор"), closed(T2, "won")]
    log = log_of(history=[stage(T1, "Договор", "А"), *(both[row] for row in rows)])

    assert stays_of(log) == [("а", BORN, T1), ("договор", T1, T2), ("WON", T2, "never")]
    assert log.stays.stages[log.stays.stage[2]] == "кухня оплачена"
    assert problems_of(log, log.stays) == []


def test_of_several_moves_in_the_second_of_a_closing_the_last_is_the_closing() -> None:
    log = log_of(history=[closed(T1), stage(T1, "В", "Б"), stage(T1, "Б", "А"), stage(T2, "Б", "В")])

    assert stays_of(log) == [("а", BORN, T1), ("б", T1, T1), ("LOST", T1, T2), ("б", T2, "never")]


def test_a_closing_a_second_after_a_move_closes_the_stage_moved_into() -> None:
    log = log_of(history=[stage(T1, "Б", "А"), closed("2024-03-02 12:00:01")])

    assert [name for name, _entered, _left in stays_of(log)] == ["а", "б", "LOST"]


def test_a_deal_created_closed_was_in_the_stage_that_it_left_in_that_second() -> None:
    log = log_of(history=[stage(BORN, "Кухня оплачена", "А"), closed(BORN, "won")])

    assert stays_of(log) == [("а", BORN, BORN), ("WON", BORN, "never")]


@pytest.mark.parametrize(
    ("outcome", "names"),
    [
        ("WON", ("Сделка успешна", "Успешно реализовано", "Завершить сделку (успешна)")),
        ("LOST", ("Сделка проиграна", "Сделка провалена", "Закрыто и не реализовано", "Отказ/отложено")),
        ("CONVERTED", ("Качественный лид",)),
        ("REJECTED", ("Забраковать", "Некачественный лид", "Спам")),
    ],
)
def test_final_stages_say_how_a_deal_ended(outcome: str, names: tuple[str, ...]) -> None:
    for name in names:
        assert stays_of(log_of(history=[stage(T1, name, "А")]))[-1] == (outcome, T1, "never")


@pytest.mark.parametrize("name", ["Завершение работы с лидом", "Неразобранное"])
def test_stages_that_sound_like_an_end_or_no_beginning_are_ordinary(name: str) -> None:
    assert stays_of(log_of(history=[stage(T1, "А", name)])) == [
        (name.lower(), BORN, T1),
        ("а", T1, "never"),
    ]


def test_a_conversion_is_a_closing() -> None:
    assert stays_of(log_of(history=[change("converted", T1, None)]))[-1] == ("CONVERTED", T1, "never")


def test_a_closing_that_does_not_say_how_is_untold() -> None:
    assert stays_of(log_of(history=[closed(T1, None)]))[-1] == ("UNTOLD", T1, "never")
    assert stays_of(log_of(deals=[deal(closed=T1)]))[-1] == ("UNTOLD", T1, "never")


def test_a_closing_in_the_columns_before_the_creation_counts_at_it() -> None:
    assert stays_of(log_of(deals=[deal(closed="2024-03-01 09:00", outcome="won")]))[-1] == ("WON", BORN, "never")


def test_a_reopening_opens_a_new_stay_even_in_the_same_stage() -> None:
    log = log_of(history=[stage(T1, "А", "Н"), closed(T2), stage(T3, "А", "Сделка проиграна"), closed(T4, "won")])

    assert stays_of(log)[1:] == [("а", T1, T2), ("LOST", T2, T3), ("а", T3, T4), ("WON", T4, "never")]
    assert problems_of(log, log.stays) == []


def test_a_closing_after_a_reopening_may_stand_in_the_columns_alone() -> None:
    log = log_of(
        deals=[deal(closed=T3, outcome="won")], history=[closed(T1), stage(T2, "А", "Сделка проиграна")],
    )  # fmt: skip

    assert stays_of(log)[1:] == [("LOST", T1, T2), ("а", T2, T3), ("WON", T3, "never")]


def test_the_columns_old_closing_of_a_reopened_deal_is_no_second_one() -> None:
    log = log_of(deals=[deal(closed=T1, outcome="lost")], history=[closed(T1), stage(T2, "А", "Сделка проиграна")])

    assert stays_of(log)[1:] == [("LOST", T1, T2), ("а", T2, "never")]


def test_a_second_closing_with_another_outcome_is_a_problem_and_the_first_counts() -> None:
    log = log_of(history=[stage(T1, "Сделка успешна", "А"), closed(T2, "lost")])

    assert stays_of(log)[1:] == [("WON", T1, "never")]
    assert [str(problem.place) for problem in problems_of(log, log.stays)] == ["history.csv › 4"]


def test_a_closing_that_does_not_say_how_is_told_by_its_other_form() -> None:
    log = log_of(history=[closed(T1, None), stage(T2, "Сделка успешна", "А")])

    assert stays_of(log)[1:] == [("WON", T1, "never")]
    assert problems_of(log, log.stays) == []


def test_a_closed_stay_is_in_no_stage() -> None:
    log = log_of(history=[stage(T1, "Сделка проиграна", "А")])
    sure, possible = log.stays.of(Stage("Сделка проиграна"))

    assert not sure.any() and not possible[1]
    assert log.stays.outcome.tolist() == [Outcome.OPEN, Outcome.LOST]


# ── as of ──


def as_of(text: str) -> Settings:
    return Settings(as_of=datetime.fromisoformat(text))


def test_later_moves_and_closings_are_unseen() -> None:
    log = log_of(
        as_of(T2), deals=[deal(stage="Сделка проиграна", closed=T4, outcome="lost")],
        history=[stage(T1, "Б", "А"), stage(T2, "В", "Б"), stage(T3, "Г", "В")],
    )  # fmt: skip

    assert stays_of(log) == [("а", BORN, T1), ("б", T1, T2), ("в", T2, "never")]


def test_deals_created_later_are_unseen_with_all_that_is_theirs() -> None:
    log = log_of(
        as_of(T2), deals=[deal("2", T3), deal("1")], history=[stage(T1, "Б", "А"), {**stage(T4, "Б", "А"), "deal": "2"}]
    )  # fmt: skip

    assert log.deals.ids.tolist() == ["1"]
    assert [said(time_of(key)) for key in log.key] == [BORN, T1]


def test_a_stage_that_the_deal_only_came_to_later_is_not_its_first() -> None:
    log = log_of(
        as_of(T2),
        deals=[deal("0", "2024-02-01"), deal(stage="В", pipeline="Продажи")],
        history=[
            {**stage("2024-02-02", "Б", "А"), "deal": "0"},
            stage(T3, "Б", "А", pipeline="Продажи", pipeline_before="Лиды"), stage(T4, "В", "Б"),
        ],
    )  # fmt: skip

    assert stays_of(log, 1) == [("а", BORN, "never")]
    assert pipelines(log)[-1] == "лиды"


# ── where a moment lies ──


def test_the_stay_at_a_moment() -> None:
    log = log_of(deals=[deal("1"), deal("2", T3)], history=[stage(T1, "Б", "А")])
    stays = log.stays
    second = stays.entered[stays.deal == 1]

    assert stays.at(stays.entered).tolist() == [0, 1, 2]
    assert stays.at(stays.entered[1:2] - 1).tolist() == [0]
    assert stays.at(second - 1).tolist() == [-1]


def test_an_empty_export_has_no_stays() -> None:
    log = log_of(deals=[deal("1", "2024-03-05")], settings=None)
    nothing = log_of(as_of("2024-03-04"), deals=[deal("1", "2024-03-05")])

    assert len(log.stays) == 1
    assert len(nothing.stays) == 0
    assert len(nothing.stays.has_next) == 0
