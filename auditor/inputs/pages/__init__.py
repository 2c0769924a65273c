"""Saved pages of the CRMs' APIs, and BI tables → canonical parts."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from auditor.inputs.empty import without_placeholders
from auditor.inputs.files import Input
from auditor.inputs.pages.amo import read_amo
from auditor.inputs.pages.bitrix import read_bitrix
from auditor.inputs.pages.gaps import with_gaps
from auditor.inputs.pages.kinds import AMO, BITRIX
from auditor.inputs.pages.page_rows import ALWAYS
from auditor.inputs.pages.records import Records
from auditor.inputs.pages.source import read_items
from auditor.inputs.pages.values import Clock
from auditor.inputs.tables import Part, Problem
from auditor.settings import Settings


def read_pages(files: Sequence[Path | Input], settings: Settings) -> tuple[list[Part], list[Problem]]:
    """The parts of all JSON files together, and what could not be read; nothing is raised for what a file holds.

    A bare path counts as named by the user, and is shown whole. A part per file, table and kind of page; `row` is the
    record's number in its file, from 1."""
    inputs = [file if isinstance(file, Input) else Input(file, str(file), named=True) for file in files]
    pages = read_items(inputs, settings.limits)
    clock = Clock(ZoneInfo(settings.timezone))
    parts: list[Part] = []
    problems = pages.problems
    for crm, read in ((AMO, read_amo), (BITRIX, read_bitrix)):
        rows = read(Records(pages, crm, clock), clock)
        parts += [_without_placeholders(part, settings) for part in with_gaps(rows.parts(), pages.lists, clock)]
        problems += rows.problems
    return parts, problems


def _without_placeholders(part: Part, settings: Settings) -> Part:
    """What every row must have is no placeholder: an id such as «NONE» is that of no deal, and told so."""
    return replace(part, frame=without_placeholders(part.frame, settings.empty, ALWAYS[part.table]))
