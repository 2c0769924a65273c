"""Files as a broken download, a careless hand or a hostile one leaves them: told, and nothing but that."""

import io
import random
import re
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from seeds import SEEDS

from auditor.inputs import load
from auditor.inputs.tables import Tables
from auditor.settings import Settings

FILES = 2_000
"""So many for each reader."""
SAME_READER = ("plain", "bi")
"""Companies whose two files are read alike."""
AT_ONCE = 500
"""So many in one test, for they are parted among the processors."""
CORPUS = Path(__file__).parent / "corpus"
"""Mutated files that once were not told."""

_TOKEN = re.compile(rb"[^\s;,<>\"{}\[\]:=]+")
ODD = tuple(
    text.encode("utf-8", "surrogatepass")
    for text in (
        "", " ", "0", "-1", "1e309", "1e-7", "NaN", "9" * 30, "9" * 400, "12.000", "31.12.9999 23:59:59", "01.01.0001",
        "2024-13-45T25:61:61+99:99", "2024-03-04T09:00:00-23:59", "05/06/2024", "24:00", "'", '"', '"";"', "\u202e",
        "\u200b", "\ud800", "\x00", "\x85", "\u2028", "\x1b[31m", "[/b]", "=1+1", "&#0;", "&#xD800;", "&amp;lt;",
        "<br>", "<table><tr><td>", "]]>", "\\ud800", "null", "true", "{}", "[]", "[12] ", "A / B", "#Н/Д", "é",
        "Сделка", "Сделка: ", "ID", "ID сделки", "Дата", "Этап", "Тип", "звонок", "задача", "closed", "Все" * 200,
    )
)  # fmt: skip
TYPES = (
    pa.int8(), pa.uint64(), pa.float32(), pa.bool_(), pa.date32(), pa.timestamp("ns", "Asia/Tokyo"), pa.time64("us"),
    pa.duration("ms"), pa.decimal128(38, 9), pa.binary(), pa.list_(pa.string()), pa.dictionary(pa.int8(), pa.string()),
    pa.null(), pa.large_string(), pa.string_view(), pa.struct({"a": pa.string()}),
)  # fmt: skip


def mutated(data: bytes, dice: random.Random) -> bytes:
    """A few bytes other, gone, doubled, a word another one, or the end cut off."""
    for _ in range(dice.randint(1, 4)):
        if dice.random() < 0.5 and (words := list(_TOKEN.finditer(data))):
            start, end = dice.choice(words).span()
            some = dice.choice(ODD)
        else:
            start = dice.randrange(len(data) or 1)
            end = min(start + dice.choice((1, 1, 2, 8, 64, 400)), len(data))
            part = data[start:end]
            some = dice.choice(
                (bytes(dice.randrange(256) for _ in part), b"", part * 3, b'"', b";", b"\n", b"\0" * 9, b"\xff")
            )
        data = data[:start] if dice.random() < 0.05 else data[:start] + some + data[end:]
    return data


def repacked(data: bytes, dice: random.Random) -> bytes:
    """A workbook of which the XML of a part is mutated, and packed soundly."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
        chosen = dice.choice([*old.namelist(), *(name for name in old.namelist() if "sheet" in name)])
        for name in old.namelist():
            new.writestr(name, mutated(old.read(name), dice) if name == chosen else old.read(name))
    return result.getvalue()


def retyped(data: bytes, dice: random.Random) -> bytes:
    """A Parquet file of which some cells are other texts, or all of a column another type."""
    table = pq.read_table(io.BytesIO(data))
    place = dice.randrange(table.num_columns)
    cells = [dice.choice(ODD).decode("utf-8", "replace") if dice.random() < 0.5 else None for _ in range(len(table))]
    column = pa.array(cells, pa.string())
    if dice.random() < 0.6:
        column = pa.array([None] * len(table), dice.choice(TYPES))
        if pa.types.is_primitive(column.type):
            noise = pa.py_buffer(dice.randbytes(16 * len(table)))
            column = pa.Array.from_buffers(column.type, len(table), [None, noise])
    name = dice.choice(ODD).decode("utf-8", "replace") if dice.random() < 0.1 else table.column_names[place]
    result = pa.BufferOutputStream()
    pq.write_table(table.set_column(place, name, column), result)
    return result.getvalue().to_pybytes()


INSIDE = {".xlsx": repacked, ".parquet": retyped}
"""Files of which the bytes alone are soon refused."""


def of_name(name: str, data: bytes, dice: random.Random) -> bytes:
    inside = INSIDE.get(Path(name).suffix)
    return inside(data, dice) if inside and dice.random() < 0.7 else mutated(data, dice)


def assert_told(tables: Tables, names: set[str]) -> None:
    """Each file was read, or is told of; and no row of what was read is gone without a word."""
    told = {name for problem in tables.problems for name in problem.place.file.split(", ")}
    assert names <= told | {source.file for source in tables.sources.sources}
    kept: dict[int, set[int]] = {}
    for _table, frame in tables.frames():
        for row in frame["row"].tolist():
            kept.setdefault(int(tables.sources.of(row)), set()).add(row)
    for number, source in enumerate(tables.sources.sources):
        here = len(kept.get(number, ()))
        assert here <= source.rows - source.rejected, source
        assert here == source.rows or source.file in told, source


@pytest.mark.parametrize(
    ("company", "start"),
    [
        (company, start)
        for company in SEEDS
        for start in range(0, FILES // 2 if company in SAME_READER else FILES, AT_ONCE)
    ],
)
def test_whatever_became_of_a_file_it_is_read_or_told(tmp_path: Path, company: str, start: int) -> None:
    files = SEEDS[company]
    for number in range(start, start + AT_ONCE):
        dice = random.Random(f"{company} {number}")
        found = {name: of_name(name, data, dice) for name, data in files.items()}
        for name, data in found.items():
            (tmp_path / name).write_bytes(data)
        try:
            assert_told(load([tmp_path / name for name in found], Settings()), {*found})
        except BaseException as error:
            raise AssertionError(f"{company} {number}: {found!r}") from error


@pytest.mark.parametrize("folder", sorted(CORPUS.iterdir()), ids=lambda folder: folder.name)
def test_what_once_was_not_told_is(folder: Path) -> None:
    files = sorted(folder.iterdir())
    assert_told(load(files, Settings()), {file.name for file in files})
