"""Compliance auditor for sales regulations."""

__version__ = "0.1.0"
