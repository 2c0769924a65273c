"""«Почему я?»: a deal with its duties and a person's day, in every form."""

import json
import re
import subprocess
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from auditor.reports.explained.markdown import plain
from tests.cli.conftest import Answer
from tests.cli.test_process import PROGRAM, environment

CALLS = """ID сделки;Время;Тип;Направление;Исход;Длительность;Автор;Текст
101;05.03.2024 10:30;звонок;исходящий;отвечен;65;Иванов Иван;
101;12.03.2024 25:70;звонок;исходящий;отвечен;65;Иванов Иван;
101;13.03.2024 11:00;комментарий;;;;Петрова Анна;<script>alert(1)</script> *жду* ivan@mail.ru
"""


@pytest.fixture
def explain(company: Path, auditor: Callable[..., Answer]) -> Callable[..., Answer]:
    """`auditor explain` of the company, by FUR."""
    (company / "exports" / "Дела.csv").write_text(CALLS, encoding="utf-8")

    def invoke(*options: str) -> Answer:
        return auditor("explain", "exports", "--regulation", "FUR", *options)

    return invoke


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("form", ["table", "md", "json"])
def test_a_deal(explain, snapshot: SnapshotAssertion, form: str, language: str) -> None:
    asked = ("--deal", "101", "--clause", "FUR0902", "--format", form, "--lang", language)
    code, out, err = explain(*asked)
    assert (code, err) == (0, "")
    assert out == snapshot


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("form", ["table", "md", "json"])
def test_a_day(explain, snapshot: SnapshotAssertion, form: str, language: str) -> None:
    asked = ("--manager", "иванов", "--day", "05.03.2024", "--clause", "FUR09", "--format", form, "--lang", language)
    code, out, err = explain(*asked)
    assert (code, err) == (0, "")
    assert out == snapshot


def test_the_violation_its_due_and_its_rows_are_told(explain) -> None:
    _code, out, _err = explain("--deal", "101", "--clause", "FUR0902")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "24:00 Срок по FUR0902: нарушено, с опозданием на 10 дней" in lines
    assert "✗ FUR0902 · нарушено: с опозданием на 10 дней" in lines
    assert "Строки: История.csv › 2, 3" in lines
    assert any(line.endswith("История.csv › 3 · по этой строке судили FUR0902") for line in lines)


def test_a_row_that_could_not_be_read_says_why_and_where(explain) -> None:
    _code, out, _err = explain("--deal", "101")
    line = next(line for line in out.splitlines() if "Не прочитано" in line)
    assert line.split() == ["?", "Не", "прочитано:", "Исходящий", "звонок"]
    after = out[out.index("Не прочитано") :].splitlines()
    assert "25:70" in after[1]
    assert after[2].strip() == "Дела.csv › 3"


@pytest.mark.parametrize(
    "typed", ["101", "сделка 101", "Deal 101", "№101", "Кухня Сидоровым", "сидоровым кухня", "доровы"]
)
def test_a_deal_is_named_by_its_id_or_its_title(explain, typed: str) -> None:
    assert "Сделка 101 · Кухня Сидоровым" in explain("--deal", typed)[1]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--deal", "104"], "--deal: В выгрузках нет сделки «104». Может быть, «103»?"),
        (["--deal", "лид 101"], "--deal: В выгрузках нет сделки «лид 101»."),
        (["--deal", "кухня"], "--deal: «кухня» — это может быть Сделка 101, Сделка 102: назовите точнее."),
        (["--deal", "Шкав"], "--deal: В выгрузках нет сделки «Шкав». Может быть, «Шкаф»?"),
        (
            ["--deal", "103", "--as-of", "31.03.2024"],
            "Сделка 103: на 31.03.2024 её ещё не было — уберите --as-of или назовите более поздний момент.",
        ),
        ([], "Что объяснить? Сделку: --deal 101; или день: --manager ИМЯ --day 11.03.2026."),
        (["--manager", "Иванов"], "Что объяснить? Сделку: --deal 101; или день: --manager ИМЯ --day 11.03.2026."),
        (
            ["--deal", "101", "--day", "01.03.2024"],
            "--deal показывает сделку, --manager вместе с --day — день сотрудника: назовите что-то одно.",
        ),
        (
            ["--manager", "Иванов", "--day", "прошлая неделя"],
            "--day: Возможно: сегодня, вчера, последний-рабочий-день или дата, например 11.03.2026; написано «прошлая "
            "неделя».",
        ),
        (
            ["--manager", "Иванов", "--day", "11.04.2024"],
            "О 11.04.2024 ничего не известно: проверка говорит на 10.04.2024 12:00.",
        ),
        (
            ["--deal", "101", "--clause", "FUR9"],
            "--clause: Ни один код пункта не начинается с «FUR9». Может быть, «FUR0907»?",
        ),
        (
            ["--deal", "101", "--output", "a.pdf"],
            "--output: Имя файла «a.pdf» должно кончаться на .json, .html, .md, .txt.",
        ),
        (["--deal", "101", "--format", "pdf"], "--format: Возможно: таблица, json, html, md; написано «pdf»."),
    ],
)
def test_what_is_not_there_or_asked_wrongly_is_an_error(explain, asked: list[str], told: str) -> None:
    assert explain(*asked) == (2, "", told + "\n")


def test_an_id_of_a_lead_and_a_deal_is_asked_back(explain, company: Path) -> None:
    lead = "ID лида;Название;Этап;Ответственный;Дата создания\n101;Заявка;Новый лид;Иванов Иван;01.03.2024 09:00\n"
    (company / "exports" / "Лиды.csv").write_text(lead, encoding="utf-8")
    told = explain("--deal", "101")[2]
    assert "Сделка 101" in told and "Лид 101" in told
    assert "Лид 101 · Заявка" in explain("--deal", "лид 101")[1]


def test_the_page_allows_nothing_but_its_own_style(explain) -> None:
    page = explain("--deal", "101", "--format", "html")[1]
    [style] = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    assert f'content="default-src &#39;none&#39;; style-src &#39;sha256-{allowed}&#39;"' in page
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert re.findall(r"(?:src|href|url)\s*[=(]", page) == []
    for told in ("Сделка 101 · Кухня Сидоровым", "✗</span> FUR0902", "История.csv › 3", "Что произошло"):
        assert told in page


def linked(company: Path, link: str) -> None:
    """The deals with this link in a column of their own."""
    head = "ID сделки;Название;Воронка;Этап;Ответственный;Дата создания;Ссылка"
    deal = f"101;Кухня;Продажи;Замер;Анна;1.3.2024;{link}"
    (company / "exports" / "Сделки.csv").write_text(f"{head}\n{deal}\n", encoding="utf-8")


WEB, OTHER = "https://crm.example/101/_a", "javascript:alert(1)"


@pytest.mark.parametrize(("link", "followed"), [(WEB, [f'href="{WEB}"']), (OTHER, [])])
def test_a_link_of_the_crm_can_be_followed_and_nothing_else(explain, company: Path, link: str, followed) -> None:
    linked(company, link)
    page = explain("--deal", "101", "--format", "html")[1]
    assert "Сделка 101" in page
    assert re.findall('href="[^"]*"', page) == followed


@pytest.mark.parametrize(("link", "told"), [(WEB, f"<{WEB}>"), (OTHER, OTHER), ("[a](b)", r"\[a\](b)")])
def test_in_markdown_too(explain, company: Path, link: str, told: str) -> None:
    linked(company, link)
    assert told in explain("--deal", "101", "--format", "md")[1].replace("\u200b", "").splitlines()


def test_nothing_of_a_crm_is_obeyed_in_markdown(explain) -> None:
    out = explain("--deal", "101", "--format", "md")[1]
    assert "‹script›alert(1)‹/\u200bscript› \\*жду\\*" in out
    assert "ivan@\u200bmail.\u200bru" in out


@pytest.mark.parametrize("text", ["- a", "+ a", "# a", "=== a", "1. a", "12) a"])
def test_a_text_begins_no_list_and_no_heading(text: str) -> None:
    assert plain(text) == f"\u200b{text}"


@pytest.mark.parametrize("form", ["table", "md", "json", "html"])
@pytest.mark.parametrize("asked", [["--deal", "101"], ["--manager", "Петрова", "--day", "13.03.2024"]])
def test_phones_and_addresses_are_masked(explain, form: str, asked: list[str]) -> None:
    out = explain(*asked, "--format", form, "--mask")[1]
    assert "ivan@mail.ru" in explain(*asked, "--format", form)[1].replace("\u200b", "")
    assert "ivan@" not in out and "9161234567" not in out and "123-45-67" not in out
    assert "i***@mail.ru" in re.sub("[\\\\\u200b]", "", out)


def test_files_are_written_whole_each_as_its_ending_says(explain, company: Path) -> None:
    names = ("a.html", "a.md", "a.json", "a.txt")
    code, out, err = explain("--deal", "101", *(part for name in names for part in ("--output", name)))
    assert code == 0 and err == "".join(f"Записано: {name}\n" for name in names)
    assert (company / "a.txt").read_text("utf-8") == out
    assert (company / "a.html").read_text("utf-8").startswith("<!doctype html>")
    assert (company / "a.md").read_text("utf-8").startswith("# Сделка 101")
    assert json.loads((company / "a.json").read_text("utf-8"))["record"] == ["deal", "101"]


def test_the_duties_in_json_are_those_of_the_report(explain, check) -> None:
    told = json.loads(explain("--deal", "101", "--clause", "FUR0902", "--format", "json", "--lang", "en")[1])
    whole = json.loads(check("--format", "json")[1])
    assert told["duties"] == [duty for duty in whole["duties"] if duty["deal"] == "101"]


def test_a_clause_that_is_not_checked_says_so(explain) -> None:
    out = explain("--deal", "101", "--clause", "FUR0202")[1]
    assert "FUR0202 не проверяется — нужно: исходящие сообщения или исходящие письма." in out


def test_a_pipeline_that_no_regulation_judges_is_told(explain, company: Path) -> None:
    other = (
        "ID сделки;Название;Воронка;Этап;Ответственный;Дата создания\n7;Чужая;Партнёры;Звонок;Анна;01.03.2024 10:00\n"
    )
    (company / "exports" / "Ещё.csv").write_text(other, encoding="utf-8")
    out = explain("--deal", "7")[1]
    assert "В «Партнёры» не судят: это не воронка регламента." in out
    assert "По этим пунктам в этой сделке обязанностей не возникло." in out


@pytest.mark.parametrize(
    ("word", "as_of", "told"),
    [
        ("сегодня", "05.03.2024 18:00", "вторник 05.03.2024"),
        ("today", "05.03.2024 18:00", "вторник 05.03.2024"),
        ("вчера", "05.03.2024 18:00", "понедельник 04.03.2024"),
        ("последний рабочий день", "05.03.2024 18:00", "понедельник 04.03.2024"),
        ("последний-рабочий-день", "04.03.2024 09:00", "пятница 01.03.2024"),
    ],
)
def test_a_day_may_be_named_by_a_word(explain, word: str, as_of: str, told: str) -> None:
    code, out, _err = explain("--manager", "Иванов", "--day", word, "--as-of", as_of)
    assert (code, out.strip().splitlines()[0]) == (0, f"Иванов Иван · {told}")


def test_a_day_of_which_nothing_is_known_says_so(explain) -> None:
    code, out, _err = explain("--manager", "Иванов", "--day", "04.03.2024")
    assert code == 0
    assert "Об этом дне в выгрузках ничего нет." in out


def test_a_reader_that_has_seen_enough_is_no_error(company: Path) -> None:
    line = (
        f'"{PROGRAM[0]}" -m auditor explain exports --deal 101 --regulation FUR | head -n 2; exit "${{PIPESTATUS[0]}}"'
    )
    done = subprocess.run(["bash", "-c", line], capture_output=True, env=environment(), cwd=company)
    assert (done.returncode, done.stderr, len(done.stdout.decode().splitlines())) == (0, b"", 2)
