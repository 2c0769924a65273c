"""Parquet files: typed cells read as the texts of a workbook."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from by_hand import lines

from auditor.inputs.tables import Tables

Write = Callable[..., None]
Loaded = Callable[..., Tables]


def test_typed_columns_are_read_as_texts_are(csv: Write, loaded: Loaded, tmp_path: Path) -> None:
    csv(
        "deals.csv", "ID;Этап;Дата создания;Дата закрытия;Сумма;Договор;Город",
        "12345678901;Новая;05.03.2024 10:00:01;;1000,5;да;Тверь", "2;;06.03.2024;07.03.2024 13:00:00;;нет;",
    )  # fmt: skip
    table = pa.table({
        "ID": pa.array([12345678901, 2]),
        "Этап": pa.array(["Новая", " "]),
        "Дата создания": pa.array(["05.03.2024 10:00:01", "06.03.2024"]).dictionary_encode(),
        "Дата закрытия": pa.array([None, datetime(2024, 3, 7, 10, tzinfo=UTC)]),
        "Сумма": pa.array([1000.5, None]),
        "Договор": pa.array([True, False]),
        "Город": pa.array(["Тверь", None], pa.large_string()),
    })  # fmt: skip
    pq.write_table(table, tmp_path / "deals.parquet", row_group_size=1)
    first, second = loaded("deals.csv"), loaded("deals.parquet")
    assert second.deals.astype("str").equals(first.deals.astype("str"))
    assert lines(second.problems) == []
    assert [str(second.sources.locate(row)) for row in second.deals["row"]] == [
        "deals.parquet › 2",
        "deals.parquet › 3",
    ]


def test_dates_and_lists(loaded: Loaded, tmp_path: Path) -> None:
    table = pa.table({"ID": [1], "Дата создания": [date(2024, 3, 5)], "Метки": [["a", "b"]]})
    pq.write_table(table, tmp_path / "deals.parquet")
    tables = loaded("deals.parquet")
    assert str(tables.deals["created"][0]) == "2024-03-05 00:00:00" and tables.deals["day:created"].tolist() == [True]
    assert tables.deals["field:Метки"].tolist() == ["['a', 'b']"]


def test_a_damaged_file_is_refused_in_words(loaded: Loaded, tmp_path: Path) -> None:
    pq.write_table(pa.table({"ID": [1] * 1000}), tmp_path / "x.parquet")
    data = (tmp_path / "x.parquet").read_bytes()
    for name, damaged in (("cut.parquet", data[:50]), ("head.parquet", b"PAR1" + b"\0" * 100)):
        (tmp_path / name).write_bytes(damaged)
        told = [problem for problem in loaded(name).problems if problem.refused]
        assert lines(told)[0] == f"{name}: the Parquet file is damaged or incomplete; export it once more"
