"""Workbooks from the command line: into files, into folders apart, into a pipe, and not onto a terminal."""

import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

COMMAND = [sys.executable, "-m", "auditor", "check", "exports", "--regulation", "FUR", "--select", "FUR0902"]


def test_a_file_that_ends_in_xlsx_is_a_workbook(check, company: Path) -> None:
    code, _out, err = check("--output", "report.xlsx")
    assert (code, err) == (1, "Written: report.xlsx\n")
    assert load_workbook(company / "report.xlsx").sheetnames == ["Summary", "Иванов Иван", "Петрова Анна", "Clauses"]


def test_a_workbook_is_refused_on_a_terminal(check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    code, out, err = check("--format", "xlsx")
    assert (code, out) == (2, "")
    assert err == "--format: a workbook is nothing for a terminal; write it to a file: --output report.xlsx\n"


def test_a_workbook_may_go_into_a_pipe(company: Path) -> None:
    done = subprocess.run([*COMMAND, "--format", "xlsx"], cwd=company, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    (company / "piped.xlsx").write_bytes(done.stdout)
    assert load_workbook(company / "piped.xlsx").sheetnames[0] == "Итоги"


def test_a_workbook_hides_phones_if_asked(check, company: Path) -> None:
    check("--output", "open.xlsx")
    check("--mask", "--output", "masked.xlsx", "--per-manager", "own")
    titles = [load_workbook(company / name)["Иванов Иван"]["F7"].value for name in ("open.xlsx", "masked.xlsx")]
    assert titles == ["Кухня Сидоровым +7 916 123-45-67", "Кухня Сидоровым +7 *** ***-45-67"]
    assert load_workbook(company / "own" / "Иванов Иван.xlsx")["Иванов Иван"]["F7"].value == titles[1]


def test_a_workbook_per_person_in_a_folder_that_is_made(check, company: Path) -> None:
    code, _out, err = check("--per-manager", "own/of/march")
    assert (code, err) == (1, "Written: own/of/march, 2 workbooks\n")
    assert sorted(path.name for path in (company / "own/of/march").iterdir()) == [
        "Иванов Иван.xlsx", "Петрова Анна.xlsx",
    ]  # fmt: skip
    assert load_workbook(company / "own/of/march/Петрова Анна.xlsx").sheetnames == [
        "Summary", "Петрова Анна", "Clauses",
    ]  # fmt: skip


def test_a_workbook_per_department(check, company: Path) -> None:
    (company / "exports" / "Сотрудники.csv").write_text("Имя;Отдел\nИванов Иван;Розница\n", encoding="utf-8")
    code, _out, err = check("--per-department", "heads")
    assert (code, err) == (1, "Written: heads, 2 workbooks\n")
    assert sorted(path.name for path in (company / "heads").iterdir()) == ["no department.xlsx", "Розница.xlsx"]


def test_without_departments_it_is_told_where_to_name_them(check, company: Path) -> None:
    code, out, err = check("--per-department", "heads")
    assert code == 2 and out.startswith("\nAudit by the regulation FUR")
    assert err == "The exports name no departments: add a sheet “People” with the columns Name and Department.\n"
    assert not (company / "heads").exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("exports", "“exports” lies among the exports: write the report elsewhere."),
        ("exports/own", "“exports/own” lies among the exports: write the report elsewhere."),
        ("exports/Сделки.csv", "“exports/Сделки.csv” is no folder."),
    ],
)
@pytest.mark.parametrize("option", ["--per-manager", "--per-department"])
def test_folders_that_are_none_or_are_read_are_refused(check, option: str, typed: str, said: str) -> None:
    code, out, err = check(option, typed)
    assert (code, out, err) == (2, "", f"{option}: {said}\n")


def test_a_folder_that_cannot_be_made_does_not_lose_the_report(check, company: Path) -> None:
    (company / "file").write_text("")
    code, out, err = check("--per-manager", "file/own")
    assert code == 2 and out.startswith("\nAudit by the regulation FUR")
    assert err.startswith("file/own cannot be written:")


def test_what_only_workbooks_or_texts_need_is_not_imported_for_other_reports(company: Path) -> None:
    told = "import sys; from auditor.cli import run; run(sys.argv[1:]); print({'xlsxwriter', 'rich'} & {*sys.modules})"
    done = [
        subprocess.run(
            [sys.executable, "-c", told, *COMMAND[3:], *more], cwd=company, capture_output=True, text=True, check=True
        )
        for more in (["--format", "json"], ["--format", "json", "--output", "a.xlsx"], ["--quiet"])
    ]
    found = [each.stdout.splitlines()[-1] for each in done]
    assert found[0] == "set()" and "xlsxwriter" in found[1] and found[2] == "{'rich'}"
