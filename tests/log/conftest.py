"""The messages of these tests are read in English."""

from collections.abc import Iterator

import pytest

from auditor import i18n


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = i18n.active()
    i18n.activate("en")
    yield
    i18n.activate(before)
