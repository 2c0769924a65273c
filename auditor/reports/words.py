"""The words of closed lists: verdicts, severities, roles, tables, units."""

from datetime import date

from auditor.i18n import _
from auditor.spelling import capital

SIGNS = {True: "✓", False: "✗", None: "?"}
"""Whether a condition holds."""


def severity(level: str) -> str:
    names = {"high": _("high"), "medium": _("medium"), "low": _("low")}
    return names.get(level, level)


def gravity(level: str) -> str:
    names = {"refused": _("not read"), "grave": _("grave"), "slight": _("slight")}
    return names.get(level, level)


def verdict(name: str) -> str:
    names = {
        "met": _("met"),
        "violated": _("violated"),
        "pending": _("pending"),
        "unknown": _("unknown"),
        "waived": _("waived"),
    }
    return names.get(name, name)


def how(name: str) -> str:
    names = {"late": _("done late"), "missed": _("not done"), "forbidden": _("not allowed")}
    return names.get(name, name)


def entity(name: str) -> str:
    names = {"deal": _("deal"), "lead": _("lead")}
    return names.get(name, name)


def outcome(name: str) -> str:
    """How a deal was closed."""
    names = {"won": _("won"), "lost": _("lost"), "converted": _("converted"), "rejected": _("rejected")}
    return names.get(name, "")


def period(name: str) -> str:
    names = {
        "today": _("today"),
        "yesterday": _("yesterday"),
        "last-working-day": _("the last working day"),
        "this-week": _("this week"),
        "last-week": _("last week"),
        "this-month": _("this month"),
        "last-month": _("last month"),
    }
    return names.get(name, name)


def weekday(day: date) -> str:
    names = (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip
    return names[day.weekday()]


def table(name: str) -> str:
    names = {
        "deals": _("deals"),
        "history": _("history"),
        "activities": _("activities"),
        "ledger": _("client ledger"),
        "people": _("people"),
    }
    return names.get(name, name)


def unit(name: str) -> str:
    names = {
        "minutes": _("minutes"),
        "working_minutes": _("working minutes"),
        "hours": _("hours"),
        "working_hours": _("working hours"),
        "days": _("days"),
        "working_days": _("working days"),
        "times": _("times"),
        "rub": _("roubles"),
    }
    return names.get(name, name)


def suspect(flag: str) -> str:
    """What is odd about a fulfilment."""
    names = {
        "short_answer": _("an answered call of at most 2 seconds"),
        "burst": _("three calls within five minutes"),
        "robot": _("done by a robot"),
        "moved_often": _("a task moved again and again"),
        "brief_stage": _("a stage entered and left within a minute"),
        "detour": _("a detour through another pipeline"),
        "filler": _("filler instead of an answer"),
        "empty_template": _("a letter by another template"),
        "no_call_on_record": _("a contact task done without a call or message on record"),
    }
    return names.get(flag, flag)


def group(name: str) -> str:
    """What became of violations from one night to the next."""
    names = {
        "new": _("new"),
        "reopened": _("broken again"),
        "open": _("still not done"),
        "closed_late": _("closed late"),
        "withdrawn": _("withdrawn"),
        "out_of_sight": _("out of sight"),
        "known": _("as before"),
    }
    return names.get(name, name)


def withdrawn_because(why: str) -> str:
    """Why a violation was withdrawn."""
    names = {"data": _("the data changed"), "rule": _("the rule changed"), "waived": _("it was waived")}
    return names.get(why, why)


def record(kind: str, number: str) -> str:
    """«Deal 101»."""
    return f"{capital(entity(kind))} {number}"
