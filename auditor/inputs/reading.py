"""One sheet being understood: column by column, with everything that could not be understood."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from auditor.i18n import _, numeral
from auditor.inputs import columns
from auditor.inputs.captions import Understanding, is_phone
from auditor.inputs.empty import is_error
from auditor.inputs.precision import marks, moments_of, precision_of
from auditor.inputs.quality import Trouble
from auditor.inputs.repeats import is_own_id, not_alone, once, perhaps, repeated, written_precision
from auditor.inputs.tables import Part, Place, Problem, Sheet
from auditor.inputs.times import NAT, Bools, Moments, Parsed, Times
from auditor.inputs.troubles import ranges, troubles
from auditor.inputs.unread import days_in, unread_rows
from auditor.inputs.values import phones_of
from auditor.settings import Settings
from auditor.spelling import shortened


class Reading:
    """The canonical columns of a sheet so far (`values`), its problems, and the rows that are lost."""

    def __init__(self, sheet: Sheet, understanding: Understanding, settings: Settings) -> None:
        self.sheet, self.settings = sheet, settings
        self.understanding = understanding
        self.rows = sheet.cells.index.to_numpy()
        self.values: dict[str, Any] = {}
        self.lost: Bools = np.zeros(len(self.rows), np.bool_)
        self.kinds = columns.empty(len(self.rows))
        """What each row tells of, also where it is lost."""
        self._strangers: Bools = np.zeros(len(self.rows), np.bool_)
        self.problems: list[Problem] = list(sheet.problems)

    def has(self, column: str) -> bool:
        return column in self.understanding.headers

    def cells(self, column: str) -> pd.Series:
        return self.sheet.cells[self.understanding.headers[column]]

    def text(self, *names: str) -> None:
        """Columns of free text."""
        for name in filter(self.has, names):
            self.values[name] = columns.categorical(self.cells(name))

    def ids(self, *names: str) -> None:
        """Columns of ids; one that a spreadsheet has shortened is none."""
        for name in filter(self.has, names):
            complaint = _(
                "“{text}” is a number that Excel has shortened, and no id any more; export the ids as text; "
                "taken as empty"
            )
            self.take(name, columns.ids(self.cells(name)), complaint)

    def phone(self) -> None:
        if self.has("phone"):
            complaint = _("“{text}” is not a phone number; taken as empty")
            self.take("phone", columns.phones(self.cells("phone")), complaint, Trouble.PHONE)

    def phones(self) -> None:
        """All numbers of a deal, whatever the columns of their sorts are called: the first as `phone`, and where some
        deal has several, all as `phones`."""
        others = filter(is_phone, self.understanding.ignored)
        headers = [header for header in (self.understanding.headers.get("phone"), *others) if header is not None]
        found = [
            columns.texts(self.sheet.cells[header], lambda text: " ".join(phones_of(text)) or None)
            for header in headers
        ]
        if not found:
            return
        for header, parsed in zip(headers, found, strict=True):
            self.complain(header, parsed.bad, _("“{text}” is not a phone number; taken as empty"), Trouble.PHONE)
        told = [parsed.values for parsed in found]
        numbers = told[0] if len(told) == 1 else columns.joined(told, _each_once)
        self.values["phone"] = numbers
        if numbers.categories.str.contains(" ").any():
            self.values["phones"] = numbers
            everywhere = np.ones(len(self.rows), np.bool_)
            self.values["phone"] = columns.only(numbers, everywhere, lambda text: text.partition(" ")[0])

    def named(self, *names: str) -> None:
        """Columns of names, `[12] Имя` without its number; an error of the spreadsheet is none."""
        for name in filter(self.has, names):
            parsed = columns.texts(self.cells(name), name_of)
            parsed.bad[self.cells(name).isin(DASHES).to_numpy()] = False
            self.values[name] = parsed.values

    def time(self, *names: str, ignoring: Sequence[str] = ()) -> None:
        """Columns of moments; texts of `ignoring` are empty cells."""
        for name in filter(self.has, names):
            parsed = self.times(name)
            if ignoring and parsed.bad.any():
                parsed.bad[self.cells(name).astype("str").str.casefold().isin(ignoring).to_numpy()] = False
            self.take(name, parsed, _("“{text}” is not a date between 2000 and 2135; taken as empty"))

    def times(self, name: str) -> Times:
        """Moments of a column; what stands beside them is kept at once."""
        parsed = moments_of(self.sheet, self.understanding.headers[name], self.settings)
        self.values.update(marks(name, parsed))
        if parsed.bad.any():
            self._tell_day_numbers(name, parsed.bad)
        return parsed

    def _tell_day_numbers(self, name: str, bad: Bools) -> None:
        """What a spreadsheet keeps in place of dates, where the column has not the format of one."""
        rows = self.rows[bad & self.cells(name).astype("str").str.fullmatch(DAY_NUMBER, na=False).to_numpy()]
        if rows.size:
            what = _(
                "the column holds the day numbers of Excel (45362.42) and no dates: give it the format of a date "
                "there, and save the file once more"
            )
            self.problems.append(Problem(self.place(name), f"{what}: {ranges(rows)}", Trouble.CELL))

    def needed_time(self, name: str, when_empty: str) -> None:
        """A column of moments without which a row is of no use."""
        parsed = self.times(name)
        self.values[name] = parsed.values
        self._misread = np.flatnonzero(parsed.bad)
        self.lose(name, parsed.bad, _("“{text}” is not a date between 2000 and 2135; the row was left out"))
        if when_empty:
            self.need(name, when_empty)

    def number(self, *names: str) -> None:
        for name in filter(self.has, names):
            self.take(name, columns.numbers(self.cells(name)), _("“{text}” is not a number; taken as empty"))

    def take(self, name: str, parsed: Parsed, complaint: str, kind: Trouble = Trouble.CELL) -> None:
        """Keep a column; a bad cell is missing, and is complained of."""
        self.values[name] = parsed.values
        self.complain(name, parsed.bad, complaint, kind)

    def complain(self, name: str, rows: Bools, complaint: str, kind: Trouble = Trouble.CELL) -> None:
        """Problems of cells of rows that are not lost; `complaint` may quote the cell's {text}."""
        places = np.flatnonzero(rows & ~self.lost)
        if places.size:
            cells = self.sheet.cells[header] if (header := self._header(name)) in self.sheet.cells else None

            def what(position: int) -> str:
                text = "" if cells is None else shortened(cells.iloc[places[position]])
                return complaint.format(text=text)

            self.problems += troubles(self.place(name), self.rows[places], what, kind)

    def tell_words(self, name: str, rows: Bools, what: Callable[[str, int], str]) -> None:
        """One problem for each distinct text in these rows: what is said of it and of its number, and which rows."""
        texts = columns.categorical(self.cells(name))
        rows = rows & ~self.lost
        for code in np.unique(texts.codes[rows]):
            places = self.rows[rows & (texts.codes == code)]
            words = what(shortened(texts.categories[code]), len(places))
            self.problems.append(Problem(self.place(name), f"{words}: {ranges(places)}", Trouble.WORD))

    def lose(self, name: str, rows: Bools, complaint: str) -> None:
        """Rows that are of no use, and why."""
        self.complain(name, rows, complaint, Trouble.ROW)
        self.lost |= rows

    def leave(self, name: str, rows: Bools, complaint: Callable[[int], str]) -> None:
        """Rows that are known to be of no use: each of their texts in that column is told once."""
        cells = self.cells(name)[rows & ~self.lost]
        for text, theirs in cells.groupby(cells.astype("str"), sort=False).groups.items():
            what = complaint(len(theirs)).format(text=shortened(text), rows=ranges(theirs.to_numpy()))
            self.problems.append(Problem(self.place(name), what))
        self.lost |= rows
        self._strangers |= rows

    def need(self, name: str, complaint: str) -> None:
        """Rows without a value in that column are lost; bad cells have been complained of before."""
        value = self.values[name]
        self.lose(name, (pd.isna(value) if isinstance(value, pd.Categorical) else np.isnat(value)), complaint)

    def place(self, name: str) -> Place:
        header = self._header(name)
        return Place(self.sheet.file, self.sheet.sheet, None, header if header in self.sheet.cells else None)

    def _header(self, name: str) -> str:
        """The header of a canonical column; a header itself."""
        return self.understanding.headers.get(name, name)

    def once(self) -> None:
        """Wholly equal rows are one event; in a table of minutes the second is only possible, in one of days it is
        another."""
        key = self.values["deal"].codes.astype(np.int64)
        key <<= 32
        key ^= self.values["time"].view(np.int64)
        key <<= 8
        key ^= self.kinds.codes
        alike = not_alone(key)
        again = repeated(self.sheet.cells, alike & ~self.lost)
        if not again.any():
            return
        told = written_precision(precision_of(pd.DataFrame(self.values))["time"], self.cells("time"))
        same = again & (self._has_id() if told != "second" else True)
        self.join(same, once)
        if told == "minute" and (again & ~same).any():
            self._summarise(again & ~same, perhaps)
            self.values["maybe"] = again & ~same

    def join(self, rows: Bools, complaint: Callable[[int], str]) -> None:
        """Leave out rows that tell what another row tells; `complaint` says so of their {count} and {rows}."""
        self._summarise(rows, complaint)
        self.lost |= rows
        self._strangers |= rows

    def _has_id(self) -> Bools:
        """Which rows tell their own id."""
        named = [header for header in self.understanding.ignored if is_own_id(header)]
        ids = [self.sheet.cells[header].notna().to_numpy() for header in named]
        if "task_id" in self.values:
            ids.append(self.values["task_id"].codes >= 0)
        return np.logical_or.reduce([*ids, np.zeros(len(self.rows), np.bool_)])

    def _summarise(self, rows: Bools, complaint: Callable[[int], str]) -> None:
        numbers = self.rows[rows]
        if numbers.size:
            what = complaint(len(numbers)).format(count=numeral(len(numbers)), rows=ranges(numbers))
            self.problems.append(Problem(Place(self.sheet.file, self.sheet.sheet), what, Trouble.REPEATED))

    def unread(self) -> pd.DataFrame | None:
        """What is known of the lost rows of a deal, and of lost calls."""
        if "deal" not in self.values:
            return None
        told = (self.values["deal"].codes >= 0) | np.asarray(self.kinds == "call")
        rows = [self._lost(np.flatnonzero(self.lost & ~self._strangers & told))]
        if self.sheet.misplaced is not None and {"deal", "time"} <= self.understanding.headers.keys():
            rows.append(self._misplaced(self.sheet.misplaced))
        known = [frame for frame in rows if len(frame)]
        return pd.concat(known, ignore_index=True) if known else None

    def _lost(self, chosen: NDArray[np.int64]) -> pd.DataFrame:
        if not chosen.size:
            return unread_rows([], {})
        values = {**self.values, "kind": self.kinds, "day": self._days()}
        return unread_rows(self.rows[chosen], {name: np.asarray(column[chosen]) for name, column in values.items()})

    def _misplaced(self, cells: pd.DataFrame) -> pd.DataFrame:
        """What is known of rows whose cells may stand in wrong columns: the deal, and the day."""
        deal, time = (cells[self.understanding.headers[name]].astype("str") for name in ("deal", "time"))
        return unread_rows(cells.index.to_numpy(), {"deal": columns.ids(deal).values, "day": days_in(time.fillna(""))})

    def _days(self) -> Moments:
        """The day that each moment begins with which could not be read."""
        days = np.full(len(self.rows), NAT)
        days[self._misread] = days_in(self.cells("time").iloc[self._misread].astype("str"))
        return days

    def part(self) -> Part:
        """What the sheet gave."""
        frame = pd.DataFrame(self.values | {"row": self.rows.astype(np.int32)}, copy=False)
        if self.lost.any():
            frame = frame[~self.lost].reset_index(drop=True)
        known = self.understanding
        return Part(
            known.table,
            self.sheet.file,
            self.sheet.sheet,
            "plain",
            frame,
            len(self.rows) + self.sheet.lost,
            self.problems,
            columns=known.columns,
            ignored=() if known.table == "deals" else known.ignored,
            unread=self.unread(),
        )


def _each_once(cells: Sequence[str]) -> str:
    """All numbers of these cells."""
    return " ".join(dict.fromkeys(" ".join(cells).split()))


DAY_NUMBER = r"[3-8]\d{4}(?:[.,]\d+)?"
"""Days since 1900, of the years that the log can hold."""
DASHES = ("-", "–", "—")
"""In place of a name: nobody."""


def name_of(text: str) -> str | None:
    """The name of a cell; None for a dash, and for an error value such as «#ЗНАЧ!»."""
    return None if text in DASHES or is_error(text) else without_number(text)


def without_number(text: str) -> str | None:
    """`[12] Имя Фамилия` → `Имя Фамилия`."""
    if text.startswith("[") and "]" in text:
        return text.partition("]")[2].strip() or text
    return text
