"""Names of sheets and files: without forbidden characters, not too long, no two alike whatever their case."""

import re

from auditor.reports.safe import clean
from auditor.spelling import pure

SHEETS, FILES = r"[\[\]:*?/\\]", r'[<>:"/\\|?*]'
LONGEST_SHEET, LONGEST_FILE = 31, 80
"""UTF-16 units that Excel allows; characters that leave room for an ending, and in UTF-8 are fewer than 255 bytes."""
EXCELS_OWN = ("history",)
WINDOWS_OWN = ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)))
EDGES = " .'"


class Names:
    """Gives each wanted name a form that is allowed and not yet taken."""

    def __init__(self, forbidden: str, longest: int, reserved: tuple[str, ...]) -> None:
        self._forbidden, self._longest = re.compile(forbidden), longest
        self._taken = set(reserved)

    def free(self, wanted: str) -> str:
        """The name, with « (2)» at its end where another has it already."""
        plain = self._forbidden.sub(" ", clean(pure(wanted)))
        name, number = self._cut(plain, ""), 1
        while name.casefold() in self._taken:
            number += 1
            name = self._cut(plain, f" ({number})")
        self._taken.add(name.casefold())
        return name

    def _cut(self, text: str, ending: str) -> str:
        room = self._longest - len(ending)
        units = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
        return (" ".join(units.split()).strip(EDGES) or "_") + ending


def sheet_names() -> Names:
    return Names(SHEETS, LONGEST_SHEET, EXCELS_OWN)


def file_names() -> Names:
    return Names(FILES, LONGEST_FILE, WINDOWS_OWN)
