"""From files to an audit: what every command that judges begins with."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from auditor.audit.engine import audit
from auditor.audit.read_waivers import read_waivers
from auditor.audit.request import Request
from auditor.audit.result import Audit
from auditor.cli.asked import Asked
from auditor.cli.console import Progress, progress, tell
from auditor.cli.errors import UsageError
from auditor.cli.names import with_names
from auditor.config.likeness import lookalikes
from auditor.config.mentions import unmentioned
from auditor.config.people import under_one_name, with_people
from auditor.i18n import _
from auditor.inputs import load
from auditor.inputs.tables import Tables
from auditor.log.calendar import prepare

Narrowing = Callable[[Request, Tables], Request]
"""What the data say of a request: the whole names of those whom it names."""


def audited(what: Asked, narrowed: Narrowing = with_names, say: Callable[[str], None] = tell) -> tuple[Tables, Audit]:
    """Raises UsageError where nothing at all could be read, with every reason. `say`: told which settings hold."""
    if what.config.path:
        say(_("Settings: {file}").format(file=what.config.path))
    with progress() as telling:
        tables = _tables(what, telling)
        request = narrowed(what.request, tables)
        waivers, problems = read_waivers(what.waivers, what.codes) if what.waivers else ([], [])
        tables.problems[:0] = problems
        request = replace(request, waivers=tuple(under_one_name(waivers, what.config.people)))
        return tables, audit(tables, request, what.settings, telling)


def _tables(what: Asked, telling: Progress) -> Tables:
    with ThreadPoolExecutor(1) as beside:
        beside.submit(prepare, what.settings.country)
        tables = load(what.files, what.settings, telling)
    if not tables.sources.sources:
        raise UsageError(*map(str, tables.problems))
    if what.config.path:
        tables.problems.extend(unmentioned(what.config, tables))
    tables = with_people(tables, what.config.people, what.config.roles)
    tables.problems.extend(lookalikes(tables))
    return tables
