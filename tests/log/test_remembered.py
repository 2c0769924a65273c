"""What a log was asked before is not found out again."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from auditor.log import Log
from auditor.log.columns import Ints
from auditor.log.remembered import remembered
from auditor.settings import Settings

from .builders import deal, log_of

asked: list[object] = []


@pytest.fixture(autouse=True)
def nothing_asked() -> None:
    asked.clear()


@remembered
def numbers(log: Log, *names: str, factor: int = 1) -> Ints:
    asked.append((names, factor))
    return np.arange(len(names)) * factor


@dataclass(frozen=True)
class Asking:
    name: str

    @remembered
    def of(self, log: Log) -> Ints:
        asked.append(self.name)
        return np.arange(len(log))


def test_the_same_question_has_one_answer() -> None:
    log = log_of(deals=[deal()])
    assert numbers(log, "a", "b") is numbers(log, "a", "b")
    assert asked == [(("a", "b"), 1)]


def test_other_arguments_are_another_question() -> None:
    log = log_of(deals=[deal()])
    answers = [numbers(log, "a"), numbers(log, "a", "b"), numbers(log, "a", "b", factor=2)]
    assert [answer.tolist() for answer in answers] == [[0], [0, 1], [0, 2]]


def test_another_log_is_asked_anew() -> None:
    log, other = log_of(deals=[deal()]), log_of(deals=[deal("1"), deal("2")])
    asking = Asking("x")
    assert [len(asking.of(log)), len(asking.of(other))] == [1, 2]


def test_a_changed_log_remembers_nothing() -> None:
    log = log_of(deals=[deal()])
    numbers(log, "a")
    numbers(replace(log, settings=Settings(strict=True)), "a")
    assert len(asked) == 2


def test_equal_objects_ask_once_and_others_for_themselves() -> None:
    log = log_of(deals=[deal()])
    assert Asking("x").of(log) is Asking("x").of(log)
    Asking("y").of(log)
    assert asked == ["x", "y"]


def test_what_fails_is_asked_again() -> None:
    log = log_of(deals=[deal()])

    @remembered
    def failing(log: Log) -> Ints:
        asked.append(log)
        raise KeyError

    for _time in range(2):
        with pytest.raises(KeyError):
            failing(log)
    assert asked == [log, log]


def test_a_field_is_one_however_its_caption_is_spelt() -> None:
    log = log_of(deals=[{**deal(), "field:City": "Омск"}], settings=Settings(fields={"Город": "City"}))
    assert log.field("ГОРОД") is log.field("Город")
    assert log.field("город").values == ("Омск",)
