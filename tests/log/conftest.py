"""The messages of these tests are read in English."""

import pytest

from auditor import i18n


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.activate("en")
