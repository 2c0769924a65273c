"""Which pipeline of the data is which of a regulation, how many deals each holds, and that no other is judged."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from auditor import i18n
from auditor.audit.engine import audit
from auditor.audit.pipelines import pipelines_found
from auditor.audit.places import Seen, pipelines_seen
from auditor.audit.request import Request
from auditor.audit.result import Audit, PipelineFound
from auditor.patterns import (
    IN,
    LOST,
    OUT,
    Condition,
    PerDay,
    Response,
    call,
    closed,
    created,
    days,
    enters,
    filled,
    goes_to,
    hours,
    leaves,
)
from auditor.patterns.core.pattern import Pattern
from auditor.rules import HIGH, Clause, Pipeline, Regulation
from auditor.settings import Settings
from auditor.spelling import folded
from tests.log.builders import Row, act, change, deal, stage, tables

SALES = Pipeline("Продажи", ("Просчёт", "Предзамер", "Замер", "Преддоговор"), aliases=("Сделки",))
MONTHS = Pipeline("Отложенный спрос", ("Январь", "Февраль"))
AGENCY = Pipeline("Воронка продаж", ("Заявка", "Квалификация", "Замер"))
SHOP = Pipeline("ПРОДАКШН", ())
KITCHENS = Regulation("TST", "Кухни", (SALES, MONTHS), ())
SITES = Regulation("ALT", "Сайты", (AGENCY, SHOP), ())
BOTH = (KITCHENS, SITES)
ESTIMATE, BEFORE, MEASURING, CONTRACT = SALES


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.activate("en")


# ── whose a pipeline is ──


def seen(name: str, *stages: str, deals: int = 1) -> Seen:
    return Seen(name, deals, frozenset(map(folded, stages)))


Owner = tuple[str | None, str | None, bool]


def owners(
    *data: Seen, chosen: Sequence[Regulation] = (KITCHENS,), mapped: dict[str, str] | None = None
) -> dict[str, Owner]:
    """By name: the regulation, the pipeline that it is taken for, and whether it is judged."""
    found = pipelines_found(data, chosen, BOTH, Settings(pipelines=mapped or {}))
    return {each.name: (each.regulation, each.taken_for, each.judged) for each in found}


NOBODYS = (None, None, False)
OURS, TAKEN = ("TST", None, True), ("TST", "Продажи", True)


@pytest.mark.parametrize("name", ["Продажи", "ПРОДАЖИ", " продажи  "])
def test_a_pipeline_of_the_regulations_name_is_its_own_whatever_its_case(name: str) -> None:
    assert owners(seen(name)) == {name: OURS}


def test_an_alias_of_the_regulation_is_taken_for_its_name() -> None:
    assert owners(seen("сделки")) == {"сделки": TAKEN}


@pytest.mark.parametrize("name", ["Продажи 2024", "💰 Продажи", "Воронка"])
def test_two_stages_of_its_own_tell_a_pipeline_of_another_name(name: str) -> None:
    assert owners(seen(name, "ПРОСЧЕТ", "Преддоговор")) == {name: TAKEN}


def test_one_stage_is_too_few() -> None:
    assert owners(seen("Кухни", "Просчёт", "Торг")) == {"Кухни": NOBODYS}


def test_a_stage_that_another_regulation_has_too_tells_nothing() -> None:
    assert owners(seen("Кухни", "Просчёт", "Замер")) == {"Кухни": NOBODYS}


def test_common_names_of_closings_tell_nothing() -> None:
    closings = Regulation("CLS", "", (Pipeline("Итоги", ("Спам", "Сделка успешна", "Приём")),), ())
    found = pipelines_found([seen("Кухни", "Спам", "Сделка успешна", "Приём")], (closings,), (closings,), Settings())
    assert [each.regulation for each in found] == [None]


@pytest.mark.parametrize("name", ["Кухни", "💰 Продажи"])
def test_beside_a_pipeline_of_the_regulations_name_no_other_is_taken_for_it(name: str) -> None:
    assert owners(seen("Продажи"), seen(name, *SALES.stages)) == {"Продажи": OURS, name: NOBODYS}


def test_of_two_regulations_with_a_pipeline_of_that_name_the_stages_tell_whose_it_is() -> None:
    """Leads are in «Лиды» whatever the company."""
    first, second = (Regulation(code, "", (Pipeline("Лиды", stages),), ()) for code, stages in (
        ("ONE", ("Новый", "Недозвон")), ("TWO", ("Новый", "Наш", "Замер")),
    ))  # fmt: skip
    both = (first, second)
    for stages, code in ((("Новый", "Недозвон"), "ONE"), (("Наш",), "TWO"), (("Новый",), "ONE")):
        found = pipelines_found([seen("Лиды", *stages)], both, both, Settings())
        assert [(each.regulation, each.taken_for) for each in found] == [(code, None)]


def test_several_may_be_taken_for_the_same() -> None:
    assert owners(seen("Кухни", "Просчёт", "Предзамер"), seen("Шкафы", "Предзамер", "Преддоговор")) == {
        "Кухни": TAKEN,
        "Шкафы": TAKEN,
    }


def test_each_pipeline_of_a_regulation_is_told_by_its_own_stages() -> None:
    assert owners(seen("Продажи"), seen("Отложка", "Январь", "Февраль")) == {
        "Продажи": OURS,
        "Отложка": ("TST", "Отложенный спрос", True),
    }


def test_a_pipeline_that_another_regulation_fits_better_is_that_ones() -> None:
    data = seen("Общая", "Просчёт", "Предзамер", "Заявка", "Квалификация", "Замер")
    tied = seen("Общая", "Просчёт", "Предзамер", "Заявка", "Квалификация")
    assert owners(replace(data, stages=data.stages - {"предзамер"})) == {"Общая": ("ALT", "Воронка продаж", False)}
    assert owners(tied) == {"Общая": TAKEN}
    assert owners(tied, chosen=(SITES,)) == {"Общая": ("ALT", "Воронка продаж", True)}


def test_a_pipeline_of_a_regulation_that_is_not_asked_for_is_told_and_not_judged() -> None:
    assert owners(seen("Воронка продаж"), seen("ПРОДАКШН")) == {
        "Воронка продаж": ("ALT", None, False),
        "ПРОДАКШН": ("ALT", None, False),
    }


def test_the_settings_say_more_than_stages_and_names() -> None:
    data = (seen("Кухни"), seen("Лендинги", *SALES.stages), seen("Продажи"))
    mapped = {"КУХНИ": "Продажи", "лендинги": "ПРОДАКШН"}
    assert owners(*data, mapped=mapped) == {"Кухни": TAKEN, "Лендинги": ("ALT", "ПРОДАКШН", False), "Продажи": OURS}
    assert owners(seen("Продажи"), mapped={"Продажи": "Отложенный спрос"}) == {
        "Продажи": ("TST", "Отложенный спрос", True)
    }


def test_a_pipeline_that_the_settings_name_leaves_none_to_be_guessed() -> None:
    data = (seen("Кухни"), seen("Шкафы", *SALES.stages))
    assert owners(*data, mapped={"Кухни": "Продажи"}) == {"Кухни": TAKEN, "Шкафы": NOBODYS}


# ── where deals are seen ──

MOVED = "2024-03-05 10:00"


def counted(settings: Settings | None = None, **rows: Any) -> dict[str, tuple[int, set[str]]]:
    """By name: the deals and stages of each pipeline."""
    found = pipelines_seen(tables(**rows), settings or Settings())
    return {each.name: (each.deals, set(each.stages)) for each in found if each.deals or each.stages}


def test_deals_are_counted_in_each_pipeline_that_they_were_in() -> None:
    deals = [deal("1", pipeline="Кухни", stage="Замер"), deal("2", pipeline="КУХНИ", stage="Торг")]
    history = [
        stage(MOVED, "Замер", "Приём", pipeline="Кухни", pipeline_before="Партнёры"),
        change("pipeline", MOVED, "Кухни", "Архив", deal="2"),
    ]
    assert counted(deals=deals, history=history) == {
        "Кухни": (2, {"замер", "торг"}),
        "Партнёры": (1, {"прием"}),
        "Архив": (1, set()),
    }


def test_rows_that_name_no_pipeline_are_in_the_deals_only_one() -> None:
    history = [stage(MOVED, "Преддоговор", "Предзамер")]
    assert counted(deals=[deal(pipeline="Кухни", stage="Торг")], history=history) == {
        "Кухни": (1, {"преддоговор", "предзамер", "торг"})
    }
    history.append(change("pipeline", MOVED, "Кухни", "Партнёры"))
    assert counted(deals=[deal(pipeline="Кухни", stage="Торг")], history=history) == {
        "Кухни": (1, {"торг"}),
        "Партнёры": (1, set()),
        "": (0, {"преддоговор", "предзамер"}),
    }


def test_a_lead_without_a_pipeline_is_in_its_own_and_a_deal_in_none() -> None:
    deals = [deal("1", entity="lead", stage="Новый лид"), deal("2", stage="Замер"), deal("3", stage="Замер")]
    assert counted(deals=deals) == {"Лиды": (1, {"новый лид"}), "": (2, {"замер"})}


def test_stages_count_under_the_regulations_names() -> None:
    settings = Settings(stages={"согласование": "Преддоговор"})
    assert counted(settings, deals=[deal(pipeline="Кухни", stage="Согласование")]) == {"Кухни": (1, {"преддоговор"})}


def test_what_lies_after_as_of_is_not_seen() -> None:
    deals = [deal("1", pipeline="Кухни"), deal("2", created="2024-04-01", pipeline="Шкафы")]
    history = [change("pipeline", MOVED, "Кухни", "Архив")]
    assert counted(Settings(as_of=datetime(2024, 3, 2)), deals=deals, history=history) == {"Кухни": (1, set())}


# ── what is judged ──

ANSWERS = Response(on=call(IN), expect=call(OUT), due=hours(1))
CALLED = act("call", "2024-03-01 10:30", direction="out")
CALLS = [CALLED, *(act("call", f"2024-03-0{day} 12:00", direction="in") for day in (2, 4, 6))]
THROUGH = [
    stage("2024-03-01 10:00", "Просчёт", pipeline="Продажи"),
    stage("2024-03-03 10:00", "Торг", "Просчёт", pipeline="Партнёры", pipeline_before="Продажи"),
    stage("2024-03-05 10:00", "Замер", "Торг", pipeline="Продажи", pipeline_before="Партнёры"),
]


def judged(
    pattern: Pattern, *, regulations: Sequence[Regulation] = (KITCHENS,), as_of: str = "2024-03-10", **rows: Any
) -> Audit:
    """An audit by one clause of this pattern."""
    first, *others = regulations
    clause = Clause("TST0101", HIGH, "п. 1", "Делает.", pattern)
    settings = Settings(as_of=datetime.fromisoformat(as_of), suppose_days_off=False)
    request = Request((replace(first, clauses=(clause,)), *others), named=(first.code,), all_duties=True)
    return audit(tables(**rows), request, settings)


def arisen(found: Audit) -> list[str]:
    return [str(arose) for arose in found.duties["arose"]]


def whole(pipeline: str | None = "Продажи", **cells: Any) -> Row:
    return deal(pipeline=pipeline, **cells)


def test_duties_that_arise_in_another_pipeline_are_not_judged() -> None:
    found = judged(ANSWERS, deals=[whole()], history=THROUGH, activities=CALLS)
    assert arisen(found) == ["2024-03-02 12:00:00", "2024-03-06 12:00:00"]
    assert found.scores["missed"].sum() == 2


def test_a_move_between_two_pipelines_is_judged_on_both_of_its_sides() -> None:
    out = judged(Condition(on=leaves(ESTIMATE), that=goes_to(BEFORE)), deals=[whole()], history=THROUGH)
    back = judged(Condition(on=enters(MEASURING), that=filled("Город")), deals=[whole()], history=THROUGH)
    assert arisen(out) == ["2024-03-03 10:00:00"]
    assert [each.status.value for each in back.coverage] == ["not_checked"]
    back = judged(
        Condition(on=enters(MEASURING), that=filled("Город")), deals=[whole(**{"field:Город": "Омск"})], history=THROUGH
    )
    assert arisen(back) == ["2024-03-05 10:00:00"]


def test_a_closing_in_another_pipeline_is_not_judged() -> None:
    lost = {"closed": "2024-03-04", "outcome": "lost", "reason": "Дорого"}
    deals = [whole("Партнёры", **lost), whole(name="2", **lost)]
    found = judged(Condition(on=closed(LOST), that=filled("Причина отказа")), deals=deals, history=[])
    assert list(found.duties["deal"]) == ["2"]


def test_a_day_belongs_to_every_pipeline_of_it() -> None:
    calls = PerDay(during=MEASURING, expect=call(OUT), grace=1)
    activities = [act("call", "2024-03-01 12:00", direction="out", outcome="unanswered")]
    found = judged(calls, deals=[whole()], history=THROUGH, activities=activities, as_of="2024-03-07")
    assert arisen(found) == ["2024-03-05 00:00:00", "2024-03-06 00:00:00", "2024-03-07 00:00:00"]


def test_a_deal_of_no_pipeline_is_judged_and_a_lead_is_not_where_leads_are_nobodys() -> None:
    deals = [whole(None), whole(None, name="2", entity="lead")]
    found = judged(Response(on=created, expect=call(OUT), due=days(1)), deals=deals, activities=[CALLED])
    assert list(found.duties["deal"]) == ["1"]
    assert found.pipelines == (PipelineFound("Лиды", None, None, 1, judged=False),)


def test_a_renamed_pipeline_is_judged_as_the_regulations() -> None:
    history = [stage(MOVED, "Преддоговор", "Предзамер")]
    stay = Response(on=enters(CONTRACT), expect=leaves(CONTRACT), due=days(2))
    found = judged(stay, deals=[whole("Продажи 2024", stage="Преддоговор")], history=history)
    assert found.pipelines == (PipelineFound("Продажи 2024", "TST", "Продажи", 1, judged=True),)
    assert list(found.duties["how"]) == ["missed"]


def test_a_move_between_two_pipelines_that_mean_the_same_is_no_move() -> None:
    """The stage is the same, and so is the pipeline: the stay goes on."""
    deals = [whole("Кухни", stage="Преддоговор")]
    history = [
        stage("2024-03-02 10:00", "Преддоговор", "Предзамер", pipeline="Шкафы"),
        stage("2024-03-03 10:00", "Преддоговор", "Преддоговор", pipeline="Кухни", pipeline_before="Шкафы"),
    ]
    found = judged(Response(on=enters(CONTRACT), expect=leaves(CONTRACT), due=days(9)), deals=deals, history=history)
    assert arisen(found) == ["2024-03-02 10:00:00"]


def test_where_no_deal_is_in_a_pipeline_of_the_regulation_the_report_says_so() -> None:
    found = judged(ANSWERS, deals=[whole("Партнёры")], activities=CALLS)
    assert arisen(found) == []
    [problem] = found.problems
    assert (str(problem), problem.refused) == (
        "deals.csv: no deal is in a pipeline of TST: nothing is judged by it; name its pipelines under [pipelines]",
        True,
    )


def test_one_regulation_of_two_without_a_deal_is_told_and_refuses_nothing() -> None:
    request = Request(BOTH, named=("TST", "ALT"))
    found = audit(tables(deals=[whole()]), request, Settings())
    assert [(problem.what[:40], problem.refused) for problem in found.problems] == [
        ("no deal is in a pipeline of ALT: nothing", False)
    ]


def test_unknown_stages_of_other_pipelines_and_of_the_settings_are_no_problems() -> None:
    history = [
        stage("2024-03-02 10:00", "Сбор", "Торг", pipeline="Партнёры"),
        stage("2024-03-03 10:00", "Сбор", "Торг", pipeline="Продажи", deal="2"),
    ]
    deals = [whole("Партнёры"), whole(name="2")]
    found = judged(ANSWERS, deals=deals, history=history, activities=CALLS)
    assert [(problem.place.row, problem.what[:33]) for problem in found.problems] == [
        (None, "the data names no stage of TST: n"),
        (3, "the regulation has no stage “Торг"),
        (3, "the regulation has no stage “Сбор"),
    ]
    settings = Settings(stages={"Сбор": "Просчёт", "Торг": "Предзамер"})
    mapped = audit(tables(deals=deals, history=history), Request(BOTH, named=("TST",)), settings)
    assert mapped.problems == ()


def test_stages_of_lists_and_moves_are_told_with_what_they_mean() -> None:
    history = [stage("2024-03-02 10:00", "Подбор", "Просчёт"), stage("2024-03-03 10:00", "Сделка успешна", "Подбор")]
    deals = [whole(stage="Преддоговр"), whole("Партнёры", name="2", stage="Чужой")]
    found = audit(tables(deals=deals, history=history), Request(BOTH, named=("TST",)), Settings())
    assert sorted((each.name, each.meant, each.near) for each in found.stages) == [
        ("Подбор", "", ""),
        ("Преддоговр", "", "Преддоговор"),
        ("Просчёт", "Просчёт", ""),
    ]
    mapped = Settings(stages={"Преддоговр": "Преддоговор", "Подбор": "Перенос"})
    found = audit(tables(deals=deals, history=history), Request(BOTH, named=("TST",)), mapped)
    assert [each.name for each in found.stages if not each.meant] == []


def test_without_a_regulation_stages_are_told_by_the_one_that_they_are_likest() -> None:
    deals = [whole("Кухни", stage="Преддоговр"), whole("Шкафы", name="2", stage="Торг")]
    found = audit(tables(deals=deals), Request(BOTH), Settings())
    assert found.regulations == ()
    assert sorted((each.name, each.near) for each in found.stages) == [("Преддоговр", "Преддоговор"), ("Торг", "")]


def test_closings_are_counted_by_deals_where_a_history_of_stages_tells_them() -> None:
    history = [stage("2024-03-02 10:00", "Замер", "Просчёт"), stage("2024-03-03 10:00", "Сделка успешна", "Замер"),
               stage("2024-03-02 10:00", "Замер", "Просчёт", deal="2")]  # fmt: skip
    found = audit(tables(deals=[whole(), whole(name="2")], history=history), Request(BOTH, named=("TST",)), Settings())
    assert dict(zip(found.streams["kind"], found.streams["rows"], strict=True))["closed"] == 1


def test_an_audit_by_no_regulation_asks_for_no_stages() -> None:
    found = audit(tables(deals=[whole("Кухни", stage="Торг")]), Request(BOTH), Settings())
    assert (found.regulations, found.problems) == ((), ())


def test_the_regulation_is_chosen_by_the_stages_of_a_renamed_pipeline() -> None:
    deals = [whole("Кухни", stage="Просчёт"), whole("Кухни", name="2", stage="Преддоговор")]
    found = audit(tables(deals=deals), Request(BOTH), Settings())
    assert [regulation.code for regulation in found.regulations] == ["TST"]
    assert found.pipelines == (PipelineFound("Кухни", "TST", "Продажи", 2, judged=True),)
