"""`auditor.toml`: what verdicts depend on, checked as a whole before anything is audited."""

from auditor.config.faults import ConfigError
from auditor.config.known import Known
from auditor.config.parameters import Setting, setting_of
from auditor.config.read import Config, read_config

__all__ = ["Config", "ConfigError", "Known", "Setting", "read_config", "setting_of"]
