"""What a stage cell holds: a pipeline, a stage, the reason of a refusal, an outcome."""

from auditor.inputs.final import final_outcome
from auditor.inputs.words import CLOSINGS, lookup
from auditor.settings import Settings
from auditor.spelling import by_folded, folded
from auditor.terms import Outcome

SEPARATOR = " / "

_WORDS = lookup(CLOSINGS)


def pipeline_of(cell: str) -> str | None:
    """«Воронка / Этап» → «Воронка»; only « / » with its blanks separates."""
    pipeline, separator, stage = cell.partition(SEPARATOR)
    return pipeline.strip() if separator and pipeline.strip() and stage.strip() else None


def stage_name(cell: str) -> str:
    """«Воронка / Этап» → «Этап»."""
    return cell.partition(SEPARATOR)[2].strip() if pipeline_of(cell) else cell


def outcome_of(stage: str, settings: Settings) -> Outcome:
    """What a stage's name, the company's or a usual one, says of the deal's end."""
    return final_outcome(by_folded(settings.stages).get(folded(stage), stage))


def loss_reason(stage: str, settings: Settings) -> tuple[str, str | None]:
    """«Закрыто и не реализовано (Нет авто (не цел))» → the stage and the reason; brackets of a stage that is not
    final, or that is final with them, belong to its name."""
    name, opening, rest = stage.partition(" (")
    if not opening or outcome_of(stage, settings) is not Outcome.OPEN or outcome_of(name, settings) is Outcome.OPEN:
        return stage, None
    return name, rest.removesuffix(")").strip() or None


def closing_of(text: str, settings: Settings) -> str | None:
    """won, lost, converted, rejected: by their words, or by the name of a final stage."""
    if word := _WORDS.get(folded(text)):
        return word
    outcome = outcome_of(loss_reason(stage_name(text), settings)[0], settings)
    return None if outcome is Outcome.OPEN else outcome.name.lower()
