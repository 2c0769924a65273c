"""Verdicts are given in one place: the first doubt counts, what is in doubt is unknown, how is told of violations."""

import numpy as np

from auditor.log.kinds import FLAGS, Suspect
from auditor.patterns.core.duties import Doubt, How, Verdict, first_doubt, how_of, verdict_of


def test_of_several_doubts_the_first_counts() -> None:
    trigger, stream = np.array([True, False, False]), np.array([True, True, False])
    doubt = first_doubt((trigger, Doubt.TRIGGER), (stream, Doubt.STREAM))
    assert doubt.tolist() == [Doubt.TRIGGER, Doubt.STREAM, Doubt.NONE]
    assert doubt.dtype == np.uint8


def test_what_is_in_doubt_is_unknown_whatever_else() -> None:
    met, over = np.array([True, False, False] * 2), np.array([True, True, False] * 2)
    doubt = np.repeat([Doubt.NONE, Doubt.VALUE], 3)
    verdict = verdict_of(met, over, doubt)
    assert verdict.tolist() == [Verdict.MET, Verdict.VIOLATED, Verdict.PENDING, *[Verdict.UNKNOWN] * 3]
    assert verdict.dtype == np.uint8


def test_only_a_violation_is_late_missed_or_forbidden() -> None:
    how = how_of(np.array(list(Verdict), np.uint8), How.LATE)
    assert how.tolist() == [How.LATE if verdict == Verdict.VIOLATED else How.NONE for verdict in Verdict]


def test_every_suspect_of_a_log_fits_its_byte_and_every_suspect_of_a_duty_its_two() -> None:
    of_duties = {Suspect.NO_CALL_ON_RECORD}
    assert all(flag < 256 for flag in Suspect if flag not in of_duties)
    assert all(flag <= np.iinfo(FLAGS).max for flag in Suspect)
