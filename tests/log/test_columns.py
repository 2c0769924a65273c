"""Texts as codes, however few bytes a code takes."""

import numpy as np
import pandas as pd
import pytest

from auditor.log.columns import Text


@pytest.mark.parametrize("distinct", [3, 127, 128, 129, 40_000])
def test_codes_of_any_width_are_texts(distinct: int) -> None:
    names = [f"Имя {number}" for number in range(distinct)]
    text = Text.of(pd.Series([*names, None], dtype="category"), distinct + 1)
    last = text.taken(np.array([distinct - 1, distinct, 0]))

    assert text.at(distinct - 1) == names[-1]
    assert text.equals(f"имя {distinct - 1}").nonzero()[0].tolist() == [distinct - 1]
    assert text.mapped({f"имя {distinct - 1}": 7}, missing=9).tolist()[-2:] == [7, 9]
    assert [last.at(row) for row in range(3)] == [names[-1], "", names[0]]
    assert len(last.values) == 2
