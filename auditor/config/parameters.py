"""One parameter of one clause, set by the configuration or by `--set`."""

from auditor.choices import one_of
from auditor.config.known import Known, Value
from auditor.i18n import _
from auditor.nearest import unknown
from auditor.rules import Severity

Setting = tuple[str, str, Value]
"""Clause, parameter, value."""

SWITCHES: dict[str, Value] = {"enabled": True, "severity": "low"}
"""What every clause has beside its own parameters."""

TEN_YEARS = {"minutes": 5_256_000, "hours": 87_600, "days": 3_650, "weeks": 520}

_YES = frozenset({"true", "yes", "on", "1", "да"})
_NO = frozenset({"false", "no", "off", "0", "нет"})


def setting_of(code: str, parameter: str, value: Value, known: Known) -> Setting:
    """The setting, its value of the default's type.

    Raises ValueError, in the user's words: an unknown clause or parameter (with the nearest), a value of another type.
    """
    code = code.upper()
    if code not in known.parameters:
        raise ValueError(unknown(_("There is no clause “{word}”."), code, known.parameters))
    defaults = {**known.parameters[code], **SWITCHES}
    if parameter not in defaults:
        what = _("Clause {code} has no parameter “{word}”.").replace("{code}", code)
        raise ValueError(unknown(what, parameter, defaults))
    return code, parameter, _fitted(parameter, value, defaults[parameter])


def _fitted(parameter: str, value: Value, default: Value) -> Value:
    if parameter == "severity":
        return _severity(value)
    if isinstance(default, bool):
        return _switch(value)
    if isinstance(default, int | float):
        return _number(parameter, value, default)
    if isinstance(default, tuple):
        return _words(value)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(_("A text in quotes is expected, not “{value}”.").format(value=value))
    return value


def _severity(value: Value) -> str:
    return one_of(*map(str, Severity))(str(value))


def _switch(value: Value) -> bool:
    word = str(value).casefold()
    if word in _YES | _NO:
        return word in _YES
    raise ValueError(_("true or false is expected, not “{value}”.").format(value=value))


def _words(value: Value) -> tuple[str, ...]:
    """A list; a text is one, its words parted by commas."""
    words = value if isinstance(value, tuple) else str(value).split(",")
    found = tuple(word.strip() for word in words if word.strip())
    if not found:
        raise ValueError(_("At least one word is expected."))
    return found


def _number(parameter: str, value: Value, default: float) -> float:
    """A number up to the most that makes sense, whole where the default is whole; days before a date are negative."""
    try:
        number = float("" if isinstance(value, bool) else str(value).strip().replace(",", "."))
    except ValueError:
        number = float("nan")
    least, most = (-_most(parameter), 0) if default < 0 else (0, _most(parameter))
    if not least <= number <= most:
        what = _("A number from {least} to {most} is expected, not “{value}”.")
        raise ValueError(what.format(least=least, most=most, value=value))
    if isinstance(default, int):
        if number != int(number):
            raise ValueError(_("A whole number is expected, not “{value}”.").format(value=value))
        return int(number)
    return number


def _most(parameter: str) -> int:
    """Ten years for a period, whose unit the parameter's name ends in; a milliard for anything else."""
    name = parameter.rstrip("_0123456789")
    return next((most for unit, most in TEN_YEARS.items() if name.endswith((unit, unit.removesuffix("s")))), 10**9)
