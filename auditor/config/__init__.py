"""`auditor.toml`: what verdicts depend on, checked as a whole before anything is audited."""

from pathlib import Path
from typing import Any

from auditor.config.config import Config, ConfigError
from auditor.config.known import Known
from auditor.config.parameters import Setting, setting_of

__all__ = ["Config", "ConfigError", "Known", "Setting", "read_config", "schema", "setting_of"]


def read_config(path: Path, known: Known) -> Config:
    """The configuration at `path`. Raises ConfigError with every fault, each beginning with the file's name."""
    from auditor.config.read import read  # pydantic is heavy: not before there is a file to check

    return read(path, known)


def schema() -> dict[str, Any]:
    """The JSON Schema of auditor.toml, its dates and times as texts."""
    from auditor.config.models import File

    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **File.model_json_schema()}
