"""Pipelines from files and settings to the report: renamed, mapped, left out, and none left at all."""

import json
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def renamed(company: Path):
    """Gives the company's pipeline another name in the list of deals."""

    def rename(name: str, *deals: str) -> None:
        path = company / "exports" / "Сделки.csv"
        lines = path.read_text("utf-8").splitlines()
        lines = [
            line.replace(";Продажи;", f";{name};") if line.split(";")[0] in deals or not deals else line
            for line in lines
        ]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    return rename


def found(check, *options: str) -> tuple[int, list[tuple[Any, ...]], list[str]]:
    """The exit code, the pipelines, and the deals of all duties."""
    code, out, _err = check("--format", "json", "--all-duties", *options)
    report = json.loads(out)
    pipelines = [tuple(pipeline.values()) for pipeline in report["pipelines"]]
    return code, pipelines, sorted(duty["deal"] for duty in report["duties"])


def test_the_regulations_own_pipeline_is_told_with_its_deals(check) -> None:
    assert found(check) == (1, [("Продажи", "FUR", None, 3, True)], ["101", "102", "103"])


def test_a_renamed_pipeline_is_judged_and_told(check, renamed) -> None:
    renamed("💰 Продажи 2024")
    assert found(check) == (1, [("💰 Продажи 2024", "FUR", "Продажи", 3, True)], ["101", "102", "103"])
    assert "taken for the regulation's: “💰 Продажи 2024” → “Продажи” (3 deals)" in " ".join(check()[1].split())


def test_another_pipeline_beside_the_regulations_is_told_and_not_judged(check, renamed) -> None:
    renamed("Кухни", "101")
    assert found(check) == (
        0,
        [("Продажи", "FUR", None, 2, True), ("Кухни", None, None, 1, False)],
        ["102", "103"],
    )
    assert "not judged: “Кухни” (1 deal)" in check()[1]


def test_the_settings_map_it(check, renamed, company: Path) -> None:
    renamed("Кухни", "101")
    (company / "auditor.toml").write_text('[pipelines]\n"кухни" = "продажи"', encoding="utf-8")
    assert found(check) == (
        1,
        [("Продажи", "FUR", None, 2, True), ("Кухни", "FUR", "Продажи", 1, True)],
        ["101", "102", "103"],
    )


def test_where_nothing_is_left_to_judge_the_report_says_so(check, renamed, company: Path) -> None:
    """One stage of the regulation is too few to tell its pipeline."""
    renamed("Партнёры")
    history = company / "exports" / "История.csv"
    history.write_text(history.read_text("utf-8").replace("Замер", "Сбор"), encoding="utf-8")
    assert found(check) == (2, [("Партнёры", None, None, 3, False)], [])
    _code, out, _err = check()
    assert "not judged: “Партнёры” (3 deals)" in out
    told = " ".join(out.split())
    assert "Сделки.csv: no deal is in a pipeline of FUR: nothing is judged by it; name its pipelines under [pip" in told
    assert "Nothing to judge: no deal is in a pipeline of the regulation; the data names “Партнёры”." in told


def test_a_final_stage_of_the_company_closes_the_deal(check, company: Path) -> None:
    own = json.loads(check("--format", "json", "--all-duties")[1])
    for path in (company / "exports").iterdir():
        path.write_text(path.read_text("utf-8").replace("Сделка успешна", "Подписали"), encoding="utf-8")
    unmapped = json.loads(check("--format", "json", "--all-duties")[1])
    (company / "auditor.toml").write_text('[stages]\n"подписали" = "успешно реализовано"', encoding="utf-8")
    mapped = json.loads(check("--format", "json", "--all-duties")[1])
    assert [problem["what"][:42] for problem in unmapped["problems"]] == [
        "the regulation has no stage “Подписали”; na"[:42]
    ]
    assert mapped.pop("scope")["config"] == "auditor.toml"
    assert own.pop("scope")["config"] is None
    assert mapped == own


@pytest.mark.parametrize(
    ("section", "told"),
    [
        (
            '[pipelines]\n"Кухни" = "Продажа"',
            "auditor.toml › line 2 › [pipelines] › Кухни: No regulation has the pipeline “Продажа”. Did you mean "
            "“Продажи”?\n",
        ),
        (
            '[stages]\n"Подписали" = "Сделка успешн"',
            "auditor.toml › line 2 › [stages] › Подписали: No regulation has the stage “Сделка успешн”. "
            "Did you mean “Сделка успешна”?\n",
        ),
    ],
)
def test_a_misspelt_name_of_the_regulations_is_an_error(check, company: Path, section: str, told: str) -> None:
    (company / "auditor.toml").write_text(section, encoding="utf-8")
    assert check() == (2, "", told)
