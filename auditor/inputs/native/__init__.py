"""Lists as the CRMs themselves export them, where they are no table of the plain layout → canonical parts."""

from auditor.inputs.native import amo_events, bitrix_activities, bitrix_calls, stage_list
from auditor.inputs.tables import Part, Sheet
from auditor.settings import Settings

_READERS = (amo_events, bitrix_calls, bitrix_activities, stage_list)


def recognises(sheet: Sheet, settings: Settings) -> bool:
    """Whether the sheet is such a list."""
    return any(reader.recognises(sheet, settings) for reader in _READERS)


def read(sheet: Sheet, settings: Settings) -> list[Part]:
    """The parts of a list; Ambiguous where its dates can be read in two ways."""
    return next(reader.read(sheet, settings) for reader in _READERS if reader.recognises(sheet, settings))
