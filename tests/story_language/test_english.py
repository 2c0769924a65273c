"""Examples of clauses in English words: every word of the language is told, and what an export holds is left."""

import re

import pytest

from auditor import i18n
from checks import REGULATIONS
from fixtures.english import WORDS, examples, in_english
from fixtures.verdicts import MOMENTS, NAMES, NOBODY, NOTHING, NUMBERS, VERDICTS
from fixtures.words import FLAGS, LEDGER, OPTIONS, ROLES, VERBS


def test_every_word_of_the_language_has_an_english_one() -> None:
    words = {*VERBS, *FLAGS, *OPTIONS, *LEDGER, *VERDICTS, *MOMENTS, *NAMES, *NUMBERS, NOTHING, NOBODY}
    assert words - {"№", *WORDS} == set()
    assert {f"роль {word}" for word in ROLES.values()} - set(WORDS) == set()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("    11.03.2024 10:00  стадия Нет замерного листа", "    2024-03-11 10:00  stage Нет замерного листа"),
        ("    10:05  стадия Отгружено, робот", "    10:05  stage Отгружено by a robot"),
        ("    10:05:00  стадия Файл до сделки, автор Цехов", "    10:05:00  stage Файл до сделки by Цехов"),
        ("    Скидка для заказчика = до 5", "    Скидка для заказчика = до 5"),
        ("    10:00  звонок исходящий дозвон 2:00", "    10:00  call outgoing answered 2:00"),
        ("    18:00  задача «звонок до обеда» до 14.03.2024", "    18:00  task “звонок до обеда” due 2024-03-14"),
        ("    параметр at_least = 2", "    parameter at_least = 2"),
        (" => нарушено, срок 11.03.2024 18:00, роль робот, потому что «нет звонка»",
         " => not done, due 2024-03-11 18:00, role: robot"),
        (" => ничего", " => no duty"),
    ],
)  # fmt: skip
def test_a_line_in_english_words(line: str, told: str) -> None:
    assert in_english(f"FUR0101 первый звонок\n{line}") == f"FUR0101\n{told}"


def test_a_clause_without_an_example_has_none() -> None:
    assert in_english("") == ""


def test_examples_speak_the_active_language() -> None:
    russian = examples("FUR0902")
    i18n.activate("en")
    english = examples("FUR0902")
    assert all(" => " in story for story in (*russian, *english))
    assert "стадия Преддоговор" in russian[0]
    assert "stage Преддоговор" in english[0]


def test_no_verdict_of_any_example_is_left_in_russian() -> None:
    i18n.activate("en")
    codes = [clause.code for regulation in REGULATIONS for clause in regulation.clauses]
    verdicts = [line for code in codes for story in examples(code) for line in story.splitlines() if "=>" in line]
    names = "Менеджеров|Сменов|Главный|Секретарёва|Технологов|Инженеров|Связная|Эскизова|Чертёжников|Цехов|Сборщиков"
    assert [line for line in verdicts if re.search("[а-я]", re.sub(names, "", line))] == []
