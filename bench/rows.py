"""The rows of the table: what is measured, its goal, what it is now."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from statistics import mean

import pandas as pd

from auditor.audit.engine import Run
from auditor.audit.readings import Readings
from auditor.audit.request import Request
from auditor.inputs import load
from auditor.inputs.tables import Tables
from auditor.log import Log, build_log
from auditor.log.columns import moment
from auditor.rules import Regulation
from auditor.settings import Settings
from bench import plainly
from bench.data import FOLDER, Size
from bench.in_pandas import in_pandas
from bench.six import SIX, frames_of, on_log
from bench.sql import in_sql
from bench.timing import ROUNDS, Times, interleaved, process, seconds_of
from checks import FUR, REGULATIONS

HELP = "{pandas}import sys, runpy; sys.argv = ['auditor', '--help']; runpy.run_module('auditor', run_name='__main__')"
SPINE = ("key", "kind", "author", "direction", "answer", "flags", "row", "ref")
SILENT = Request(regulations=(FUR,), since=date(2135, 1, 1))
"""Everything is judged, and nothing shown: of the files no duty falls due so late."""
CHECK = ("-m", "auditor", "check", "--regulation", "FUR", "--fail-on", "never")


@dataclass(frozen=True)
class Row:
    """A number and the most that it should be (None: told, not judged)."""

    what: str
    now: float
    goal: float | None = None

    @property
    def missed(self) -> bool:
        return self.goal is not None and self.now > self.goal


def of_help() -> Iterator[Row]:
    """The help against the same with pandas imported."""
    times = interleaved({name: process("-c", HELP.format(pandas=pandas))
                         for name, pandas in (("help", ""), ("pandas", "import pandas; "))})  # fmt: skip
    yield Row("auditor --help ÷ the same with pandas imported", times.ratio("help", "pandas"), 0.4)


def of_workbook(size: Size) -> Iterator[Row]:
    """From a workbook to the report, whole command, against openpyxl's reading of it."""
    path = size.workbook
    command = process(*CHECK, str(path))
    times = interleaved(
        {"report": command, "openpyxl": lambda: pd.read_excel(path, sheet_name=None, engine="openpyxl")},
    )
    yield Row("S.xlsx → report ÷ pandas.read_excel(openpyxl)", times.ratio("report", "openpyxl"), 0.5)


def of_command(size: Size) -> Iterator[Row]:
    """The whole command on CSV files of M and of half as many deals."""
    peaks: list[float] = []
    whole = process(*CHECK, "--format", "json", str(size.folder))
    times = interleaved(
        {
            "read": lambda: plainly.read(size.folder),
            "check": lambda: peaks.append(whole()),
            "half": process(*CHECK, "--format", "json", str(size.half.folder)),
        }
    )
    written = sum(path.stat().st_size for path in size.folder.glob("*.csv"))
    yield Row("reading M.csv by pyarrow, seconds", times.median("read"))
    yield Row("auditor check M.csv, FUR, JSON ÷ read", times.ratio("check", "read"), 6)
    yield Row("twice the events ÷ once, whole command", times.ratio("check", "half"), 2.1)
    yield Row("peak memory ÷ size of M.csv", max(peaks) / written, 3.5)


def of_telling(size: Size) -> Iterator[Row]:
    """The whole command on a messy company against the same command asked of days on which nothing falls due: it reads
    and judges all, tells nothing, and says so by its exit code."""
    report = FOLDER / f"{size.name}-{size.deals}.json"
    told = process(*CHECK, "--format", "json", str(size.folder), output=report)
    silent = process(*CHECK, "--format", "json", "--since", str(SILENT.since), str(size.folder), code=2)
    peaks: dict[str, list[float]] = {"told": [], "silent": []}
    times = interleaved(
        {"told": lambda: peaks["told"].append(told()), "silent": lambda: peaks["silent"].append(silent())}
    )
    with report.open(encoding="utf-8") as lines:
        shown = sum(line.startswith('  {"id": ') for line in lines)
    yield Row("messy company: duties that the JSON shows", shown)
    yield Row("  µs each, over the audit without telling", times.over("told", "silent") / shown * 1e6, 25)
    yield Row("  KB each, peak over that audit's", (max(peaks["told"]) - max(peaks["silent"])) / shown / 1000, 3)


def of_log(size: Size) -> Iterator[Row]:
    """Reading, building the log, every clause by itself, and the six checks."""
    settings = Settings()
    tables = load([size.folder], settings)
    reading = interleaved(
        {
            "read": lambda: plainly.read(size.folder),
            "load": lambda: load([size.folder], settings),
            "log": lambda: build_log(tables, settings).stays,
        }
    )
    log = build_log(tables, settings)
    yield Row("reading and understanding M.csv ÷ read", reading.ratio("load", "read"))
    yield Row("building the log, with its stays ÷ read", reading.ratio("log", "read"), 0.5)
    yield Row("bytes an event of the log's spine", sum(getattr(log, name).nbytes for name in SPINE) / len(log), 24)
    yield from _clauses(size, tables, settings)
    yield from _six(tables, log)


def _clauses(size: Size, tables: Tables, settings: Settings) -> Iterator[Row]:
    """Each clause on a fresh log, in the order of its regulation: who comes first pays for what others share."""
    for regulation in REGULATIONS:
        taken = _each_clause(regulation, size, tables, settings)
        ratios = {clause.code: taken.ratio(clause.code, "read") for clause in regulation.clauses}
        slowest = sorted(ratios, key=lambda code: -ratios[code])[:10]
        yield Row(f"one clause ÷ read, mean of {len(ratios)} of {regulation.code}", mean(ratios.values()), 0.03)
        yield Row(f"one clause ÷ read, slowest: {slowest[0]}", ratios[slowest[0]], 0.12)
        for code in slowest[1:]:
            yield Row(f"  {code}", ratios[code])


def _each_clause(regulation: Regulation, size: Size, tables: Tables, settings: Settings) -> Times:
    """Every clause's verdicts beside a read, round after round; no row is made, since no duty is asked for."""
    request = replace(SILENT, regulations=(regulation,))
    rounds: dict[str, list[float]] = defaultdict(list)
    for _round in range(ROUNDS):
        log = build_log(tables, settings)
        _ = log.stays
        run = Run(Readings(log, tables), request)
        rounds["read"].append(seconds_of(lambda: plainly.read(size.folder)))
        for clause in regulation.clauses:
            rounds[clause.code].append(seconds_of(partial(run.judge, clause, regulation.pipelines)))
    return Times(rounds)


def _six(tables: Tables, log: Log) -> Iterator[Row]:
    """The six checks, all together, where the three answers of each are equal."""
    frames, as_of = frames_of(tables, log), moment(log.as_of)
    ways = {"log": on_log(log), "sql": in_sql(frames, as_of), "pandas": in_pandas(frames, as_of)}
    for name in SIX:
        answers = {way: checks[name]() for way, checks in ways.items()}
        assert len(set(answers.values())) == 1, (name, answers)
    times = interleaved({way: partial(_all, checks) for way, checks in ways.items()})
    yield Row("six checks: on the log ÷ duckdb SQL", times.ratio("log", "sql"), 0.5)
    yield Row("six checks: on the log ÷ pandas", times.ratio("log", "pandas"), 0.2)


def _all(checks: Mapping[str, Callable[[], int]]) -> None:
    for check in checks.values():
        check()
