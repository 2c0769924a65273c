"""Settings written for a test, and their faults."""

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor import i18n
from auditor.config import Config, ConfigError, Known, read_config

KNOWN = Known(
    regulations=("FUR",),
    parameters={},
    stages=(),
    pipelines={},
    captions=(),
    columns={},
    formats=("xlsx", "html", "csv"),
)


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.activate("en")


@pytest.fixture
def config(tmp_path: Path) -> Callable[[str], Config]:
    """What a text says as auditor.toml of the test's folder."""

    def read(text: str) -> Config:
        path = tmp_path / "auditor.toml"
        path.write_text(text, encoding="utf-8")
        return read_config(path, KNOWN)

    return read


@pytest.fixture
def faults(config: Callable[[str], Config]) -> Callable[[str], list[str]]:
    """The faults of a text, each without the file's name."""

    def read(text: str) -> list[str]:
        with pytest.raises(ConfigError) as refused:
            config(text)
        return [fault.removeprefix("auditor.toml › ") for fault in refused.value.faults]

    return read
