"""Sheets and other attachments: a field that is filled, or a file of its name."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from auditor.i18n import _
from auditor.log.log import Log
from auditor.patterns.core.findings import Findings, yes_or_no
from auditor.patterns.core.moments import Moments
from auditor.patterns.core.needs import Attachment, Need
from auditor.patterns.core.truth import Truth, truth
from auditor.patterns.predicates.counts import once
from auditor.patterns.predicates.values import FieldPredicate
from auditor.patterns.selectors.events import Events, file


@dataclass(frozen=True)
class Attached(FieldPredicate):
    """The field is filled, or a file is there whose name, or whose field's name, holds its caption or a stem."""

    field: str
    stems: tuple[str, ...] = ()
    PARAMETERS: ClassVar[dict[str, str]] = {"stems": "file_names"}

    @property
    def fields(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.field,)

    def holds(self, log: Log, at: Moments) -> Truth:
        versions = log.field(self.field)
        files = once(self._files).holds(log, at)
        if not versions.exported:
            return files
        version = versions.at(at.key)
        here = truth(versions.filled[version], versions.unknown[version])
        stream = log.facts.streams.get("file")
        # files that are declared, without a row in the whole export, say no more than files that are not exported
        return np.maximum(here, files) if stream is not None and stream.rows else here

    @property
    def _files(self) -> Events:
        return file.saying(self.field, *self.stems)

    def changes(self, log: Log) -> list[Moments]:
        return [*super().changes(log), self._files.find(log)]

    def words(self) -> str:
        return _("«{field}» attached").format(field=self.field)

    def findings(self, log: Log, at: Moments) -> Findings:
        return yes_or_no(_("«{field}» attached").format(field=self.field), self.holds(log, at))

    @property
    def needs(self) -> tuple[Need, ...]:
        return (Attachment(self.field),)


def attached(field: str, *stems: str) -> Attached:
    """The field is filled, or a file was added before whose name holds the field's, or one of the stems."""
    return Attached(field, stems)
