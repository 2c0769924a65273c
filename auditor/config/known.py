"""What a configuration may name: clauses with their parameters, stages, pipelines, captions and columns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from auditor.i18n import _, active
from auditor.nearest import unknown
from auditor.rules import Regulation
from auditor.spelling import folded

Value = str | int | float | bool | tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """`parameters`: by clause code, the default of each parameter; `pipelines`: the regulation's name, by each of a
    pipeline's names; `columns`: the canonical one, likewise; `formats`: endings of reports.
    A look-up raises ValueError, in the user's words."""

    regulations: tuple[str, ...]
    parameters: Mapping[str, Mapping[str, Value]]
    stages: tuple[str, ...]
    pipelines: Mapping[str, str]
    captions: tuple[str, ...]
    columns: Mapping[str, str]
    formats: tuple[str, ...] = ()

    @classmethod
    def of(cls, regulations: Iterable[Regulation], formats: Iterable[str] = ()) -> "Known":
        from auditor.inputs.captions import COLUMNS
        from auditor.inputs.final import FINAL_STAGES
        from auditor.patterns.core.needs import captions_of
        from auditor.rules.parameters import parameters_of

        regulations = tuple(regulations)
        clauses = [clause for regulation in regulations for clause in regulation.clauses]
        pipelines = [pipeline for regulation in regulations for pipeline in regulation.pipelines]
        stages = [stage for pipeline in pipelines for stage in pipeline.stages]
        return cls(
            regulations=tuple(regulation.code for regulation in regulations),
            parameters={clause.code: parameters_of(clause) for clause in clauses},
            stages=tuple(dict.fromkeys((*stages, *chain.from_iterable(FINAL_STAGES.values())))),
            pipelines={name: pipeline.name for pipeline in pipelines for name in (pipeline.name, *pipeline.aliases)},
            captions=tuple(dict.fromkeys(caption for clause in clauses for caption in captions_of(clause))),
            columns=COLUMNS,
            formats=tuple(formats),
        )

    def regulation(self, code: str) -> str:
        return _found(_("There is no regulation “{word}”."), code, self.regulations)

    def stage(self, name: str) -> str:
        """An ordinary stage as the regulations write it, or a final one by any of its names, whatever the case."""
        return _found(_("No regulation has the stage “{word}”."), name, self.stages)

    def pipeline(self, name: str) -> str:
        """The pipeline as the regulations call it, by any of its names, whatever the case."""
        return self.pipelines[_found(_("No regulation has the pipeline “{word}”."), name, self.pipelines)]

    def caption(self, name: str) -> str:
        return _found(_("No clause needs the field “{word}”."), name, self.captions)

    def form(self, name: str) -> str:
        """A format of reports, by the ending of its files."""
        return _found(_("There is no format “{word}”."), name, self.formats)

    def column(self, name: str) -> str:
        """The canonical column, by its own name or by its first caption."""
        english = active() == "en"
        listed = ", ".join(name for name, column in self.columns.items() if (name == column) == english)
        what = _("There is no column “{word}” among these: {columns}.").replace("{columns}", listed)
        return self.columns[_found(what, name, self.columns)]


def _found(what: str, name: str, known: Iterable[str]) -> str:
    """The known word, whatever its case; ValueError, with the nearest one, where there is none."""
    known = tuple(known)
    for word in known:
        if folded(word) == folded(name):
            return word
    raise ValueError(unknown(what, name, known))
