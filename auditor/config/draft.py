"""A first auditor.toml from what the exports show: what is known stands, what is to be filled in stands behind a #.

A line that begins with # and a blank is a remark; one that begins with # alone is a setting that may be taken in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from textwrap import wrap

from auditor.audit.result import Audit, Status
from auditor.config.delivery import HEADS, MANAGERS
from auditor.config.people import names_of
from auditor.config.streams import STREAMS
from auditor.i18n import _, active, ngettext
from auditor.inputs.tables import FIELD, Tables
from auditor.log.roles import is_robot, is_role
from auditor.nearest import nearest
from auditor.patterns.core.needs import Field
from auditor.settings import Settings
from auditor.spelling import folded, toml_text
from auditor.terms import Role, role_words, stream_words

WIDTH = 100
MOST_PEOPLE = 100
DEFAULTS = Settings()
Lines = Iterator[str]


def draft(tables: Tables, audit: Audit, files: Sequence[str]) -> Lines:
    """The lines of the file; `files`: the exports, seen from its folder."""
    yield from _remark(
        _(
            "Settings of auditor. A line behind # says nothing until the # is taken away; what is left out is at its "
            "default. auditor config shows what is in force, the README what everything means."
        )
    )
    yield f"lang = {toml_text(active())}"
    yield from _section("check", _("Regulations: {why}.").format(why=audit.chosen_because), _check(audit, files))
    yield from _section(
        "time", _("The calendar of the country holds; days off and working days beside it are yours."), _time(audit)
    )
    yield from _section(
        "pipelines", _("Your pipeline = the regulation's; another one is not judged."), _pipelines(audit)
    )
    yield from _section(
        "stages", _("Your stage = the regulation's. Look at each pair, then take its # away."), _stages(audit)
    )
    yield from _section(
        "fields",
        _("The regulation's field = your caption. These the exports do not have:"),
        _fields(tables, audit),
    )
    yield from _section(
        "streams",
        _("Not one row of these: true, if they are exported and there was none; otherwise export them."),
        _streams(audit),
    )
    yield from _section(
        "roles", _("A position that tells no role counts as a manager's; say which role it is:"), _roles(tables)
    )
    yield from _people(tables)
    yield from _nights(audit)


def _remark(text: str) -> Lines:
    """A text of any length, without what TOML allows in no remark."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    yield from (f"# {line}" for line in wrap(shown, WIDTH))


def _section(name: str, remark: str, lines: Iterable[str]) -> Lines:
    """The section; nothing where it has no lines."""
    listed = tuple(lines)
    if listed:
        yield from ("", f"[{name}]", *_remark(remark), *listed)


def _pair(ours: str, theirs: str) -> str:
    return f"{toml_text(ours)} = {toml_text(theirs)}"


def _listed(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(toml_text, texts))}]"


def _check(audit: Audit, files: Sequence[str]) -> Lines:
    yield f"{'' if audit.regulations else '#'}regulation = {_listed(each.code for each in audit.regulations)}"
    yield f"files = {_listed(files)}"
    yield from _remark(_("A table of approved exceptions, if there is one:"))
    table = _("waivers.xlsx")
    yield f"#waivers = {toml_text(table)}"


def _time(audit: Audit) -> Lines:
    yield f"timezone = {toml_text(audit.timezone)}"
    yield f"country = {toml_text(DEFAULTS.country)}"
    yield f"opens = {toml_text(f'{DEFAULTS.opens:%H:%M}')}"
    yield f"closes = {toml_text(f'{DEFAULTS.closes:%H:%M}')}"
    yield f"#days_off = {_listed([f'31.12.{audit.as_of.year}'])}"
    yield "#working_days = []"


def _pipelines(audit: Audit) -> Lines:
    for found in audit.pipelines:
        if found.judged and found.taken_for:
            yield _pair(found.name, found.taken_for)
        elif not found.judged:
            deals = ngettext("{n} deal", "{n} deals", found.deals).format(n=found.deals)
            yield f"# {toml_text(found.name)} ({deals})"


def _stages(audit: Audit) -> Lines:
    strange = [stage for stage in audit.stages if not stage.meant]
    yield from (f"#{_pair(stage.name, stage.near)}" for stage in strange if stage.near)
    yield from (f"# {_pair(stage.name, '…')}" for stage in strange if not stage.near)
    if strange:
        meant = {stage.meant for stage in audit.stages}
        stages = (name for each in audit.regulations for pipeline in each.pipelines for name in pipeline.stages)
        missing = ", ".join(name for name in dict.fromkeys(stages) if name not in meant)
        yield from _remark(_("Not named in the data: {stages}").format(stages=missing))


def _fields(tables: Tables, audit: Audit) -> Lines:
    captions = [str(column).removeprefix(FIELD) for column in tables.deals if str(column).startswith(FIELD)]
    for name in _missing_fields(audit):
        near = nearest(name, captions)
        yield f"#{_pair(name, near)}" if near else f"# {_pair(name, '…')}"


def _missing_fields(audit: Audit) -> Iterable[str]:
    lacking = {what for each in audit.coverage if each.status is Status.NOT_CHECKED for what in each.missing}
    clauses = (clause for regulation in audit.regulations for clause in regulation.clauses)
    needs = (need for clause in clauses for need in clause.needs if isinstance(need, Field))
    return dict.fromkeys(need.names[0] for need in needs if need.words() in lacking)


def _streams(audit: Audit) -> Lines:
    sources = {source for each in audit.coverage if each.status is Status.NOT_CHECKED for source in each.sources}
    yield from (f"#{toml_text(_named(stream))} = true" for stream in STREAMS if stream in sources - {*audit.unused})
    for stream in audit.unused:
        text = _("Taken as not used: {stream}. If they are used and not exported:")
        yield from _remark(text.format(stream=stream_words(stream)))
        yield f'#{toml_text(_named(stream))} = "missing"'


def _named(stream: str) -> str:
    """The stream as the user would call it."""
    return STREAMS[stream][-1] if active() == "ru" else stream


def _people(tables: Tables) -> Lines:
    yield ""
    yield from _remark(
        _('People of the exports. Roles: {roles}. A schedule of one\'s own: schedule = "5/2 09:00-18:00".').format(
            roles=", ".join(role_words(role) for role in Role if role is not Role.ROBOT)
        )
    )
    known = _people_table(tables)
    if departments := sorted({department for _role, department in known.values() if department}):
        yield from _remark(_("Departments: {names}").format(names=", ".join(departments)))
    people = {folded(name): name for _table, _column, name in names_of(_outgoing(tables)) if not is_robot(name)}
    for name in sorted(people.values())[:MOST_PEOPLE]:
        role, department = known.get(folded(name), ("", ""))
        yield ""
        yield f"#[people.{toml_text(name)}]"
        yield f"#role = {toml_text(role if is_role(role) else role_words(Role.MANAGER))}"
        yield f"#department = {toml_text(department)}"
        yield '#email = ""'
    if (more := len(people) - MOST_PEOPLE) > 0:
        yield from _remark(ngettext("and {n} more person", "and {n} more people", more).format(n=more))


def _outgoing(tables: Tables) -> Tables:
    """The tables without what came in: its authors may be clients."""
    acts = tables.activities
    if acts is None or "direction" not in acts:
        return tables
    return replace(tables, activities=acts[(acts["direction"] != "in").to_numpy()])


def _people_table(tables: Tables) -> dict[str, tuple[str, str]]:
    """Role and department as the export says them, by folded name."""
    if tables.people is None:
        return {}
    said = tables.people.reindex(columns=["name", "role", "department"]).astype(object).fillna("")
    return {folded(name): (role, department) for name, role, department in said.itertuples(index=False)}


def _roles(tables: Tables) -> Lines:
    titles = sorted({role for role, _department in _people_table(tables).values() if role and not is_role(role)})
    yield from (f"#{_pair(title, role_words(Role.MANAGER))}" for title in titles)


def _nights(audit: Audit) -> Lines:
    """What a nightly audit writes, sends and keeps: an example of each."""
    yield ""
    yield from _remark(_("What is due before this day is an old pile, told apart from what is new:"))
    yield "#[report]"
    yield f"#since = {toml_text(f'{audit.as_of:%d.%m.%Y}')}"
    yield from _remark(_("Reports of each night; per: all, manager or department."))
    yield "#[[report.files]]"
    folder = _("reports")
    yield f'#formats = ["xlsx"]\n#folder = {toml_text(folder)}\n#per = "manager"'
    yield from _remark(_("Letters of what is new; the password stays in a variable of the environment."))
    yield '#[delivery.mail]\n#host = "smtp.company.ru"\n#sender = "auditor@company.ru"\n#user = "auditor"'
    yield '#password = { env = "SMTP_PASSWORD" }'
    yield f"#to = {_listed((MANAGERS, HEADS))}"
    yield from _remark(
        _("How long nights are kept, and after how many working days without a new export a night fails.")
    )
    yield "#[history]\n#keep_days = 1095\n#[run]\n#stale_days = 1"
