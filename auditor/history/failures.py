"""Why the history cannot be used, in words."""

from sqlalchemy.exc import DBAPIError, NoSuchModuleError, SQLAlchemyError

from auditor.i18n import _


class HistoryError(Exception):
    """The history cannot be read or written, in a line of the user's language."""


class NoHistoryError(HistoryError):
    """There is none yet."""


def in_words(error: Exception, place: str) -> HistoryError:
    """`place`: the database as a person may see it, without its password."""
    return HistoryError(_("The history {place} cannot be used: {why}").format(place=place, why=_why(error)))


def _why(error: Exception) -> str:
    if isinstance(error, ModuleNotFoundError | NoSuchModuleError):
        return _("its driver is not installed: pip install 'auditor[postgres]'")
    said = str(error.orig if isinstance(error, DBAPIError) else error).strip()
    reasons = {
        "not a database": _("the file is no database"),
        "unable to open": _("the file cannot be opened: is the folder there, and may it be written to?"),
        "readonly": _("it is read-only"),
        "is locked": _("another run is writing to it: try again later"),
        "is full": _("the disk is full"),
        "disk I/O error": _("the disk fails: is it full, or broken?"),
        "malformed": _("the file is damaged: put back a copy of it"),
        "authentication failed": _("the user or the password is wrong"),
        "refused": _("the server does not answer"),
    }
    return next((words for part, words in reasons.items() if part in said), said.splitlines()[0] if said else "?")


FAILURES = (SQLAlchemyError, ModuleNotFoundError, OSError)
