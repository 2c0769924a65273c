"""Calls of amoCRM's list of events: what their note says of the number, the length and the answer."""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from auditor.inputs import columns
from auditor.inputs.answers import UNCLEAR, answer_of
from auditor.inputs.columns import only
from auditor.inputs.reading import Reading
from auditor.inputs.times import Bools
from auditor.inputs.values import duration_of, phone_of

_PARTED = re.compile(r"[,;\n]")
_PHONE = re.compile(r"\+?\d[\d ()-]{8,}\d")
_LASTED = re.compile(r"(?:длительность|продолжительность|duration)\W*", re.IGNORECASE)


def read_calls(reading: Reading, said: pd.Categorical, calls: Bools) -> None:
    """Each column only where some call tells it: «исходящий звонок, +79161234567, 63 сек»."""
    for name, read in (("phone", phone_in), ("outcome", answer_in)):
        told = only(said, calls, read)
        if told.notna().any():
            reading.values[name] = told
    lasted = columns.numbers(pd.Series(only(said, calls, str)), seconds_in).values
    if not np.isnan(lasted).all():
        reading.values["duration"] = lasted


def phone_in(text: str) -> str | None:
    found = _PHONE.search(text)
    return phone_of(found[0]) if found else None


def answer_in(text: str) -> str | None:
    """Whether one of its parts says that the call was answered, or that it was not."""
    return next(
        (answer for part in _parts(text) if (answer := answer_of(part)) not in (UNCLEAR, "held", "planned")), None
    )


def seconds_in(text: str) -> float | None:
    """The length of the call; a number without a unit is none."""
    told = [_LASTED.sub("", part) for part in _parts(text)]
    lengths = [duration_of(part) for part in told if not part.isdigit()]
    found = [length for length in lengths if length is not None]
    return sum(found) if found else None


def _parts(text: str) -> Iterator[str]:
    return (part.strip() for part in _PARTED.split(text))
