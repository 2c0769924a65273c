"""`auditor demo`: exports to try the program on."""

from pathlib import Path

from auditor.choices import one_of
from auditor.cli.console import tell
from auditor.cli.errors import UsageError
from auditor.cli.faults import Faults
from auditor.failures import why
from auditor.i18n import _, ngettext, numeral
from fixtures.demo import COMPANIES, LAYOUTS, write_demo

MOST_DEALS = 1_000_000


def demo(typed: str, regulation: str, deals: int, seed: int, layout: str) -> int:
    """Write the exports; Raises UsageError for a wrong option or a folder that holds something else."""
    faults = Faults()
    regulation = faults.read("--regulation", one_of(*COMPANIES), regulation) or ""
    layout = faults.read("--source", one_of(*LAYOUTS), layout) or ""
    if not 1 <= deals <= MOST_DEALS:
        faults.lines.append(_("--deals: a number from 1 to {most} is expected.").format(most=MOST_DEALS))
    faults.refuse()
    folder = Path(typed)
    _refuse_strange(folder)
    try:
        write_demo(folder, regulation=regulation.upper(), deals=deals, seed=seed, layout=layout)
    except ValueError as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(_("{file} cannot be written: {why}").format(file=folder, why=why(error))) from None
    tell(ngettext("{count} deal written to {folder}.", "{count} deals written to {folder}.", deals)
         .format(count=numeral(deals), folder=folder))  # fmt: skip
    tell(_("Planted violations: {file}").format(file=folder / "planted" / "planted.csv"))
    tell(_("Next: auditor check {folder}").format(folder=folder / "exports"))
    return 0


def _refuse_strange(folder: Path) -> None:
    """A folder with anything but an earlier demo is left alone."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "planted").is_dir():
        raise UsageError(_("The folder “{folder}” is not empty: name another one.").format(folder=folder))
