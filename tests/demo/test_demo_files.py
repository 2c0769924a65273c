"""The files of a demo: layout, bytes, tiles, the list of what was planted."""

import csv
from collections import Counter
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from auditor.inputs.captions import ALIASES
from fixtures.demo import TILE, plan, sheets, write_demo
from fixtures.demo.plan import SCRIPTS
from fixtures.demo.sheets import COLUMNS

TABLES = {"Сделки": "deals", "История": "history", "Дела": "activities", "Учёт клиентов": "ledger"}


def planted(folder: Path) -> list[dict[str, str]]:
    with (folder / "planted" / "planted.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file, delimiter=";"))


def table(folder: Path, name: str) -> pd.DataFrame:
    path = folder / "exports" / f"{name}.csv"
    return pd.read_csv(path, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig")


@pytest.mark.parametrize("regulation", sorted(SCRIPTS))
def test_a_small_demo_is_one_workbook_and_the_list(tmp_path: Path, regulation: str) -> None:
    write_demo(tmp_path, regulation=regulation, deals=40, seed=1)
    files = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*"))
    assert files == ["exports/deals.xlsx", "planted/planted.csv"]
    book = openpyxl.load_workbook(tmp_path / "exports" / "deals.xlsx", read_only=True)
    expected = ["Сделки", "История", "Дела", *(["Учёт клиентов"] if regulation == "FUR" else []), "Сотрудники"]
    assert book.sheetnames == expected
    assert len(list(book["Сделки"].iter_rows())) == 41


def test_the_columns_are_those_of_the_plain_layout() -> None:
    for name, columns in COLUMNS.items():
        exact = {captions[0] for captions in ALIASES[TABLES[name]].values()}  # type: ignore[index]
        assert set(columns) <= exact, name


def test_the_workbook_holds_the_rows_of_the_plan(tmp_path: Path) -> None:
    write_demo(tmp_path, regulation="FUR", deals=40, seed=1)
    frames = sheets(plan("FUR", 40, 1))
    book = openpyxl.load_workbook(tmp_path / "exports" / "deals.xlsx", read_only=True)
    for name, frame in frames.items():
        headers, *rows = [[cell or "" for cell in row] for row in book[name].iter_rows(values_only=True)]
        assert headers == list(frame.columns)
        assert [row + [""] * (len(headers) - len(row)) for row in rows] == frame.to_numpy().tolist(), name


@pytest.mark.parametrize("deals", [40, 2 * TILE + 7])
def test_the_same_numbers_give_the_same_bytes(tmp_path: Path, deals: int) -> None:
    for folder in ("one", "two"):
        write_demo(tmp_path / folder, regulation="AGY", deals=deals, seed=4)
    files = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*")]
    assert files
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file


def test_a_large_demo_is_tiles_and_its_counts_are_multiples(tmp_path: Path) -> None:
    write_demo(tmp_path / "one", regulation="FUR", deals=TILE, seed=1)
    write_demo(tmp_path / "three", regulation="FUR", deals=3 * TILE, seed=1)
    once = Counter((row["Пункт"], row["Вердикт"]) for row in planted(tmp_path / "one"))
    thrice = Counter((row["Пункт"], row["Вердикт"]) for row in planted(tmp_path / "three"))
    assert once and thrice == {key: 3 * count for key, count in once.items()}
    frames = sheets(plan("FUR", TILE, 1))
    for name in TABLES:
        assert len(table(tmp_path / "three", name)) == 3 * len(frames[name]), name
    deals = table(tmp_path / "three", "Сделки")
    assert deals["ID сделки"].is_unique
    assert len({*deals["Телефон"]} - {""}) == 3 * len({*frames["Сделки"]["Телефон"]} - {""})
    assert set(planted_deals := [row["ID сделки"] for row in planted(tmp_path / "three")]) <= set(deals["ID сделки"])
    assert len(set(planted_deals)) == 3 * len({row["ID сделки"] for row in planted(tmp_path / "one")})


def test_every_row_of_a_tile_names_the_deals_and_clients_of_that_tile(tmp_path: Path) -> None:
    write_demo(tmp_path, regulation="FUR", deals=2 * TILE, seed=1)
    deals = table(tmp_path, "Сделки")
    known = set(deals["ID сделки"])
    second = set(deals["ID сделки"][TILE:])
    assert set(deals["ID лида"]) - {""} <= known
    assert set(deals["ID лида"][TILE:]) - {""} <= second
    for name in ("История", "Дела", "Учёт клиентов"):
        assert set(table(tmp_path, name)["ID сделки"]) <= known
    tasks = table(tmp_path, "Дела").query("`ID задачи` != ''")
    assert (tasks["ID задачи"].str.partition("-")[0] == tasks["ID сделки"]).all()
    contracts = deals[deals["№ договора"] != ""]
    assert (contracts["№ договора"] == "Д-" + contracts["ID сделки"]).all()
    signed = table(tmp_path, "История").query("Поле == 'Имя (Договор)'").merge(deals, on="ID сделки")
    told = signed[signed["Стало"] != "-"]  # filler, which is planted as suspicious
    assert len(told) and (told["Стало"] == told["Контакт"]).all()


def test_a_part_of_a_tile_is_its_first_deals(tmp_path: Path) -> None:
    write_demo(tmp_path, regulation="AGY", deals=TILE + 30, seed=1)
    deals = table(tmp_path, "Сделки")
    assert len(deals) == TILE + 30
    assert deals["Дата создания"][TILE:].tolist() == deals["Дата создания"][:30].tolist()
    first = Counter(
        (row["Пункт"], int(row["ID сделки"]) - TILE)
        for row in planted(tmp_path)
        if int(row["ID сделки"]) > 10_000 + TILE
    )
    again = Counter(
        (row["Пункт"], int(row["ID сделки"])) for row in planted(tmp_path) if int(row["ID сделки"]) <= 10_030
    )
    assert first == again
