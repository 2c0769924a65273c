"""Fields over time: which value stood when, by their history, the columns, and what the closing says."""

from datetime import datetime
from typing import Any

import numpy as np
import pytest

from auditor.log import Log
from auditor.log.fields import Versions
from auditor.log.spine import key_of, time_of
from auditor.settings import Settings

from .builders import Row, act, change, deal, log_of, said, sec, stage

T1, T2, T3, T4 = (f"2024-03-0{day} 12:00:00" for day in (2, 3, 4, 5))
BIRTH = "2024-03-01 10:00:00"


def set_to(time: str, after: str | None, before: str | None = None, field: str = "Город", **cells: Any) -> Row:
    return change("field", time, after, before, field=field, **cells)


def value(versions: Versions, time: str, deal: int = 0) -> str | None:
    """The value at a moment, None where empty."""
    code = versions.code[versions.at(key_of(np.array([deal]), np.array([sec(time)])))[0]]
    return versions.values[code] if code >= 0 else None


def city(log: Log) -> Versions:
    return log.field("Город")


def values(versions: Versions, *times: str) -> list[str | None]:
    return [value(versions, time) for time in times]


def column(text: str | None) -> list[Row]:
    return [{**deal(), "field:Город": text}]


# ── by the history ──


def test_a_change_holds_until_the_next_and_its_own_second_counts() -> None:
    found = city(log_of(history=[set_to(T2, "Омск", "Тула"), set_to(T3, "Томск", "Омск")]))

    assert values(found, T1, "2024-03-03 11:59:59", T2, "2024-03-04 11:59:59", T3, T4) == [
        "Тула", "Тула", "Омск", "Омск", "Томск", "Томск",
    ]  # fmt: skip
    assert found.exported and not found.ageless.any()


def test_before_the_first_change_it_is_that_changes_before_not_the_column() -> None:
    log = log_of(deals=column("Томск"), history=[set_to(T2, "Томск", "Тула")])
    empty = log_of(deals=column("Томск"), history=[set_to(T2, "Томск", None)])

    assert value(city(log), BIRTH) == "Тула"
    assert value(city(empty), BIRTH) is None


def test_a_deal_without_a_change_has_the_value_of_its_column_all_along() -> None:
    log = log_of(
        deals=[{**deal("1"), "field:Город": "Омск"}, {**deal("2"), "field:Город": "Пермь"}],
        history=[set_to(T2, "Омск", "Тула")],
    )

    assert value(city(log), BIRTH, deal=1) == "Пермь"
    assert city(log).row.tolist() == [2, 1002, 3], "each version shows its row"


def test_a_field_can_be_emptied() -> None:
    found = city(log_of(history=[set_to(T1, None, "Тула"), set_to(T2, " ", "Омск")]))

    assert values(found, BIRTH, T1, T2) == ["Тула", None, None]
    assert found.filled.tolist() == [True, False, False]


def test_the_version_just_before_a_moment() -> None:
    found = city(log_of(deals=column(None), history=[set_to(T2, "Омск", "Тула")]))
    at = key_of(np.array([0, 0]), np.array([sec(T2), sec(T2) + 1]))

    assert found.before(at).tolist() == [0, 1]
    assert [said(time_of(end)) for end in found.end] == [T2, "never"]


def test_values_before_the_creation_count_at_it() -> None:
    found = city(log_of(history=[set_to("2024-02-01 10:00", "Омск", "Тула")]))

    assert value(found, BIRTH) == "Омск"


def test_without_a_column_of_values_before_the_first_change_is_a_guess_and_told_so() -> None:
    row = {key: cell for key, cell in set_to(T2, "Омск").items() if key != "before"}
    found = city(log_of(history=[row]))

    assert value(found, BIRTH) == "Омск"
    assert found.ageless.tolist() == [True, False]


def test_the_age_of_a_value_is_asked_of_each_deal_an_empty_field_was_empty_all_along() -> None:
    deals = [{**deal(name), "field:Город": city} for name, city in (("1", "Омск"), ("2", "Тула"), ("3", None))]
    found = city(log_of(deals=deals, history=[set_to(T2, "Омск", None, deal="1")]))

    assert found.ageless.tolist() == [False, False, True, False]


def test_changes_of_other_fields_do_not_matter() -> None:
    log = log_of(deals=column("Тула"), history=[set_to(T2, "500", "300", field="Бюджет")])

    assert value(city(log), T3) == "Тула"
    assert city(log).ageless.tolist() == [True]


# ── by the columns ──


def test_without_history_the_column_holds_all_along() -> None:
    found = city(log_of(deals=column("Тула")))

    assert values(found, BIRTH, T4) == ["Тула", "Тула"]
    assert found.exported and found.ageless.tolist() == [True]


def test_a_field_goes_by_the_other_captions_that_crms_give_it_its_own_first() -> None:
    other = {**deal(), "field:Адрес клиента": "Омск"}
    assert value(log_of(deals=[other]).field("Адрес доставки"), T1) == "Омск"
    both = {**other, "field:Адрес доставки": "Тула"}
    assert value(log_of(deals=[both]).field("Адрес доставки"), T1) == "Тула"
    told = log_of(history=[set_to(T2, "Омск", field="Имя")])
    assert values(told.field("Имя клиента"), T1, T2) == [None, "Омск"]


def test_a_field_that_no_export_has() -> None:
    found = city(log_of())

    assert not found.exported
    assert value(found, T1) is None


@pytest.mark.parametrize("caption", ["город", "ГОРОД", " Город "])
def test_captions_are_compared_without_regard_to_case_and_blanks(caption: str) -> None:
    log = log_of(deals=[{**deal(), f"field:{caption}": "Тула"}], history=[set_to(T2, "Омск", "Тула", field=caption)])

    assert values(city(log), BIRTH, T2) == ["Тула", "Омск"]


def test_the_companys_own_caption_is_a_setting() -> None:
    settings = Settings(fields={"Город": "Населённый пункт"})
    log = log_of(settings, deals=[{**deal(), "field:Населенный пункт": "Тула", "field:Город": "не тот"}])

    assert value(city(log), BIRTH) == "Тула"


@pytest.mark.parametrize(
    ("caption", "cells", "found"),
    [
        ("Телефон", {"phone": "79161234567"}, "79161234567"),
        ("E-mail", {"email": "a@b.ru"}, "a@b.ru"),
        ("Почта", {"email": "a@b.ru"}, "a@b.ru"),
        ("Источник обращения", {"source": "Авито"}, "Авито"),
        ("Бюджет", {"amount": 150000.0}, "150000"),
        ("Сумма", {"amount": 0.1}, "0.1"),
        ("Бюджет", {"amount": float("nan")}, None),
        ("Причина отказа", {"reason": "Дорого"}, "Дорого"),
    ],
)
def test_columns_that_every_export_has_under_a_caption_of_its_own(
    caption: str, cells: dict[str, Any], found: str | None
) -> None:
    assert value(log_of(deals=[deal(**cells)]).field(caption), T1) == found


def test_a_column_of_that_very_caption_goes_before_the_common_one() -> None:
    log = log_of(deals=[{**deal(source="Авито"), "field:Источник": "ВКонтакте"}])

    assert value(log.field("Источник"), T1) == "ВКонтакте"


# ── what values say ──


def test_numbers_and_dates_of_values() -> None:
    found = city(log_of(history=[set_to(T1, "12.03.2024 15:30", "1 500,50"), set_to(T2, "2024-03-14", "x"),
                                 set_to(T3, "не скоро", "x"), set_to(T4, None, "x")]))  # fmt: skip

    assert found.numbers[found.code[0]] == 1500.5
    assert np.isnan(found.numbers[found.code[1:]]).all()
    assert [said(moment) for moment in found.date] == [
        "never", "2024-03-12 15:30:00", "2024-03-14 00:00:00", "never", "never",
    ]  # fmt: skip
    assert [said(moment) for moment in found.day[1:3]] == ["2024-03-12 00:00:00", "2024-03-14 00:00:00"]


# ── as of ──


def as_of(time: str) -> Settings:
    return Settings(as_of=datetime.fromisoformat(time))


def test_later_changes_are_unseen() -> None:
    found = city(
        log_of(as_of(T2), deals=column("Томск"), history=[set_to(T2, "Омск", "Тула"), set_to(T3, "Томск", "Омск")])
    )

    assert values(found, T1, T2, T4) == ["Тула", "Омск", "Омск"]


def test_a_column_that_changed_only_later_had_the_value_from_before() -> None:
    later = [set_to(T4, "Пермь", "Томск"), set_to(T3, "Томск", "Тула")]
    found = city(log_of(as_of(T2), deals=column("Пермь"), history=later))

    assert values(found, BIRTH, T2) == ["Тула", "Тула"]
    assert not found.ageless.any()


# ── the reason of a refusal ──


def closed(time: str, reason: str | None) -> Row:
    return change("closed", time, "lost", reason=reason)


def reason(log: Log) -> Versions:
    return log.field("Причина отказа")


def test_a_move_into_a_lost_stage_that_names_a_reason_sets_it() -> None:
    log = log_of(deals=[deal(reason="Спам")], history=[stage(T1, "Отказ/отложено", "А", reason="Дорого")])

    assert values(reason(log), BIRTH, T1) == [None, "Дорого"]


def test_a_leads_move_into_a_stage_named_as_a_reason_sets_it() -> None:
    history = [stage(T1, "Отказ мусор", "А", entity="lead")]
    log = log_of(deals=[deal(entity="lead", reason=None)], history=history)
    assert values(reason(log), BIRTH, T1) == [None, "Отказ мусор"]


def test_a_lead_that_its_list_shows_in_such_a_stage_has_the_reason() -> None:
    log = log_of(deals=[deal(entity="lead", reason=None, stage="Отказ")])
    assert values(reason(log), T1) == ["Отказ"]


@pytest.mark.parametrize("told", ["Спам", None])
def test_a_deals_stage_is_no_reason_and_a_told_one_stands(told: str | None) -> None:
    log = log_of(deals=[deal(reason=told, stage="Отказ"), deal("2", entity="lead", reason="Спам", stage="Отказ")])
    versions = reason(log)
    assert values(versions, T1) == [told]
    assert versions.values[versions.code[-1]] == "Спам"


def test_the_closing_that_names_a_reason_sets_it() -> None:
    log = log_of(deals=[deal(reason="Спам")], history=[closed(T1, "Дорого"), stage(T2, "Б", "А"), closed(T3, "Спам")])

    assert values(reason(log), BIRTH, T1, T2, T3) == [None, "Дорого", "Дорого", "Спам"]


def test_where_no_closing_names_it_the_column_holds_throughout() -> None:
    log = log_of(
        deals=[deal("1", reason="Спам"), deal("2", reason="Дорого")],
        history=[closed(T1, None), {**closed(T1, "Дубль"), "deal": "2"}],
    )

    assert values(reason(log), BIRTH, T1) == ["Спам", "Спам"]
    assert value(reason(log), BIRTH, deal=1) is None
    assert value(reason(log), T1, deal=1) == "Дубль"


def test_changes_of_the_reason_count_between_closings() -> None:
    log = log_of(history=[closed(T1, "Дорого"), set_to(T2, "Дубль", "Дорого", field="Причина отказа", reason=None)])

    assert values(reason(log), T1, T2) == ["Дорого", "Дубль"]


def test_a_reason_that_only_a_later_closing_names_is_unseen() -> None:
    log = log_of(as_of(T2), deals=[deal(reason="Спам")], history=[closed(T3, "Спам")])

    assert value(reason(log), T2) is None


# ── who was responsible ──


def handed(time: str, after: str | None, before: str | None) -> Row:
    return change("responsible", time, after, before)


def responsible(log: Log, *times: str) -> list[str]:
    return [value(log.responsible, time) or "" for time in times]


def test_without_changes_it_is_the_deals_manager() -> None:
    assert responsible(log_of(), BIRTH) == ["Анна"]
    assert responsible(log_of(deals=[deal(manager=None)]), BIRTH) == [""]


def test_before_the_first_change_it_is_its_before_else_its_after() -> None:
    told = log_of(history=[handed(T1, "Вера", "Борис"), handed(T2, "Анна", "Вера")])
    silent = log_of(history=[handed(T1, "Вера", None), handed(T2, "Анна", "Вера")])

    assert responsible(told, BIRTH, T1, T2) == ["Борис", "Вера", "Анна"]
    assert responsible(silent, BIRTH, T1, T2) == ["Вера", "Вера", "Анна"]


def test_names_are_compared_without_regard_to_case() -> None:
    assert responsible(log_of(history=[handed(T1, "АННА", "Борис")]), T1) == ["Анна"]


def test_a_later_change_tells_who_was_responsible_until_then() -> None:
    log = log_of(as_of(T2), deals=[deal(manager="Вера")], history=[handed(T3, "Вера", "Борис")])

    assert responsible(log, BIRTH, T2) == ["Борис", "Борис"]


def test_changes_of_one_second_are_chained() -> None:
    log = log_of(history=[handed(T1, "Вера", "Борис"), handed(T1, "Борис", "Анна"), act_row()])

    assert responsible(log, BIRTH, T1) == ["Анна", "Вера"]


def act_row() -> Row:
    return stage(T4, "Б", "А")


def test_who_acted_is_the_one_responsible_just_before() -> None:
    log = log_of(history=[handed(T1, "Вера", "Борис")], activities=[act("call", T2)])
    versions = log.responsible
    at = key_of(np.array([0]), np.array([sec(T1)]))

    assert [versions.values[versions.code[v]] for v in (*versions.before(at), *versions.at(at))] == ["Борис", "Вера"]
