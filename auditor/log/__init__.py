"""The log: every event of every deal, columnar and sorted once."""

from auditor.log.build import build_log
from auditor.log.facts import Facts, gather_facts
from auditor.log.log import Log

__all__ = ["Facts", "Log", "build_log", "gather_facts"]
