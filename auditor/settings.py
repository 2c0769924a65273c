"""The settings that verdicts depend on; `auditor.toml` fills them, stories and tests make their own."""

from dataclasses import dataclass, field
from datetime import date, datetime, time


@dataclass(frozen=True)
class Limits:
    """What files may cost; more is refused. A megabyte is 2**20 bytes."""

    files: int = 10_000
    columns: int = 5_000
    cells: int = 30_000_000
    """Of a sheet from its first cell to its farthest, empty ones included."""
    unpacked_mb: int = 1_024
    """Of a workbook or a Parquet file."""
    page_mb: int = 200
    """Of a web page or a file of an API's pages."""
    csv_mb: int = 4_096


@dataclass(frozen=True)
class Settings:
    """Defaults are those of the semantics. Times are local to `timezone`."""

    timezone: str = "Europe/Moscow"
    country: str = "RU"
    opens: time = time(9)
    closes: time = time(18)
    """00:00 is the end of the day."""
    days_off: tuple[date, ...] = ()
    working_days: tuple[date, ...] = ()
    suppose_days_off: bool = True
    leave_hours: float = 2
    """Working hours that a deadline at the end of the working day leaves at least."""
    talk_seconds: float = 10
    quiet_days: int = 3
    unattached_share: float = 0.05
    contact_words: tuple[str, ...] = ("звон", "связа", "напис", "сообщени", "встреч", "whatsapp")
    empty: tuple[str, ...] = ("не выбрано", "не указано", "(пусто)", "None", "#Н/Д", "#N/A", "нет данных")
    """Whole cells that are empty by another name, in any case."""
    declared_streams: tuple[str, ...] = ()
    missing_streams: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict, hash=False)
    """The company's caption of a field, by the clause's caption."""
    stages: dict[str, str] = field(default_factory=dict, hash=False)
    """The regulation's stage, by the company's name of it."""
    pipelines: dict[str, str] = field(default_factory=dict, hash=False)
    """The regulation's pipeline, by the company's name of it."""
    date_format: str = ""
    """How dates with slashes are written, «%d/%m/%Y»; compulsory only where they are ambiguous."""
    columns: dict[str, str] = field(default_factory=dict, hash=False)
    """The canonical column («stage»), by the company's caption of it."""
    narrowed: dict[str, dict[str, str]] = field(default_factory=dict, hash=False)
    """The same of the files and sheets whose name a pattern matches."""
    hidden_sheets: bool = False
    """Whether the hidden sheets of a workbook are read."""
    limits: Limits = Limits()
    link: str = ""
    """A deal's address with `{id}`; the exports' own where empty."""
    strict: bool = False
    as_of: datetime | None = None
    now: datetime | None = None
    """The moment of the run; rows later than it are problems. None: the clock."""

    @property
    def hours_a_day(self) -> float:
        """Of the company's working day, from its opening to its closing."""
        minutes = (self.closes.hour or 24) * 60 + self.closes.minute - self.opens.hour * 60 - self.opens.minute
        return minutes / 60
