"""The messages of these tests are read in English."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from auditor import i18n

settings.register_profile("log", deadline=None, max_examples=60)
settings.load_profile("log")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = i18n.active()
    i18n.activate("en")
    yield
    i18n.activate(before)
