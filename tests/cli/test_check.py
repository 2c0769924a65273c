"""`auditor check` from files to exit code, on a small company: each option changes what it says it changes."""

import csv
import errno
import json
import re
from io import StringIO
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from auditor.inputs.captions import ALIASES
from auditor.log import build_log


def report(out: str) -> dict:
    return json.loads(out)


def violated(out: str) -> list[tuple[str, str, str]]:
    return [(d["deal"], d["manager"], d["how"]) for d in report(out)["duties"] if d["verdict"] == "violated"]


def test_the_violation_is_found_with_its_row_and_exit_code_1(check) -> None:
    code, out, _err = check("--format", "json")
    assert code == 1
    [duty] = [duty for duty in report(out)["duties"] if duty["verdict"] == "violated"]
    assert (duty["deal"], duty["manager"], duty["how"]) == ("101", "Иванов Иван", "late")
    assert (duty["due"], duty["met_at"], duty["overrun"], duty["unit"]) == (
        "2024-03-31T23:59:59",
        "2024-04-10T12:00:00",
        10,
        "days",
    )
    assert {"file": "История.csv", "sheet": None, "row": 2, "column": None} in duty["evidence"]


def test_the_table_names_managers_and_numbers(check) -> None:
    code, out, err = check()
    assert (code, err) == (1, "")
    for text in ("Иванов Иван", "Петрова Анна", "FUR0902", "101", "История.csv"):
        assert text in out
    assert "\x1b" not in out


def test_csv_lists_the_duties(check) -> None:
    _code, out, _err = check("--format", "csv")
    rows = list(csv.reader(StringIO(out.removeprefix("\ufeff")), delimiter=";"))
    assert [row for row in rows if "Иванов Иван" in row and "FUR0902" in row]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--fail-on", "low"], 1),
        (["--fail-on", "high"], 1),
        (["--fail-on", "never"], 0),
        (["--set", "FUR0902.severity=low", "--fail-on", "medium"], 0),
        (["--set", "FUR0902.severity=low", "--fail-on", "low"], 1),
        (["--set", "FUR0902.enabled=false"], 2),
        (["--set", "FUR0902.severity=low", "--severity", "medium"], 2),
        (["--set", "FUR0902.days=40"], 0),
        (["--set", "FUR0902.days=39"], 1),
        (["--ignore", "FUR09"], 2),
        (["--manager", "иванов иван"], 1),
        (["--manager", "Иван Иванов"], 1),
        (["--manager", "иванов"], 1),
        (["--manager", "И. Иванов"], 1),
        (["--manager", "Анна П."], 0),
        (["--manager", "анна", "--manager", "иван"], 1),
        (["--manager", "ванов"], 1),
        (["--manager", "Петрова Анна"], 0),
        (["--since", "31.03.2024", "--until", "31.03.2024"], 1),
        (["--since", "01.04.2024"], 0),
        (["--until", "30.03.2024"], 2),
        (["--as-of", "31.03.2024"], 0),
        (["--as-of", "01.04.2024"], 1),
        (["--as-of", "31.03.2024 23:59:59"], 0),
        (["--period", "last-month", "--as-of", "11.04.2024"], 1),
        (["--period", "yesterday", "--as-of", "01.04.2024"], 1),
        (["--period", "yesterday", "--as-of", "02.04.2024"], 2),
        (["--period", "last-week", "--as-of", "01.04.2024"], 1),
        (["--period", "прошлая неделя", "--as-of", "01.04.2024"], 1),
        (["--period", "Прошлый-месяц", "--as-of", "11.04.2024"], 1),
        (["--period", "this-month", "--as-of", "01.04.2024"], 0),
        (["--period", "last-working-day", "--as-of", "01.04.2024"], 1),
        (["--period", "last-working-day", "--as-of", "02.04.2024"], 2),
        (["--fail-on", "никогда"], 0),
        (["--severity", "высокая", "--fail-on", "высокая"], 1),
        (["--set", "FUR0902.severity=низкая", "--fail-on", "средняя"], 0),
    ],
)
def test_options_decide_the_exit_code(check, options: list[str], code: int) -> None:
    assert check(*options)[0] == code


def test_what_if_leaves_the_report_and_the_exit_code_as_they_are(check, monkeypatch) -> None:
    from auditor.audit import engine

    plain, built = check("--format", "json"), []
    monkeypatch.setattr(engine, "build_log", lambda *given: built.append(1) or build_log(*given))
    code, out, _err = check("--format", "json", "--set", "FUR0902.days=40", "--what-if")
    supposed = report(out).pop("what_if")
    assert (code, built) == (1, [1])
    assert {**report(out), "what_if": supposed} == {**report(plain[1]), "what_if": supposed}
    assert supposed["parameters"] == [{"clause": "FUR0902", "parameter": "days", "now": 30, "then": 40}]
    assert [supposed["whole"][when]["violated"] for when in ("now", "then")] == [1, 0]
    assert [(each["clause"], each["then"]["met"]) for each in supposed["clauses"]] == [("FUR0902", 2)]


def test_what_if_of_two_clauses_shows_each(check) -> None:
    both = ("--set", "FUR0902.days=40", "--set", "FUR0902.severity=low", "--set", "FUR0903.severity=low")
    lines = [" ".join(line.split()) for line in check(*both, "--what-if", "--quiet")[1].splitlines()]
    assert "FUR0902.severity = low (now high)" in lines
    assert {"FUR0902: violated 1 0 −1", "Иванов Иван: violated 1 0 −1", "FUR0903: violated 0 0 ·"} <= set(lines)


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_nothing_judged_is_no_success_and_says_why(check, form: str) -> None:
    code, out, err = check("--since", "01.01.2026", "--as-of", "11.04.2024", "--format", form)
    told = " ".join((out if form == "table" else err).split())
    assert code == 2
    assert (
        "Nothing to judge: in that time (from 2026-01-01 on) there are no records, the export ends on 2024-04-10"
        in told
    )
    assert "→ export the CRM anew, or say --as-of 2024-04-10." in told
    assert form == "table" or "Nothing" not in out


def test_as_of_before_all_data_says_so(check) -> None:
    code, out, err = check("--as-of", "01.01.2020", "--format", "json")
    assert (code, json.loads(out)["duties"]) == (2, [])
    assert err.splitlines() == [
        "Nothing to judge: as of 2020-01-01 there is no data yet, the export begins on 2024-03-01.",
        "→ leave out --as-of, or name a day from 2024-03-01 on.",
    ]


def test_what_narrows_the_report_stands_in_the_json_and_in_the_header(check, company: Path) -> None:
    (company / "auditor.toml").write_text("[reading]\nstrict = true\n", encoding="utf-8")
    narrow = ("--period", "last-month", "--as-of", "11.04.2024", "--manager", "иванов иван", "--severity", "medium",
              "--ignore", "FUR0907")  # fmt: skip
    assert report(check("--format", "json", *narrow)[1])["scope"] == {
        "period": "last-month", "since": "2024-03-01", "until": "2024-03-31", "managers": ["Иванов Иван"],
        "departments": [], "severity": "medium", "select": ["FUR0902"], "ignore": ["FUR0907"], "strict": True,
        "config": "auditor.toml",
    }  # fmt: skip
    assert (
        "period: last month, 2024-03-01 – 2024-03-31 · only Иванов Иван · severity from medium on · only clauses "
        "FUR0902 · without clauses FUR0907 · strict: what is suspicious does not count · settings: auditor.toml"
    ) in " ".join(check(*narrow)[1].split())


def test_the_head_counts_deals_leads_and_days(check) -> None:
    assert "as of 2024-04-10 12:00 (Europe/Moscow) · 3 deals · records of 2024-03-01 – 2024-04-10\n" in check()[1]


def test_the_sum_alone_the_stats_alone_and_a_text_file_in_full(check, company: Path) -> None:
    assert check("--quiet") == (1, "\nSum: 1 violation, 1 of high severity. The whole list: --output report.csv\n", "")
    stats = check("--stats", "--output", "a.txt")[1]
    assert stats.splitlines()[1] == "WHAT IS BROKEN MOST" and "MANAGERS" not in stats
    assert "MANAGERS" in (company / "a.txt").read_text("utf-8")
    assert "FUR: what no export can show" in check("--full")[1]
    code, out, err = check("--quiet", "--stats")
    assert (code, out, err) == (2, "", "--quiet and --stats: either the sum or what is broken most.\n")


def test_all_duties_stand_in_the_table_too(check) -> None:
    assert "Deal 102 · Кухня на дачу · due 2024-03-31 · met · FUR0902" in check("--all-duties")[1]
    assert "Deal 102" not in check()[1]


def test_met_duties_are_listed_when_asked_for(check) -> None:
    def verdicts(*options: str) -> set[tuple[str, str]]:
        return {(duty["deal"], duty["verdict"]) for duty in report(check("--format", "json", *options)[1])["duties"]}

    assert ("102", "met") not in verdicts()
    assert ("102", "met") in verdicts("--all-duties")


def test_phones_are_masked_when_asked_for(check) -> None:
    assert "123-45-67" in check()[1]
    assert "123-45-67" not in check("--mask")[1]


def test_an_unknown_manager_is_no_empty_report(check) -> None:
    assert check("--manager", "Ивонов Иван") == (
        2,
        "",
        "--manager: The exports do not name “Ивонов Иван”. Did you mean “Иванов Иван”?\n",
    )


def test_a_part_of_several_names_is_asked_about(check) -> None:
    assert check("--manager", "н") == (
        2,
        "",
        "--manager: “н” may be Иванов Иван, Петрова Анна: name one of them.\n",
    )
    assert check("--manager", "!")[2] == (
        "--manager: The exports do not name “!”. Possible: Иванов Иван, Петрова Анна.\n"
    )


def test_of_names_that_begin_alike_the_whole_one_is_meant(check, company: Path) -> None:
    for path in (company / "exports").iterdir():
        path.write_text(path.read_text("utf-8").replace("Петрова Анна", "Иванова Анна"), encoding="utf-8")
    told = [violated(check("--manager", name, "--format", "json")[1]) for name in ("Иванов", "Иванова")]
    assert told == [[("101", "Иванов Иван", "late")], []]
    assert check("--manager", "Ивано")[2] == "--manager: “Ивано” may be Иванов Иван, Иванова Анна: name one of them.\n"


def test_a_russian_period_is_the_same_in_the_json(check) -> None:
    told = [
        report(check("--as-of", "11.04.2024", "--format", form, "--period", word)[1])["scope"]
        for form, word in (("json", "last-month"), ("JSON", "прошлый месяц"))
    ]
    assert told[0] == told[1]
    assert (told[0]["period"], told[0]["since"], told[0]["until"]) == ("last-month", "2024-03-01", "2024-03-31")


def test_an_unknown_department_is_no_empty_report(check) -> None:
    code, out, err = check("--department", "Кухни")
    assert (code, out) == (2, "")
    assert err.startswith("--department: The exports do not name “Кухни”.")


def test_departments_come_from_the_configuration_too(check, company: Path) -> None:
    (company / "auditor.toml").write_text(
        '[people."Иванов Иван"]\ndepartment = "Кухни"\n[people."Петрова Анна"]\ndepartment = "Шкафы"\n',
        encoding="utf-8",
    )
    assert check("--department", "Кухни")[0] == 1
    assert check("--department", "Шкафы")[0] == 0


def test_waivers_excuse_and_are_named(check, company: Path) -> None:
    (company / "w.csv").write_text(
        "сделка;по;утвердил;причина\n101;31.12.2024;Главный;Клиент просил\n", encoding="utf-8"
    )
    code, out, _err = check("--waivers", "w.csv", "--format", "json")
    assert code == 0
    assert [(w["deal"], w["approved_by"], w["state"]) for w in report(out)["waivers"]] == [("101", "Главный", "used")]


def test_a_waiver_may_name_a_person_by_an_alias(check, company: Path) -> None:
    (company / "auditor.toml").write_text('[people."Иванов Иван"]\naliases = ["Ваня"]\n', encoding="utf-8")
    (company / "w.csv").write_text(
        "менеджер;по;утвердил;причина\nваня;31.12.2024;Главный;Клиент просил\n", encoding="utf-8"
    )
    code, out, _err = check("--waivers", "w.csv", "--format", "json")
    assert code == 0
    assert [(w["manager"], w["state"], w["file"], w["row"]) for w in report(out)["waivers"]] == [
        ("Иванов Иван", "used", "w.csv", 2)
    ]


def test_a_position_is_the_role_that_the_configuration_says(check, company: Path) -> None:
    (company / "exports" / "Сотрудники.csv").write_text("Имя;Роль\nИванов Иван;РОП\n", encoding="utf-8")
    assert [each["role"] for each in report(check("--format", "json")[1])["managers"]] == ["manager", "manager"]
    (company / "auditor.toml").write_text('[roles]\n"роп" = "руководитель"\n"РПО" = "менеджер"\n', encoding="utf-8")
    changed = report(check("--format", "json")[1])
    assert {each["manager"]: each["role"] for each in changed["managers"]} == {
        "Иванов Иван": "head",
        "Петрова Анна": "manager",
    }
    assert [(p["sheet"], p["row"], p["what"]) for p in changed["problems"] if p["file"] == "auditor.toml"] == [
        ("[roles]", 3, "The exports have no role “РПО”. Did you mean “РОП”?")
    ]


def test_waivers_that_cannot_be_read_are_exit_code_2_and_the_rest_is_audited(check) -> None:
    code, out, _err = check("--waivers", "none.csv", "--format", "json")
    assert code == 2
    assert violated(out) == [("101", "Иванов Иван", "late")]
    assert any(problem["file"] == "none.csv" for problem in report(out)["problems"])


def test_a_named_file_that_is_not_there_is_exit_code_2_and_the_rest_is_audited(company: Path, auditor) -> None:
    code, out, _err = auditor(
        "check",
        "exports",
        "none.xlsx",
        "--regulation",
        "FUR",
        "--select",
        "FUR0902",
        "--format",
        "json",
        "--lang",
        "en",
    )
    assert code == 2
    assert violated(out) == [("101", "Иванов Иван", "late")]
    assert any(problem["file"] == "none.xlsx" for problem in report(out)["problems"])


def test_a_crashed_check_is_exit_code_3_and_named(check, monkeypatch) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("no luck")

    monkeypatch.setattr("auditor.patterns.Response.duties", crash)
    code, out, _err = check()
    assert code == 3
    assert "FUR0902" in out
    assert "no luck" in out


def test_outputs_are_written_by_their_endings(check, company: Path) -> None:
    code, out, err = check("--output", "a.json", "--output", "b.csv", "--output", "c.txt")
    assert code == 1
    assert err == "Written: a.json\nWritten: b.csv\nWritten: c.txt\n"
    assert "Иванов Иван" in out
    assert violated((company / "a.json").read_text("utf-8")) == [("101", "Иванов Иван", "late")]
    assert (company / "b.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "Иванов Иван" in (company / "c.txt").read_text("utf-8")
    assert sorted(path.name for path in company.iterdir()) == ["a.json", "b.csv", "c.txt", "exports"]


def test_who_broke_nothing_and_owes_nothing_gets_every_report(check, company: Path, auditor) -> None:
    for file in (company / "exports").iterdir():
        rows = file.read_text("utf-8").splitlines()
        file.write_text("\n".join([rows[0], *(row for row in rows if row.startswith("102;"))]), encoding="utf-8")
    names = [f"kept{ending}" for ending in (".json", ".csv", ".txt", ".html", ".md", ".xlsx", ".parquet")]
    code, out, err = check(*(word for name in names for word in ("--output", name)), "--per-manager", "apart")
    assert (code, "kept 100% (1 of 1)" in out) == (0, True)
    assert [line for line in err.splitlines() if "apart" not in line] == [f"Written: {name}" for name in names]
    assert json.loads((company / "kept.json").read_text("utf-8"))["duties"] == []
    for ending in (".json", ".ics", ".xlsx"):
        assert auditor("due", "exports", "--output", f"due{ending}")[0] == 0


def test_the_short_report_is_printed_and_written(check, company: Path) -> None:
    code, out, err = check("--format", "md", "--output", "chat.md")
    assert (code, err) == (1, "Written: chat.md\n")
    assert (company / "chat.md").read_text("utf-8") == out
    assert "**1 violation · 1 of high severity · kept 50.0% (1 of 2)**" in out
    assert check("--format", "md", "--quiet")[1] == out[out.index("**1 violation") : out.index("\n**Who**")]


def test_tables_for_bi_take_the_place_of_those_before_them(check, company: Path) -> None:
    for options in (["--all-duties"], []):
        assert check("--output", "bi.parquet", *options)[::2] == (1, "Written: bi.parquet\n")
    tables = {path.name: pq.read_table(path) for path in (company / "bi.parquet").iterdir()}
    assert sorted(tables) == [f"{name}.parquet" for name in ("clauses", "days", "duties", "managers", "scores")]
    assert tables["duties.parquet"].column("verdict").to_pylist() == ["violated", "pending"]


@pytest.mark.parametrize("other", ["bi.parquet", "bi.parquet/part-0.parquet"])
def test_a_folder_with_something_else_is_left_alone(check, company: Path, other: str) -> None:
    path = company / other
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    said = "--output: “bi.parquet” holds something else: name a new folder for the tables.\n"
    assert check("--output", "bi.parquet") == (2, "", said)
    assert path.read_text() == "mine"


def test_an_output_that_cannot_be_written_does_not_lose_the_report(check, company: Path) -> None:
    (company / "a.json").mkdir()
    code, out, err = check("--output", "a.json")
    assert code == 2
    assert "Иванов Иван" in out
    assert err == "a.json cannot be written: it is a folder\n"


@pytest.mark.parametrize(
    ("section", "told"),
    [
        (
            '[columns]\n"Фаза" = "stage"',
            "auditor.toml › [columns] › 2 › Фаза: The exports have no column “Фаза”. Possible: "
            "ID сделки, Автор, Было, Воронка, Время, Дата создания, Название, Ответственный, Событие, Стало, Телефон, "
            "Этап.",
        ),
        (
            '[columns."Сделки*"]\n"Фаза" = "stage"',
            "auditor.toml › [columns] › 1 › Фаза: The exports have no column “Фаза”. Possible: "
            "ID сделки, Воронка, Дата создания, Название, Ответственный, Телефон, Этап.",
        ),
        (
            '[columns."Сделка.csv"]\n"Фаза" = "stage"',
            "auditor.toml › [columns] › 1 › Сделка.csv: No file or sheet that was read is called “Сделка.csv”: this "
            "section does nothing. Did you mean “Сделки.csv”?",
        ),
        (
            '[fields]\n"Предоплата" = "Телефонн"',
            "auditor.toml › [fields] › 2 › Телефонн: The exports have no column “Телефонн”. Did you mean “Телефон”?",
        ),
        (
            '[stages]\n"Предоговор" = "Преддоговор"',
            "auditor.toml › [stages] › 2 › Предоговор: The exports have no stage “Предоговор”: this line does nothing. "
            "Did you mean “Преддоговор”?",
        ),
        (
            '[pipelines]\n"Продажы" = "Продажи"',
            "auditor.toml › [pipelines] › 2 › Продажы: The exports have no pipeline “Продажы”. Did you mean “Продажи”?",
        ),
        (
            '[pipelines]\n"Кухни" = "Продажи"',
            "auditor.toml › [pipelines] › 2 › Кухни: The exports have no pipeline “Кухни”. Possible: Продажи.",
        ),
        ('[pipelines]\n"продажи" = "Продажи"', None),
        (
            '[stages]\n"Отгрузка на склад" = "Преддоговор"',
            "auditor.toml › [stages] › 2 › Отгрузка на склад: The exports have no stage “Отгрузка на склад”: this line "
            "does nothing. Possible: Замер, Преддоговор, Сделка успешна.",
        ),
        (
            '[people."Ивонов Иван"]\nrole = "менеджер"',
            "auditor.toml › [people] › 1 › Ивонов Иван: The exports do not name “Ивонов Иван”. Did you mean “Иванов "
            "Иван”?",
        ),
        (
            '[people."Иванов Иван Иванович"]\naliases = ["иванов иван", "Иванов И."]',
            "auditor.toml › [people] › 1 › Иванов И.: The exports do not name “Иванов И.”. Did you mean “Иванов Иван”?",
        ),
        ('[stages]\n"замер" = "Преддоговор"', None),
    ],
)
def test_a_name_of_the_configuration_that_the_exports_lack_is_a_problem(
    check, company: Path, section: str, told: str | None
) -> None:
    (company / "auditor.toml").write_text(section, encoding="utf-8")
    problems = report(check("--format", "json")[1])["problems"]
    lines = [f"{p['file']} › {p['sheet']} › {p['row']} › {p['column']}: {p['what']}" for p in problems]
    assert [line for line in lines if line.startswith("auditor.toml")] == ([told] if told else [])


def test_one_person_of_several_names_is_joined_by_aliases(check, company: Path) -> None:
    deals = company / "exports" / "Сделки.csv"
    deals.write_text(deals.read_text("utf-8").replace("Преддоговор;Петрова Анна", "Преддоговор;Анна Петрово"), "utf-8")
    (company / "auditor.toml").write_text('[people."Петрова Анна"]\nrole = "менеджер"\n', encoding="utf-8")
    apart = report(check("--format", "json")[1])
    assert [manager["manager"] for manager in apart["managers"]] == ["Иванов Иван", "Анна Петрово", "Петрова Анна"]
    assert [(p["file"], p["row"], p["what"]) for p in apart["problems"]] == [
        ("Сделки.csv", 4, "“Анна Петрово” is not among the people, “Петрова Анна” is. If they are one person, say in "
         'auditor.toml: [people."Петрова Анна"] aliases = ["Анна Петрово"]')
    ]  # fmt: skip
    (company / "auditor.toml").write_text('[people."Петрова Анна"]\naliases = ["анна  Петрово"]', encoding="utf-8")
    joined = report(check("--format", "json")[1])
    assert [(each["manager"], each["met"], each["pending"]) for each in joined["managers"]] == [
        ("Иванов Иван", 0, 0), ("Петрова Анна", 1, 1),
    ]  # fmt: skip
    assert joined["problems"] == []


def test_a_regulation_forced_on_data_of_none_of_its_stages_is_a_problem(check) -> None:
    _code, out, _err = check("--regulation", "FUR,AGY", "--format", "json")
    assert [(p["file"], p["what"]) for p in report(out)["problems"] if "no stage" in p["what"]] == [
        ("Сделки.csv", "the data names no stage of AGY: name your stages under [stages], or another regulation")
    ]


def test_an_output_is_replaced_whole(check, company: Path) -> None:
    (company / "a.json").write_text("x" * 1_000_000)
    check("--output", "a.json")
    assert report((company / "a.json").read_text("utf-8"))["schema"] == 1


def test_an_output_goes_where_its_link_leads(check, company: Path) -> None:
    (company / "real").mkdir()
    (company / "a.json").symlink_to(company / "real" / "b.json")
    check("--output", "a.json")
    assert (company / "a.json").is_symlink()
    assert report((company / "real" / "b.json").read_text("utf-8"))["schema"] == 1


def test_a_name_that_leads_nowhere_is_told_before_anything_is_read(check, company: Path) -> None:
    (company / "a.json").symlink_to("b.json")
    (company / "b.json").symlink_to("a.json")
    long = "a" * 300 + ".json"
    assert check("--output", "a.json", "--output", long) == (
        2,
        "",
        "--output: a.json cannot be written: its links lead in a circle\n"
        f"--output: {long} cannot be written: the name is too long\n",
    )


def test_a_name_as_long_as_the_system_allows_is_written(check, company: Path) -> None:
    name = "a" * 250 + ".json"
    assert check("--output", name)[0] == 1
    assert (company / name).is_file()


def test_a_file_that_excel_holds_open_is_told(check, company: Path, monkeypatch) -> None:
    def held(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "The process cannot access the file", str(path))

    monkeypatch.setattr(Path, "replace", held)
    code, _out, err = check("--output", "a.csv")
    assert (code, err) == (
        2,
        "a.csv cannot be written: there is no permission; if it is open in Excel, close it\n",
    )
    monkeypatch.setattr("auditor.inputs.loading.kind_of", held)
    code, _out, err = check()
    assert code == 2
    assert "История.csv: cannot be opened: there is no permission; if it is open in Excel, close it\n" in err


@pytest.mark.parametrize("output", ["exports/a.csv", "exports/Сделки.csv"])
def test_an_output_never_lands_among_the_exports(check, company: Path, output: str) -> None:
    before = sorted((company / "exports").iterdir())
    code, out, err = check("--output", output)
    assert (code, out) == (2, "")
    assert err == f"--output: “{output}” lies among the exports: write the report elsewhere.\n"
    assert sorted((company / "exports").iterdir()) == before


def test_files_regulation_and_failure_come_from_the_configuration(company: Path, auditor) -> None:
    (company / "auditor.toml").write_text(
        'lang = "en"\n[check]\nfiles = ["exports/*.csv"]\nregulation = ["FUR"]\nfail_on = "never"\n', encoding="utf-8"
    )
    code, out, err = auditor("check", "--select", "FUR0902", "--format", "json")
    assert (code, err) == (0, "Settings: auditor.toml\n")
    assert violated(out) == [("101", "Иванов Иван", "late")]
    assert auditor("check", "--select", "FUR0902", "--fail-on", "low")[0] == 1


def test_paths_of_a_named_configuration_are_its_folders(company: Path, auditor) -> None:
    (company / "set").mkdir()
    (company / "set" / "my.toml").write_text('lang = "en"\n[check]\nfiles = ["../exports"]\nregulation = ["FUR"]\n')
    code, out, _err = auditor("check", "--config", "set/my.toml", "--select", "FUR0902", "--format", "json")
    assert (code, len(violated(out))) == (1, 1)


def test_the_command_line_goes_before_the_configuration(company: Path, check) -> None:
    (company / "auditor.toml").write_text("[clauses.FUR0902]\ndays = 60\n", encoding="utf-8")
    assert check()[0] == 0
    assert check("--set", "FUR0902.days=30")[0] == 1


def test_the_same_input_gives_the_same_bytes(check) -> None:
    assert check("--format", "json")[1] == check("--format", "json")[1]


def test_inspect_tells_columns_and_what_is_missing(company: Path, auditor) -> None:
    code, out, _err = auditor("inspect", "exports", "--full", "--lang", "en")
    assert code == 0
    for text in ("Сделки.csv", "История.csv", "Ответственный", "FUR0902", "FUR0201"):
        assert text in out


def test_inspect_first_says_the_one_thing(company: Path, auditor) -> None:
    code, out, _err = auditor("inspect", "exports", "--lang", "en")
    assert code == 0
    assert out.startswith("Understood: 3 deals · all columns are known\n")
    assert re.search(r"^1\. \d+ clauses: .+\n   \S", out, re.MULTILINE)
    assert len(out.splitlines()) <= 30


@pytest.mark.parametrize("command", ["check", "inspect"])
def test_where_nothing_could_be_read_each_reason_is_told(company: Path, auditor, command: str) -> None:
    (company / "broken.xlsx").write_bytes(b"PK\x03\x04broken")
    code, out, err = auditor(command, "none.xlsx", "broken.xlsx", "--lang", "en")
    assert (code, out) == (2, "")
    lines = err.splitlines()
    assert any(line.startswith("none.xlsx: there is no such file") for line in lines)
    assert any(line.startswith("broken.xlsx: the workbook is damaged") for line in lines)


def test_data_of_no_regulation_is_no_clean_audit(company: Path, auditor) -> None:
    (company / "deals.csv").write_text("ID сделки;Этап;Дата создания\n1;Этот;01.03.2024\n2;Тот;01.03.2024\n")
    code, out, err = auditor("check", "deals.csv", "--lang", "en")
    assert (code, out) == (2, "")
    assert err.startswith("The data names no regulation's stages. Name a regulation with --regulation")
    assert auditor("inspect", "deals.csv", "--lang", "en")[0] == 0


def test_what_could_not_be_read_is_told_where_nothing_can_be_checked(company: Path, auditor) -> None:
    (company / "deals.csv").write_text("ID сделки;Этап;Дата создания\n1;Недозвон;31.02.2024\n", encoding="utf-8")
    code, out, err = auditor("check", "deals.csv", "--lang", "en")
    assert (code, out) == (2, "")
    date, nothing, advice = err.splitlines()
    assert date.startswith("deals.csv › 2 › Дата создания: “31.02.2024” is not a date")
    assert nothing == "deals.csv: no deal was found; the audit needs a list of deals"
    assert advice.startswith("The data names no regulation's stages.")


def test_clauses_lists_all_and_shows_one(auditor) -> None:
    code, out, _err = auditor("clauses", "--lang", "ru")
    assert code == 0
    assert "FUR0902" in out
    assert "AGY0907" in out
    code, out, _err = auditor("clauses", "FUR0902", "--lang", "ru")
    assert code == 0
    assert "Преддоговор" in out
    assert "30" in out
    assert "AGY0907" not in out


def test_clauses_searches_by_words_whatever_their_endings(auditor) -> None:
    code, out, _err = auditor("clauses", "звонков", "день", "--lang", "ru")
    assert code == 0
    assert "FUR0201" in out
    assert "FUR0902" not in out
    english = auditor("clauses", "calls", "every", "day", "--lang", "en")[1]
    assert "FUR0201" in english
    assert "FUR0902" not in english


def test_words_and_beginnings_of_codes_narrow_the_rulebook_together(auditor) -> None:
    out = auditor("clauses", "секретарь", "FUR02", "--lang", "ru")[1]
    assert "FUR0203" in out
    assert "FUR0305" not in out
    assert "FUR0305" in auditor("clauses", "секретарь", "--lang", "ru")[1]


def test_a_rule_that_is_checked_by_hand_is_found_too(auditor) -> None:
    out = auditor("clauses", "секретарь проверяет номер", "--lang", "ru")[1]
    assert "FUR: чего не видно ни в одной выгрузке" in out
    assert "AGY" not in out


def test_clauses_tells_the_columns_of_every_table(auditor) -> None:
    code, out, _err = auditor("clauses", "--columns", "--lang", "ru")
    assert code == 0
    lines = [line.split() for line in out.splitlines()]
    for table, columns in ALIASES.items():
        for column, (first, *_others) in columns.items():
            assert any(line[: len(first.split()) + 1] == [*first.split(), f"({column})"] for line in lines), (
                table,
                column,
            )


def test_what_is_suspect_counts_unless_strict(check, company: Path) -> None:
    """Out of the stage on its last second, and back half a minute later."""
    history = company / "exports" / "История.csv"
    kept, back = "102;31.03.2024 23:59:59;этап;Преддоговор;{};Петрова Анна", "102;{};этап;{};{};Петрова Анна"
    rows = [kept.format("Замер"), back.format("01.04.2024 00:00:29", "Замер", "Преддоговор"),
            back.format("02.04.2024 10:00", "Преддоговор", "Сделка успешна")]  # fmt: skip
    text = history.read_text("utf-8").replace(kept.format("Сделка успешна"), "\n".join(rows))
    history.write_text(text, encoding="utf-8")
    others = ("101", "Иванов Иван", "late")
    assert violated(check("--format", "json")[1]) == [others]
    assert violated(check("--format", "json", "--strict")[1]) == [others, ("102", "Петрова Анна", "late")]
    (company / "auditor.toml").write_text("[reading]\nstrict = true\n", encoding="utf-8")
    assert violated(check("--format", "json")[1]) == [others, ("102", "Петрова Анна", "late")]


@pytest.mark.parametrize(
    ("language", "why"),
    [
        (
            "ru",
            "Создание на этапе «Преддоговор», 01.03.2024 10:00. До 31.03.2024 нужно: уход с этапа «Преддоговор». "
            "Сделано с опозданием: 10.04.2024 12:00. Не выгружено, хотя могло бы оправдать: комментарии + тексты дел "
            "или внутренние чаты + тексты дел, авторы дел, таблица сотрудников с ролями.",
        ),
        (
            "en",
            "Created in “Преддоговор”, 2024-03-01 10:00. Needed by 2024-03-31: leaving “Преддоговор”. "
            "Done late: 2024-04-10 12:00. Not exported, though it could excuse: comments + texts of "
            "activities or internal chats + texts of activities, authors of activities, the table of people with "
            "their roles.",
        ),
    ],
)
def test_why_is_a_sentence_with_the_dates_of_its_language(check, language: str, why: str) -> None:
    [duty] = report(check("--format", "json", "--lang", language)[1])["duties"][:1]
    assert (duty["deal"], duty["why"]) == ("101", why)


def test_where_a_deal_may_go_next_is_told_without_forbidding_it(check, company: Path) -> None:
    history = company / "exports" / "История.csv"
    history.write_text(history.read_text(encoding="utf-8").replace("Преддоговор;Сделка успешна", "Преддоговор;Замер"))
    told = report(check("--select", "FUR0907", "--format", "json", "--lang", "ru")[1])["duties"]
    assert {duty["why"].split(". ", 1)[1] for duty in told if duty["clause"] == "FUR0907"} == {
        "Следующий этап: «Замер», нужно: «Повторный замер», «Отложенный спрос», успешное закрытие или закрытие "
        "с отказом."
    }


def test_why_the_exit_code_is_2_stands_among_the_first_problems(check, company: Path) -> None:
    rows = "".join(f"10{number};31.02.2024\n" for number in range(4, 9))
    (company / "exports" / "deals.csv").write_text("ID сделки;Дата создания\n" + rows, encoding="utf-8")
    (company / "w.csv").write_text("сделка;по\n101;31.12.2024\n", encoding="utf-8")
    code, out, _err = check("--waivers", "w.csv")
    told = out.partition("Data problems")[2].splitlines()
    assert (code, told[0].strip()) == (2, "6:")
    assert "w.csv" in told[1]
