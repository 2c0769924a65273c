"""Names of final stages."""

from auditor.spelling import folded
from auditor.terms import Outcome

REFUSALS = ("Отказ", "Отказ мусор")
"""Final stages whose name is the reason of the refusal, too."""
FINAL_STAGES: dict[Outcome, tuple[str, ...]] = {
    Outcome.WON: (
        "Сделка успешна", "Успешно реализовано", "Завершить сделку (успешна)", "Успешна", "Won", "Closed - won",
    ),
    Outcome.LOST: (
        "Сделка проиграна", "Сделка провалена", "Закрыто и не реализовано", "Отказ/отложено",
        "Завершить сделку (проиграна)", "Проиграна", "Lost", "Closed - lost", *REFUSALS,
    ),
    Outcome.CONVERTED: ("Качественный лид", "Сконвертирован", "Converted"),
    Outcome.REJECTED: ("Забраковать", "Забракован", "Некачественный лид", "Спам", "Junk"),
}  # fmt: skip

_REFUSALS = frozenset(map(folded, REFUSALS))
_OUTCOMES = {folded(name): outcome for outcome, names in FINAL_STAGES.items() for name in names}


def final_outcome(stage: str) -> Outcome:
    """What a stage's name says of the deal's end; OPEN for an ordinary stage."""
    return _OUTCOMES.get(folded(stage), Outcome.OPEN)


def is_refusal(stage: str) -> bool:
    """Whether a stage's name says why the deal ended there."""
    return folded(stage) in _REFUSALS
