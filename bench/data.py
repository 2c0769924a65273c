"""The files that are timed: M as CSV, S as a workbook; the demo's deals, busier, until they are so many."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv

from fixtures.demo import Plan, plan, sheets, tile
from fixtures.demo.files import write_workbook
from fixtures.demo.tiles import Pattern, renamings

FOLDER = Path(__file__).parent / "data"
EVENTS_PER_DEAL = 30
TALK = ("звонок", "комментарий", "чат", "сообщение")
"""What a busy deal has more of."""
CLOCK = "%d.%m.%Y %H:%M:%S"
PLAIN = pyarrow.csv.WriteOptions(include_header=False, delimiter=";", quoting_style="none")


@dataclass(frozen=True)
class Size:
    """So many deals, and 30 times as many rows of history and activities."""

    name: str
    deals: int

    @property
    def folder(self) -> Path:
        """The folder of CSV files, written at the first use."""
        return _once(FOLDER / f"{self.name}-{self.deals}", self._write)

    @property
    def workbook(self) -> Path:
        """The same as one workbook, written at the first use."""
        return _once(FOLDER / f"{self.name}-{self.deals}.xlsx", self._write_workbook)

    @property
    def half(self) -> "Size":
        return Size(f"{self.name}-half", self.deals // 2)

    def _write(self, folder: Path) -> None:
        folder.mkdir()
        renamed = self._renamed()
        for name, frame in self._sheets().items():
            _write_table(folder / f"{name}.csv", frame, renamed if _of_deals(frame) else renamed[:1])

    def _write_workbook(self, path: Path) -> None:
        renamed, frames = self._renamed(), {}
        for name, frame in self._sheets().items():
            pattern = Pattern(frame)
            tables = [pattern.repeated(names) for names in (renamed if _of_deals(frame) else renamed[:1])]
            frames[name] = pa.concat_tables(tables).to_pandas()
        write_workbook(path, frames)

    @property
    def _tile(self) -> Plan:
        return plan("FUR", self.deals, 1)

    def _sheets(self) -> dict[str, pd.DataFrame]:
        return busier(self._tile)

    def _renamed(self) -> list[Mapping[str, str]]:
        """What the lives of each tile are called: whole tiles, until the deals are enough."""
        first = self._tile
        return [renamings(first, tile(first, number)) for number in range(-(-self.deals // first.deals))]


def _once(path: Path, write: Callable[[Path], None]) -> Path:
    """Written beside and moved, so that a stopped run leaves no half."""
    if not path.exists():
        FOLDER.mkdir(exist_ok=True)
        beside = path.with_name(f"unfinished-{path.name}")
        if beside.is_dir():
            shutil.rmtree(beside)
        write(beside)
        beside.rename(path)
    return path


def busier(first: Plan) -> dict[str, pd.DataFrame]:
    """The sheets of a tile, what people say to each other said again 20, 40, … minutes later."""
    frames = sheets(first)
    activities = frames["Дела"]
    talk = activities[activities["Тип"].isin(TALK)]
    wanted = EVENTS_PER_DEAL * first.deals - len(activities) - len(frames["История"])
    rounds, rest = divmod(wanted, len(talk))
    again = [_later(talk, number) for number in range(1, rounds + 1)]
    frames["Дела"] = _in_order([activities, *again, _later(talk.iloc[:rest], rounds + 1)])
    return frames


def _later(rows: pd.DataFrame, number: int) -> pd.DataFrame:
    moments = pd.to_datetime(rows["Время"], format=CLOCK) + pd.Timedelta(minutes=20 * number)
    return rows.assign(Время=moments.dt.strftime(CLOCK).astype("object"))


def _in_order(frames: list[pd.DataFrame]) -> pd.DataFrame:
    whole = pd.concat(frames, ignore_index=True)
    order = pd.to_datetime(whole["Время"], format=CLOCK).argsort(kind="stable")
    return whole.iloc[order].reset_index(drop=True)


def _of_deals(frame: pd.DataFrame) -> bool:
    return "ID сделки" in frame


def _write_table(path: Path, frame: pd.DataFrame, renamed: Iterable[Mapping[str, str]]) -> None:
    """A CSV file, tile after tile."""
    pattern = Pattern(frame)
    schema = pa.schema([(name, pa.string()) for name in frame.columns])
    with path.open("wb") as file:
        file.write(("\ufeff" + ";".join(frame.columns) + "\n").encode())
        with pyarrow.csv.CSVWriter(file, schema, write_options=PLAIN) as writer:
            for names in renamed:
                writer.write_table(pattern.repeated(names))
