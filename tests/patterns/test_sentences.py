"""What a report says of a duty: the facts of this deal, then what was needed, in at most two lines."""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd
import pytest
from storied import CLAUSES, duties_of, whole

from auditor.i18n import LANGUAGES, activate
from auditor.log.kinds import NEVER
from auditor.patterns.core.findings import All, Any, Finding
from auditor.patterns.core.fitting import LONGEST_SENTENCE, fewer, fitted, whole_parts
from auditor.patterns.core.truth import FALSE, TRUE, UNKNOWN
from auditor.patterns.core.words import (
    each_once,
    few,
    filled,
    moments_told,
    numbers_told,
    one_of,
    shown_texts,
    time_words,
)

CUT = re.compile(r"…(?![»”])|[.][.]|: *[.;]|  |[(] ")
"""What is left where something was cut off, or has nothing to say."""
WORD = re.compile(r"[\w:./]+")

SENTENCES = {
    "FUR0201": "11.03.2024: исходящий звонок — 2 (10:05, 13:00), нужно: 3. На этапе «Недозвон» с 11.03.2024 10:00.",
    "FUR0601": "«Предзамер» → «Перенос», 05.03.2024 12:00.",
    "FUR0607": "Создание на этапе «Предзамер», 11.03.2024 10:00. К 18:00: «Дата замера»: в сделке "
    "22.03.2024, в учёте 23.03.2024, нужно: одно и то же.",
    "FUR0902": "Создание на этапе «Преддоговор», 01.03.2024 10:00. До 31.03.2024 нужно: уход с этапа «Преддоговор». "
    "Сделано с опозданием: 01.04.2024 00:00.",
    "FUR1203": "«Просчёт» → «Май», 01.03.2024 11:00. К 18:00: этап: «Май», сроки задач: 15.04.2024, "
    "нужно: месяц, на который поставлена задача.",
    "AGY0006": "«Новая заявка» → закрытие с отказом («не дозвонился»), 12.03.2024 12:00. Неотвеченный исходящий "
    "звонок: 3 из 4 (11.03.2024 10:00, 11:00, 12.03.2024 10:00).",
    "FUR0406": "«Просчёт» → «Предзамер», 14.03.2024 12:00. «Город»: не заполнено.",
    "FUR0604": "Создание на этапе «Предзамер», 11.03.2024 10:00. К 11.03.2024: число частей в поле «Город, улица, "
    "дом…»: 6 из 7; либо «Город, улица, дом…»: Омск, Мира, 5, 12, 1, 3, нужно: «частный», «коттедж» или «дача».",
    "AGY0701": "«Выставлен договор/счет» → «Запущено в работу», 12.03.2024 10:05. Оплата: нет; либо «Дата оплаты»: "
    "не заполнено.",
    "AGY0909": "«Новая заявка» → закрытие с отказом, 12.03.2024 12:00. Слова клиента, письменно или в записи за "
    "30 дней: нет; либо попытка связаться с клиентом после события «контакт с клиентом»: 1 из 3; ещё 3 условия.",
    "FUR0203": "Неотвеченный исходящий звонок (11.03.2024 10:05), 11.03.2024. До 12.03.2024 18:00 нужно: задача или "
    "приглашение (кому: секретарь) или комментарий или сообщение в чате (упомянут: секретарь). Не сделано.",
}  # fmt: skip


@cache
def broken(code: str) -> tuple[str, pd.DataFrame]:
    """The text of the first broken story of a clause, and its violations."""
    story = next(story for story in whole(code) if story.is_broken)
    duties = duties_of(story)
    return story.text, duties[duties["verdict"] == "violated"]


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_tells_what_happened_and_what_was_needed(code: str) -> None:
    assert broken(code)[1]["why"].iloc[0] == SENTENCES[code]


@pytest.mark.parametrize("code", CLAUSES)
def test_a_sentence_holds_facts_of_the_deal_on_two_lines(code: str) -> None:
    story, duties = broken(code)
    for why in duties["why"]:
        assert len(why) <= LONGEST_SENTENCE
        facts = set(WORD.findall(why)) & set(WORD.findall(story)) - set(WORD.findall(CLAUSES[code].text))
        assert facts, "it repeats the clause"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CLAUSES)
def test_no_sentence_ends_within_a_condition(code: str, language: str) -> None:
    activate(language)
    told = [why for story in whole(code) if story.is_broken for why in duties_of(story)["why"]]
    assert [why for why in told if CUT.search(why)] == []


@pytest.mark.parametrize("code", CLAUSES)
def test_english_has_one_kind_of_quotation_marks(code: str) -> None:
    activate("en")
    told = [duties_of(story) for story in whole(code) if story.is_broken]
    assert [why for duties in told for why in duties["why"] if re.search("[«»]", why)] == []
    lines = [line for duties in told for listed in duties["findings"] for line in listed]
    assert [line for line in lines if re.search("[«»]", line.what + line.needed)] == []


@pytest.mark.parametrize("code", CLAUSES)
def test_the_checklist_of_a_violation_names_what_fails(code: str) -> None:
    for lines in broken(code)[1]["findings"]:
        assert any(line.holds is False for line in lines), lines
        assert all(line.what and line.needed and line.found for line in lines), lines


def truths(*values: int) -> np.ndarray:
    return np.array(values, np.int8)


def finding(what: str, found: Sequence[str], holds: np.ndarray, needed: str = "да") -> Finding:
    return Finding(what, needed, np.array(found, object), holds, otherwise="нет")


def test_of_conditions_joined_by_and_only_those_are_told_that_fail_and_alike_ones_together() -> None:
    told = All([
        finding("A", ["пусто", "x"], truths(FALSE, TRUE)),
        finding("B", ["пусто", "пусто"], truths(FALSE, FALSE)),
        finding("C", ["y", "y"], truths(TRUE, TRUE)),
    ])  # fmt: skip
    assert [told.said(i) for i in (0, 1)] == ["A, B: пусто, нужно: да", "B: пусто, нужно: да"]


def test_of_conditions_joined_by_or_every_branch_says_what_it_lacks() -> None:
    branch = All([finding("A", ["1"], truths(FALSE)), finding("B", ["2"], truths(TRUE))])
    told = Any([branch, finding("C", ["3"], truths(FALSE))])
    assert told.said(0) == "A: 1, нужно: да; либо C: 3, нужно: да"


def test_not_of_either_needs_neither() -> None:
    told = Any([finding("A", ["1"], truths(TRUE)), finding("B", ["2"], truths(FALSE))]).denied()
    assert told.said(0) == "A: 1, нужно: нет"
    assert [line.holds for line in told.checked(0)] == [False, True]
    assert told.denied().said(0) == "A: 1, нужно: да"


def test_what_nobody_knows_is_told_where_it_decides() -> None:
    told = All([finding("A", ["пусто"], truths(UNKNOWN)), finding("B", ["2"], truths(TRUE))])
    assert (told.said(0), told.checked(0)[0].holds) == ("A: пусто, нужно: да", None)


def test_moments_of_one_day_share_its_date_and_many_are_counted() -> None:
    first = int((np.datetime64("2024-05-21T10:41") - np.datetime64("2000-01-01")).astype("timedelta64[s]").astype(int))
    hours = first + np.array([0, 3600, 86400, 90000, 93600])
    begins, ends = np.array([0, 0, 3, 2]), np.array([5, 2, 5, 2])
    assert moments_told(hours, begins, ends).tolist() == [
        "21.05.2024 10:41, 11:41, 22.05.2024 10:41, 11:41, ещё 1",
        "21.05.2024 10:41, 11:41",
        "22.05.2024 11:41, 12:41",
        "",
    ]
    assert moments_told(hours, begins[:2], ends[:2], day=hours[:2] // 86400).tolist() == [
        "10:41, 11:41, 22.05.2024 10:41, 11:41, ещё 1", "10:41, 11:41"
    ]  # fmt: skip


def test_a_moment_is_told_to_the_minute_and_the_end_of_a_day_as_the_day() -> None:
    noon = int(
        (np.datetime64("2024-05-21T12:00:07") - np.datetime64("2000-01-01")).astype("timedelta64[s]").astype(int)
    )
    seconds, exact = np.array([noon, noon, noon // 86400 * 86400 + 86399, NEVER]), np.array([False, True, True, True])
    assert time_words(seconds, exact).tolist() == [
        "21.05.2024 12:00",
        "21.05.2024 12:00:07",
        "21.05.2024",
        "неизвестно",
    ]
    assert time_words(seconds[:0]).tolist() == []


def test_what_is_equal_is_put_into_words_once() -> None:
    asked = []
    assert each_once(lambda n: asked.append(n) or f"№ {n}", np.array([3, 1, 3, 3])).tolist() == [
        "№ 3",
        "№ 1",
        "№ 3",
        "№ 3",
    ]
    assert asked == [1, 3]
    same = All(
        [
            finding("A", ["1", "2", "1"], truths(FALSE, FALSE, FALSE)),
            finding("B", ["x"] * 3, truths(FALSE, TRUE, FALSE)),
        ]
    )
    said, lines = same.told()
    assert said.tolist() == [same.said(i) for i in range(3)] and lines == [same.checked(i) for i in range(3)]
    assert lines[0] is lines[2]


def test_a_form_is_filled_column_by_column() -> None:
    names = np.array(["А", "Б"], object)
    assert filled("{who}: {what}, {who}.", who=names, what="да").tolist() == ["А: да, А.", "Б: да, Б."]


def test_numbers_and_texts_are_shown_as_people_write_them() -> None:
    assert numbers_told(np.array([1234.5, 3, np.nan])).tolist() == ["1\u00a0234,5", "3", "пусто"]
    assert shown_texts(("да\nнет", "x" * 99), np.array([1, 0, -1])).tolist() == ["x" * 59 + "…", "да нет", "пусто"]


def test_names_of_which_the_same_is_told_stand_together_and_many_are_counted() -> None:
    assert few(["A", "B", "C", "D"]) == "A, B, C, D"
    assert few(["A", "B", "C", "D", "E"]) == "A, B, C, ещё 2"


def test_alternatives_stand_in_a_row_and_share_their_brackets() -> None:
    assert one_of(["a"]) == "a"
    assert one_of(["a", "b", "c"]) == "a, b или c"
    assert one_of(["a, a", "b", "c"]) == "a, a или b или c"
    assert one_of(["a (кому: x)", "b (кому: x)", "c (кому: y)"]) == "a или b (кому: x) или c (кому: y)"


def test_parts_are_whole_within_quotes_and_brackets() -> None:
    assert whole_parts("«a; b»: 1 (x; y); либо c: «d «e; f»»; g", "; ") == [
        "«a; b»: 1 (x; y)",
        "либо c: «d «e; f»»",
        "g",
    ]


def test_of_too_many_conditions_the_last_are_counted() -> None:
    text = "aaaa: 1; bbbb: 2; cccc: 3"
    assert fewer(text, 23) == "aaaa: 1; ещё 2 условия"
    assert fewer(text, 34) == "aaaa: 1; bbbb: 2; ещё 1 условие"
    assert fewer("звонок, письмо или SMS", 20) == "звонок, ещё 2"
    assert fewer("одно", 2) == "одно"


def test_what_is_too_long_loses_long_names_then_moments_then_conditions() -> None:
    name, number = "«Город, улица, дом, квартира, подъезд»", " (01.03.2024 10:00, 11:00)"
    told = f"{name}: пусто; {'x' * 100}: 2 из 3{number}; "
    assert fitted("{found}", {"found": f"{name}{number}"}, ("found",)) == f"«Город, улица, дом…»{number}"
    assert (
        fitted("{found}", {"found": told + "y" * 90}, ("found",))
        == told.replace(name, "«Город, улица, дом…»").replace(number, "") + "y" * 90
    )
    assert fitted("{found}", {"found": told + "y" * 190}, ("found",)).endswith("2 из 3; ещё 1 условие")


def test_what_was_found_is_enough_where_it_says_what_was_needed() -> None:
    told = Finding(
        "A",
        "да",
        np.array(["нет", "неизвестно"], object),
        truths(FALSE, UNKNOWN),
        otherwise="нет",
        failed=np.array(["нет"] * 2, object),
    )
    assert [told.said(i) for i in (0, 1)] == ["A: нет", "A: неизвестно, нужно: да"]
    assert told.denied().denied().said(0) == "A: нет, нужно: да"


def test_english_tells_the_same() -> None:
    activate("en")
    story = next(story for story in whole("FUR0902") if story.is_broken)
    assert duties_of(story)["why"].iloc[0] == (
        "Created in “Преддоговор”, 2024-03-01 10:00. Needed by 2024-03-31: leaving “Преддоговор”. "
        "Done late: 2024-04-01 00:00."
    )
