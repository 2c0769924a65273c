"""The commands: they decide nothing, only wire. Light to import: pandas waits until a command works."""

from auditor.cli.run import main, run

__all__ = ["main", "run"]
