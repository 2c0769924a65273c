"""Clauses × log → duties with verdicts, coverage and waivers."""
