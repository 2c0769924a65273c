"""Headings and verdicts of stories, and how what was found is compared with them."""

import pandas as pd
import pytest

from auditor.terms import Pipeline
from fixtures.stories import StoryError, examples, read_stories
from fixtures.verdicts import expected, in_words

PIPELINES = (Pipeline("Продажи", ("Просчёт", "Преддоговор")),)
STORY = "FUR0902 проба\n    01.03.2024 10:00  стадия Преддоговор\n"
DUTY = {
    "deal": "1", "arose": pd.Timestamp(2024, 3, 1, 10), "due": pd.Timestamp(2024, 3, 31, 23, 59, 59), "met_at": pd.NaT,
    "verdict": "violated", "how": "missed", "manager": "Менеджеров", "role": "manager", "measured": 2.0, "limit": 3.0,
    "overrun": 1.0, "why": "в «Преддоговоре» дольше 30 дней", "suspect": [],
}  # fmt: skip


def found(said: str, /, **cells: object) -> str:
    (line,) = in_words(pd.DataFrame([DUTY | cells]), [expected(said)])
    return line


@pytest.mark.parametrize(
    ("word", "verdict", "how"),
    [
        ("выполнено", "met", ""),
        ("опоздание", "violated", "late"),
        ("нарушено", "violated", "missed"),
        ("запрещено", "violated", "forbidden"),
        ("ожидается", "pending", ""),
        ("неизвестно", "unknown", ""),
        ("прощено", "waived", ""),
    ],
)
def test_the_words_of_verdicts(word: str, verdict: str, how: str) -> None:
    assert (expected(word).verdict, expected(word).how) == (verdict, how)
    assert found(f"{word}, срок 31.03.2024 23:59:59", verdict=verdict, how=how or None).startswith(f"{word}, ")


@pytest.mark.parametrize(
    "detail",
    [
        "срок 31.03.2024 23:59:59", "возникло 01.03.2024 10:00", "сделано нет", "отвечает Менеджеров", "сделка 1",
        "роль менеджер", "было 2", "предел 3", "просрочка 1", "потому что «дольше 30 дней»",
    ],
)  # fmt: skip
def test_a_detail_that_holds(detail: str) -> None:
    verdict = f"нарушено, {detail}"
    assert found(verdict) == str(expected(verdict))


@pytest.mark.parametrize(
    "detail",
    [
        "срок 31.03.2024 23:59:58", "возникло 01.03.2024", "сделано 01.03.2024", "отвечает Сменов", "отвечает никто",
        "сделка 2", "роль робот", "было 3", "предел 2", "просрочка 2", "потому что «по согласию»", "подозрение есть",
    ],
)  # fmt: skip
def test_a_detail_that_does_not_hold(detail: str) -> None:
    verdict = f"нарушено, {detail}"
    assert found(verdict) != str(expected(verdict))


def test_nobody_and_suspicion() -> None:
    verdict = "нарушено, отвечает никто, подозрение есть"
    assert found(verdict, manager="", suspect=["robot"]) == str(expected(verdict))


def test_duties_stand_in_the_order_of_deal_and_moments() -> None:
    later = DUTY | {"arose": pd.Timestamp(2024, 3, 5), "verdict": "met", "how": None}
    other = DUTY | {"deal": "2", "arose": pd.Timestamp(2024, 1, 1)}
    lines = in_words(pd.DataFrame([other, later, DUTY]), [])
    assert [line.split(",")[0] for line in lines] == ["нарушено", "выполнено", "нарушено"]
    assert "01.01.2024" in lines[2]


def test_a_story_with_its_verdicts() -> None:
    (story,) = read_stories(f"# глава\n\n{STORY} => ожидается, срок 31.03.2024 23:59:59\n", "п.txt", PIPELINES)
    assert (story.code, story.title, story.line) == ("FUR0902", "проба", 3)
    assert [str(each) for each in story.expected] == ["ожидается, срок 31.03.2024 23:59:59"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("    01.03.2024 10:00  стадия Просчёт\n", 1),
        ("\nПро сделку\n    01.03.2024 10:00  стадия Просчёт\n => ничего\n", 2),
        (STORY, 1),
        ("FUR0902 проба\n => ничего\n", 1),
        (STORY + " => ничего\n => выполнено\n", 1),
        (STORY + " => исполнено\n", 3),
        (STORY + " => выполнено, быстро\n", 3),
        (STORY + " => выполнено, срок завтра\n", 3),
        (STORY + " => выполнено, было много\n", 3),
    ],
)
def test_a_text_that_is_no_story_names_file_and_line(text: str, line: int) -> None:
    with pytest.raises(StoryError, match=rf"п\.txt\D+{line}\b"):
        read_stories(text, "п.txt", PIPELINES)


@pytest.mark.parametrize("line", ["=> нарушено, было много", "=> нарушено, предел 1.2.3"])
def test_a_bad_number_is_said_in_our_words(line: str) -> None:
    with pytest.raises(StoryError, match=r"п\.txt.*3.*(много|1\.2\.3)") as error:
        read_stories(f"{STORY} {line}\n", "п.txt", PIPELINES)
    assert "float" not in str(error.value)


def test_examples_are_a_kept_and_a_broken_story() -> None:
    kept, broken = examples("FUR0902")
    assert kept.startswith("FUR0902 ") and "=> выполнено" in kept and "=> нарушено" not in kept
    assert broken.startswith("FUR0902 ") and "=> опоздание" in broken


def test_no_examples_of_what_is_no_clause() -> None:
    assert examples("FUR9999") == ("", "")
    assert examples("XYZ0101") == ("", "")
