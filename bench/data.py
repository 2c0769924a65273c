"""The files that are timed: M as CSV, S as a workbook, a messy company; the demo's deals, busier or neglected, until
they are so many."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from bench.plainly import MOMENTS
from fixtures.demo import Plan, plan, sheets, tile
from fixtures.demo.files import write_workbook
from fixtures.demo.tiles import Pattern, renamings

FOLDER = Path(__file__).parent / "data"
EVENTS_PER_DEAL = 30
NEGLECT = 4 * 24 * 60
"""Minutes that a neglected thing is late."""
TALK = ("звонок", "комментарий", "чат", "сообщение")
"""What a busy deal has more of."""
CLOCK = "%d.%m.%Y %H:%M:%S"
PLAIN = pyarrow.csv.WriteOptions(include_header=False, delimiter=";", quoting_style="none")


def busier(first: Plan) -> dict[str, pd.DataFrame]:
    """The sheets of a tile, what people say to each other said again 20, 40, … minutes later."""
    frames = sheets(first)
    activities = frames["Дела"]
    talk = activities[activities["Тип"].isin(TALK)]
    wanted = EVENTS_PER_DEAL * first.deals - len(activities) - len(frames["История"])
    rounds, rest = divmod(wanted, len(talk))
    again = [_later(talk, 20 * number) for number in range(1, rounds + 1)]
    frames["Дела"] = _in_order([activities, *again, _later(talk.iloc[:rest], 20 * rounds + 20)])
    return frames


def neglected(first: Plan) -> dict[str, pd.DataFrame]:
    """The sheets of a tile in which a third of what was done is not, and a third is done days later."""
    frames = sheets(first)
    deals, history = frames["Сделки"], frames["История"]
    fields = history["Событие"] == "поле"
    frames["Дела"] = _neglected(frames["Дела"])
    frames["История"] = _in_order([history[~fields], _neglected(history[fields])])
    for number, name in enumerate(sorted({*history["Поле"]} & {*deals.columns})):
        deals.loc[(deals.index + number) % 3 == 0, name] = ""
    return frames


def _neglected(rows: pd.DataFrame) -> pd.DataFrame:
    third = np.arange(len(rows)) % 3
    return pd.concat([rows[third == 0], _later(rows[third == 1], NEGLECT)])


@dataclass(frozen=True)
class Size:
    """So many deals, of a tile with these sheets; the lives of each tile so many minutes `apart` from those before."""

    name: str
    deals: int
    sheets: Callable[[Plan], dict[str, pd.DataFrame]] = busier
    apart: int = 0

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
        return replace(self, name=f"{self.name}-half", deals=self.deals // 2)

    def _write(self, folder: Path) -> None:
        folder.mkdir()
        renamed = self._renamed()
        for name, frame in self.sheets(self._tile).items():
            tiles = _later_each(renamed, frame, self.apart) if self.apart else renamed
            _write_table(folder / f"{name}.csv", frame, tiles if _of_deals(frame) else renamed[:1])

    def _write_workbook(self, path: Path) -> None:
        renamed, frames = self._renamed(), {}
        for name, frame in self.sheets(self._tile).items():
            pattern = Pattern(frame)
            tables = [pattern.repeated(names) for names in (renamed if _of_deals(frame) else renamed[:1])]
            frames[name] = pa.concat_tables(tables).to_pandas()
        write_workbook(path, frames)

    @property
    def _tile(self) -> Plan:
        return plan("FUR", self.deals, 1)

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


def _later(rows: pd.DataFrame, minutes: int) -> pd.DataFrame:
    moments = pd.to_datetime(rows["Время"], format=CLOCK) + pd.Timedelta(minutes=minutes)
    return rows.assign(Время=moments.dt.strftime(CLOCK).astype("object"))


def _later_each(renamed: Iterable[Mapping[str, str]], frame: pd.DataFrame, minutes: int) -> Iterator[Mapping[str, str]]:
    """The same, with every moment of the sheet so many minutes later in each tile than in the one before."""
    texts = pd.unique(frame[[name for name in frame if name in MOMENTS]].to_numpy().ravel())
    moments = pd.Series(pd.to_datetime(texts, format=CLOCK, errors="coerce"), texts).dropna()
    for number, names in enumerate(renamed):
        later = (moments + pd.Timedelta(minutes=number * minutes)).dt.strftime(CLOCK)
        yield {**names, **later}


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
