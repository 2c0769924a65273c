"""Parts become tables: put together, numbered, and checked against each other."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import accumulate, compress
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from auditor.i18n import _
from auditor.inputs import columns
from auditor.inputs.columns import empty
from auditor.inputs.deal_ids import DealIds
from auditor.inputs.deals import checked_deals
from auditor.inputs.events import checked_activities, checked_history, checked_ledger
from auditor.inputs.foreign_clock import foreign_clocks
from auditor.inputs.outlier import HAPPENED, tell_outliers
from auditor.inputs.precision import TIMES, precision_of
from auditor.inputs.quality import Trouble
from auditor.inputs.row_checks import RowChecks
from auditor.inputs.tables import DAY_OF, FRACTION_OF, TABLES, Gap, Part, Place, Problem, Source, TableName, Tables
from auditor.inputs.unread import together, unread_of
from auditor.settings import Settings

FLAGS = frozenset(("pinned", "done", "maybe"))
NUMBERS = frozenset(("amount", "duration"))
MOST_ROWS = 2**31 - 1
"""A row's number is kept in 32 bits."""


def assemble(parts: Sequence[Part], problems: Sequence[Problem], settings: Settings) -> Tables:
    """The tables of all parts, without the rows that nothing can be made of; each of those is a problem."""
    now = settings.now or datetime.now(ZoneInfo(settings.timezone)).replace(tzinfo=None)
    parts, beyond = _numbered(parts)
    firsts = _firsts(parts)
    moment = np.datetime64(now, "s")
    rows = RowChecks([_source(*pair, _latest(pair[0], moment)) for pair in zip(parts, firsts, strict=True)], moment)
    whole = {table: _concat(table, parts, firsts) for table in TABLES}
    deals, contradicted = checked_deals(_or_empty(whole["deals"]), whole["history"], rows)
    deal_ids = DealIds(deals)
    history = _checked(whole["history"], checked_history, deal_ids, rows)
    activities = _checked(whole["activities"], checked_activities, deal_ids, rows)
    ledger = _checked(whole["ledger"], partial(checked_ledger, settings=settings), deal_ids, rows)
    tell_outliers([frame for frame in (deals, history, activities, ledger) if frame is not None], rows)
    foreign = list(_foreign(activities, rows, settings))
    rows.problems += [problem for problem, _gap in foreign]
    if not len(deals) and (parts or not problems):
        rows.problems.append(
            Problem(_everywhere(parts), _("no deal was found; the audit needs a list of deals"), Trouble.REFUSED)
        )
    told = [
        *problems,
        *beyond,
        *rows.headlines,
        *(problem for part in parts for problem in part.problems),
        *rows.problems,
    ]
    unattached = 0 if activities is None else int(activities["deal"].isna().sum())
    return Tables(
        deals, history, activities, ledger, whole["people"], rows.counted(), told,
        rows.attached, unattached, rows.ledger_joined, rows.ledger_unjoined,
        together(unread_of(parts, firsts, deal_ids), rows.unread), contradicted,
        (*(gap for part in parts for gap in part.gaps), *(gap for _problem, gap in foreign)),
    )  # fmt: skip


def _foreign(activities: pd.DataFrame | None, rows: RowChecks, settings: Settings) -> Iterator[tuple[Problem, Gap]]:
    if activities is not None and "direction" in activities:
        yield from foreign_clocks(activities, rows.counted(), settings)


Check = Callable[[pd.DataFrame, DealIds, RowChecks], pd.DataFrame]


def _checked(frame: pd.DataFrame | None, check: Check, deal_ids: DealIds, rows: RowChecks) -> pd.DataFrame | None:
    return None if frame is None else check(frame, deal_ids, rows)


def _everywhere(parts: Sequence[Part]) -> Place:
    return Place(", ".join(dict.fromkeys(part.file for part in parts)) or "—")


def _numbered(parts: Sequence[Part]) -> tuple[list[Part], list[Problem]]:
    """The parts whose rows get a number among all rows, and a refusal of each other one."""
    fits = np.cumsum([_numbers_of(part) for part in parts]) <= MOST_ROWS
    what = _("so many sheets and rows cannot be audited at once; name fewer files")
    beyond = [Problem(Place(part.file, part.sheet), what, Trouble.REFUSED) for part in compress(parts, ~fits)]
    return list(compress(parts, fits)), beyond


def _firsts(parts: Iterable[Part]) -> list[int]:
    """The global number of each part's row 0: rows keep the numbers that the user sees, one part after another."""
    return list(accumulate(map(_numbers_of, parts), initial=0))[:-1]


def _numbers_of(part: Part) -> int:
    """How many global numbers the rows of a part take."""
    last = int(part.frame["row"].max()) if len(part.frame) else 0
    return max(last, part.rows) + 2


def _latest(part: Part, now: np.datetime64) -> int:
    """The latest second (since 1970) up to now at which anything happened by this part."""
    moments = [
        part.frame[name].to_numpy().astype("datetime64[s]", copy=False) for name in HAPPENED if name in part.frame
    ]
    return int(max((times.view(np.int64).max(initial=0, where=times <= now) for times in moments), default=0))


def _source(part: Part, first: int, latest: int) -> Source:
    read = len(part.frame) if part.reader == "plain" else part.frame["row"].nunique()
    rejected = max(part.rows - part.joined - read, 0)
    return Source(
        part.file, part.sheet, part.table, part.reader, part.rows, rejected, first,
        part.carries, part.columns, part.ignored, part.listed, precision_of(part.frame),
        frozenset(map(str, part.frame)), latest,
    )  # fmt: skip


def _or_empty(deals: pd.DataFrame | None) -> pd.DataFrame:
    if deals is not None:
        return deals
    columns = {
        "id": empty(0),
        "entity": empty(0),
        "created": np.array([], "datetime64[s]"),
        "row": np.array([], "int32"),
    }
    return pd.DataFrame(columns)


def _concat(table: TableName, parts: Sequence[Part], firsts: Sequence[int]) -> pd.DataFrame | None:
    """The parts of one table under each other, rows numbered globally; None where there is none."""
    frames = [
        part.frame.assign(row=(part.frame["row"] + first).astype("int32"))
        for part, first in zip(parts, firsts, strict=True)
        if part.table == table
    ]
    if len(frames) < 2:
        return frames[0] if frames else None
    names = dict.fromkeys(name for frame in frames for name in frame.columns)
    return pd.DataFrame({name: _stacked(name, frames) for name in names}, copy=False)


def _stacked(name: str, frames: Sequence[pd.DataFrame]) -> "pd.Categorical | np.ndarray":
    """One column of all frames; missing where a frame has none."""
    if name == "row":
        return np.concatenate([frame[name].to_numpy() for frame in frames])
    if name in TIMES:
        return np.concatenate([_cells(frame, name, "datetime64[s]", "NaT") for frame in frames])
    if name in NUMBERS:
        return np.concatenate([_cells(frame, name, "float64", np.nan) for frame in frames])
    if name.startswith(FRACTION_OF):
        return np.concatenate([_cells(frame, name, "int32", 0) for frame in frames])
    if name in FLAGS or name.startswith(DAY_OF):
        return np.concatenate([_cells(frame, name, "bool", False) for frame in frames])
    texts = [columns.categorical(frame[name]) if name in frame else columns.empty(len(frame)) for frame in frames]
    result: pd.Categorical = union_categoricals(texts)
    return result


def _cells(frame: pd.DataFrame, name: str, dtype: str, missing: object) -> np.ndarray:
    if name not in frame:
        return np.full(len(frame), missing, dtype)
    return frame[name].to_numpy().astype(dtype)
