"""Which files are read, and how those that are not are told."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from by_hand import lines

from auditor.inputs import load
from auditor.inputs.tables import Tables
from auditor.settings import Settings

Write = Callable[..., None]
Loaded = Callable[..., Tables]

DEALS = ("ID;Этап;Дата создания", "1;Новая;05.01.2024")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b" \r\n\r\n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "an old Excel workbook (.xls), or one with a password; save it as .xlsx",
        ),
        ("ID;Этап".encode("utf-16"), "text in UTF-16"),
        (b"%PDF-1.7 ...", "neither a workbook nor text"),
        (bytes(range(256)) * 20, "neither a workbook nor text"),
        (bytes(range(1, 32)) * 20, "neither a workbook nor text"),
    ],
)
def test_files_of_other_kinds_are_refused_in_words(tmp_path: Path, loaded: Loaded, data: bytes, words: str) -> None:
    (tmp_path / "export.xls").write_bytes(data)
    problem = loaded("export.xls").problems[0]
    assert problem.refused and problem.what.startswith(words)
    if "empty" not in words:
        assert "CSV in UTF-8 or Windows-1251" in problem.what


def test_paths_that_lead_nowhere(tmp_path: Path, loaded: Loaded) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "readme.md").write_text("hello")
    for name, words in (
        ("missing.csv", "there is no such file"),
        ("*.csv", "there is no such file"),
        ("notes", "nothing to read here"),
        ("x" * 300, "cannot be opened"),
        ("a\0b", "there is no such file"),
    ):
        problem = loaded(name).problems[0]
        assert problem.refused and words in problem.what, name
        assert problem.place.file.endswith(name)


@pytest.mark.parametrize("name", ["", " "])
def test_an_empty_name_is_not_the_working_folder(name: str) -> None:
    """`auditor check "$FILES"` where the variable is not set."""
    problem = load([name], Settings()).problems[0]
    assert problem.refused and problem.what == "a name of a file or folder is expected, and it is empty"


def test_nothing_named_at_all() -> None:
    tables = load([], Settings())
    assert tables.deals.empty and [problem.refused for problem in tables.problems] == [True]


def test_a_folder_gives_its_tables_and_those_of_its_folders(csv: Write, tmp_path: Path, loaded: Loaded) -> None:
    (tmp_path / "2024").mkdir()
    csv("2024/deals.csv", *DEALS)
    csv("deals.csv", DEALS[0], "2;Новая;05.01.2024")
    csv("~$deals.xlsx", "lock")
    csv(".hidden.csv", "x;y")
    csv("notes.md", "x")
    tables = loaded(".")
    assert sorted(str(tables.sources.locate(row)) for row in tables.deals["row"]) == [
        "2024/deals.csv › 2",
        f"{tmp_path.name}/deals.csv › 2",
    ]
    assert lines(tables.problems) == []


def test_what_a_folder_holds_beside_the_exports_is_told_but_refuses_nothing(
    csv: Write, tmp_path: Path, loaded: Loaded
) -> None:
    csv("deals.csv", *DEALS)
    csv("prices.csv", "Товар;Цена", "Стол;5")
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 100)
    tables = loaded(".")
    assert tables.deals["id"].tolist() == ["1"]
    assert [(problem.place.file, problem.refused) for problem in tables.problems] == [
        ("old.xls", False),
        ("prices.csv", False),
    ]


def test_a_glob_is_expanded_by_the_program(csv: Write, loaded: Loaded) -> None:
    csv("deals_1.csv", *DEALS)
    csv("deals_2.csv", DEALS[0], "2;Новая;05.01.2024")
    csv("other.csv", DEALS[0], "3;Новая;05.01.2024")
    assert loaded("deals_?.csv").deals["id"].tolist() == ["1", "2"]


def test_a_pattern_within_a_folder_with_brackets_in_its_name(tmp_path: Path, csv: Write, loaded: Loaded) -> None:
    for folder in ("export [may]", "export m"):
        (tmp_path / folder).mkdir()
    csv("export [may]/deals_1.csv", *DEALS)
    csv("export [may]/deals_2.csv", DEALS[0], "2;Новая;05.01.2024")
    csv("export m/deals_3.csv", DEALS[0], "3;Новая;05.01.2024")
    assert loaded("export [may]/deals_?.csv").deals["id"].tolist() == ["1", "2"]


def test_a_file_with_brackets_in_its_name_is_that_file(csv: Write, loaded: Loaded) -> None:
    csv("deals [1].csv", *DEALS)
    assert loaded("deals [1].csv").deals["id"].tolist() == ["1"]


def test_a_file_that_may_not_be_read(csv: Write, loaded: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    csv("deals.csv", *DEALS)

    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert lines(loaded("deals.csv").problems) == [
        "deals.csv: cannot be opened: there is no permission; if it is open in Excel, close it"
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes has none to wait for")
def test_a_pipe_is_not_waited_for(tmp_path: Path, loaded: Loaded) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert "neither a file nor a folder" in loaded("pipe.csv").problems[0].what
    assert "nothing to read here" in loaded(".").problems[0].what


def test_one_bad_file_does_not_spoil_the_others(csv: Write, tmp_path: Path, loaded: Loaded) -> None:
    csv("deals.csv", *DEALS)
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 nonsense")
    tables = loaded("broken.xlsx", "deals.csv")
    assert tables.deals["id"].tolist() == ["1"]
    assert lines(tables.problems) == ["broken.xlsx: the workbook is damaged or incomplete; export it once more"]
    assert tables.problems[0].refused


def test_progress_names_each_file(csv: Write, tmp_path: Path) -> None:
    csv("deals.csv", *DEALS)
    said: list[str] = []
    load([tmp_path / "deals.csv"], Settings(), said.append)
    assert said == ["Reading deals.csv", "Putting the tables together"]


def test_a_sentence_instead_of_a_table(csv: Write, loaded: Loaded) -> None:
    csv("deals.csv", "По вашему запросу ничего не найдено")
    problem = loaded("deals.csv").problems[0]
    assert problem.refused and "ничего не найдено" in problem.what
