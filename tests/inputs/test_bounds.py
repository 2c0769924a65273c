"""What a hostile or careless file may cost: seconds of the processor and memory, measured in a process of its own."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from by_hand import PARTS, SHEET, inline

ROOT = Path(__file__).parents[2]
MEGABYTE = 1 << 20
SPACE = 4_000 * MEGABYTE
"""Of addresses: whoever asks for more ends the process."""
CHILD = """
import re, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
from auditor.i18n import activate
from auditor.inputs import load
from auditor.settings import Settings
activate("en")
tables = load([sys.argv[1]], Settings())
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, re.search("VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
print(f"{len(tables.deals)} deals", *(problem.what for problem in tables.problems), sep="\\n")
"""
pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the memory that was used at most is told by Linux alone"
)


@dataclass(frozen=True)
class Kind:
    """A file, or a folder, that `write` makes; `told`: how what is said of it begins."""

    name: str
    write: Callable[[Path], object]
    told: str
    seconds: float = 8
    megabytes: int = 300


DEAL = "1;Новая;01.03.2024 10:00:00;Анна;Тверь"
CAPTIONS = "ID сделки;Этап;Дата создания;Ответственный;Город"


def packed(path: Path, **parts: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**PARTS, **parts}.items():
            archive.writestr(name, text)


def sheet(path: Path, cells: str, behind: str = "") -> None:
    packed(path, **{"xl/worksheets/sheet1.xml": SHEET.format(f"<sheetData>{cells}</sheetData>{behind}")})


def far(reference: str) -> Callable[[Path], None]:
    """A workbook of one cell there and one at the other end."""
    return lambda path: sheet(
        path, f'<row r="1"><c r="A1"><v>1</v></c></row><row><c r="{reference}"><v>1</v></c></row>'
    )


def merged(path: Path) -> None:
    """Captions, two deals, and all cells of the sheet in one."""
    rows = inline(CAPTIONS.split(";"), DEAL.split(";"), DEAL.split(";"))
    text = rows.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    packed(path, **{"xl/worksheets/sheet1.xml": text})


def many_merged(path: Path) -> None:
    rows = inline(CAPTIONS.split(";"), *[DEAL.split(";")] * 2_000)
    ranges = "".join(f'<mergeCell ref="A{2 + n % 9}:XFD1048576"/>' for n in range(20_000))
    packed(
        path,
        **{"xl/worksheets/sheet1.xml": rows.replace("</sheetData>", f"</sheetData><mergeCells>{ranges}</mergeCells>")},
    )


def no_references(path: Path) -> None:
    """Cells that do not say where they stand, in the first row and in the last."""
    sheet(path, f'<row r="1">{"<c><v>1</v></c>" * 16_384}</row><row r="1048576"><c><v>1</v></c></row>')


def entries(path: Path) -> None:
    packed(path, **{f"xl/x{n}.xml": "" for n in range(60_000)})


def equal_captions(path: Path) -> None:
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ["Этап"] * 16_384)
    sheet(path, f'<row r="1">{cells}</row>')


def shared(path: Path) -> None:
    """One long text in a million cells."""
    text = f"<sst><si><t>{'я' * 30_000}</t></si></sst>"
    cells = '<row><c t="s"><v>0</v></c></row>' * 1_000_000
    packed(
        path,
        **{"xl/worksheets/sheet1.xml": SHEET.format(f"<sheetData>{cells}</sheetData>"), "xl/sharedStrings.xml": text},
    )


def lines(*rows: str) -> Callable[[Path], None]:
    return lambda path: path.write_text("\n".join((CAPTIONS, *rows)), encoding="utf-8") and None


def ragged(path: Path) -> None:
    lines(*("1;2" if n % 2 else "1;2;3;4;5;6;7" for n in range(2_000_000)))(path)


def blank_lines(path: Path) -> None:
    lines(DEAL, "\n" * (20 * MEGABYTE))(path)


def long_cell(path: Path) -> None:
    lines(DEAL + "т" * (50 * MEGABYTE))(path)


def one_line(path: Path) -> None:
    path.write_bytes(b"x" * (200 * MEGABYTE))


def distinct(path: Path) -> None:
    lines(*(f"{n};Этап {n};01.03.2024 10:00:00;Имя {n};Город {n}" for n in range(200_000)))(path)


def huge(head: bytes) -> Callable[[Path], None]:
    """More than five gigabytes that take no place on the disk."""

    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.write(head)
            file.truncate(6 << 30)

    return write


def leads(*fields: list[dict[str, object]]) -> str:
    deals = [
        {
            "id": n,
            "name": "a",
            "created_at": 1709280000,
            "status_id": 142,
            "pipeline_id": 5,
            "custom_fields_values": each,
        }
        for n, each in enumerate(fields, 1)
    ]
    return json.dumps({"_embedded": {"leads": deals}})


def field(number: int) -> dict[str, object]:
    return {"field_id": number, "field_name": f"Поле {number}", "values": [{"value": "x"}]}


def fields_of_each(path: Path) -> None:
    path.write_text(leads(*([field(n)] for n in range(5_000))), encoding="utf-8")


def fields_of_one(path: Path) -> None:
    path.write_text(leads([field(n) for n in range(100_000)]), encoding="utf-8")


def large_page(path: Path) -> None:
    path.write_text(leads(*([field(1)] for _n in range(100_000))), encoding="utf-8")


def long_text(path: Path) -> None:
    path.write_text('{"result": "' + "x" * (190 * MEGABYTE) + '"}', encoding="utf-8")


def deep(path: Path) -> None:
    path.write_text("[" * 1_000_000, encoding="utf-8")


def rows_of_a_page(path: Path) -> None:
    path.write_text("<table>" + "<tr><td>x" * 300_000, encoding="utf-8")


def nested_page(path: Path) -> None:
    path.write_text("<table><tr><td>" * 200_000, encoding="utf-8")


def many_files(path: Path) -> None:
    path.mkdir()
    for number in range(100_000):
        (path / f"{number}.csv").touch()


FAR = "a sheet has cells far outside its table"
MANY = "unpacked, the file would fill the memory"
NO_TABLE = "this is no table, or a quotation mark is opened in it and never closed"
DAMAGED = "the workbook is damaged or incomplete"
KINDS = (
    Kind("far.xlsx", far("XFD1048576"), FAR),
    Kind("small letters.xlsx", far("xfd1048576"), FAR),
    Kind("entity.xlsx", far("&#88;FD1048576"), FAR),
    Kind("no references.xlsx", no_references, FAR),
    Kind("shared.xlsx", shared, MANY),
    Kind("entries.xlsx", entries, MANY),
    Kind("captions.xlsx", equal_captions, "more columns than any table has"),
    Kind("merged.xlsx", merged, "1 deals"),
    Kind("merged upon each other.xlsx", many_merged, DAMAGED),
    Kind("ragged.csv", ragged, "hundreds of thousands of rows have more or fewer cells", megabytes=600),
    Kind("blank.csv", blank_lines, "1 deals", megabytes=1_400),
    Kind("cell.csv", long_cell, NO_TABLE, megabytes=600),
    Kind("line.csv", one_line, NO_TABLE, megabytes=600),
    Kind("distinct.csv", distinct, "200000 deals", 20, 600),
    Kind("huge.csv", huge(b"ID;x\n" + b"1;x\n" * 5_000), "a text larger than 4096 MB"),
    Kind("huge.json", huge(b'{"_embedded": {"leads": [' + b" " * 10_000), "the file is larger than 200 MB"),
    Kind("huge.xls", huge(b"<table>" * 2_000), "a web page larger than 200 MB"),
    Kind("each.json", fields_of_each, "5000 deals", 20, 800),
    Kind("one.json", fields_of_one, "1 deals", 20, 600),
    Kind("large.json", large_page, "100000 deals", 30, 900),
    Kind("text.json", long_text, "no known page of amoCRM or Bitrix24", megabytes=1_200),
    Kind("deep.json", deep, "the file is nested too deeply"),
    Kind("rows.xls", rows_of_a_page, "the captions of the first row", 20, 600),
    Kind("nested.xls", nested_page, "a web page without a table"),
    Kind("folder", many_files, "100000 files are more than any export has"),
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_a_file_costs(tmp_path: Path, kind: Kind) -> None:
    kind.write(tmp_path / kind.name)
    command = [sys.executable, "-c", CHILD, str(tmp_path / kind.name), str(SPACE)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300)
    assert done.returncode == 0, done.stderr
    used, *said = done.stdout.splitlines()
    seconds, kilobytes = map(float, used.split())
    assert any(line.startswith(kind.told) for line in said), said
    assert seconds < kind.seconds
    assert kilobytes < kind.megabytes << 10
