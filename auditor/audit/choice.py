"""Which regulations and clauses an audit runs."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from auditor.audit.pipelines import ENOUGH_STAGES
from auditor.audit.request import Request
from auditor.audit.result import Parameter
from auditor.i18n import _, quoted
from auditor.inputs.final import final_outcome
from auditor.rules import Clause, Regulation, Severity
from auditor.rules.parameters import Value, parameters_of, with_parameters
from auditor.spelling import folded

RANK = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.LOW: 2}


def stages_of(regulation: Regulation) -> dict[str, str]:
    """The stages of its pipelines: folded name → name."""
    return {folded(stage.name): stage.name for pipeline in regulation.pipelines for stage in pipeline}


def chosen(request: Request, seen: Set[str]) -> tuple[tuple[Regulation, ...], str]:
    """The regulations to audit by, and why they were chosen; `seen`: the stages of the data, folded."""
    if request.named:
        return tuple(r for r in request.regulations if r.code in request.named), _("named by the user")
    telling = {regulation.code: _telling(regulation, request.regulations) & seen for regulation in request.regulations}
    found = tuple(r for r in request.regulations if len(telling[r.code]) >= ENOUGH_STAGES)
    if not found:
        return (), _("no regulation's stages were found in the data")
    names = (quoted(stages_of(r)[name]) for r in found for name in sorted(telling[r.code])[:3])
    return found, _("the data names its stages: {stages}").format(stages=", ".join(names))


def _telling(regulation: Regulation, all_of_them: Sequence[Regulation]) -> set[str]:
    """Folded names of the stages that only this regulation has; «Отказ» and other common names of closings tell
    nothing."""
    others = {name for other in all_of_them if other is not regulation for name in stages_of(other)}
    return {name for name in stages_of(regulation) if name not in others and not final_outcome(name)}


def clauses_of(regulation: Regulation, request: Request) -> tuple[Clause, ...]:
    """The selected clauses, with the parameters that were set for them."""
    changes = _changes(request)
    result = []
    for clause in regulation.clauses:
        wanted = dict(changes.get(clause.code, {}))
        enabled = wanted.pop("enabled", True)
        if enabled and _selected(clause.code, request):
            result.append(with_parameters(clause, wanted))
    return tuple(clause for clause in result if RANK[clause.severity] <= RANK[request.severity])


def _selected(code: str, request: Request) -> bool:
    return code.startswith(request.select or "") and not (request.ignore and code.startswith(request.ignore))


def _changes(request: Request) -> dict[str, dict[str, Value]]:
    changes: dict[str, dict[str, Value]] = {}
    for code, name, value in request.parameters:
        changes.setdefault(code, {})[name] = value
    return changes


def changed_parameters(regulations: Sequence[Regulation], request: Request) -> tuple[Parameter, ...]:
    """The parameters that the user set, each with its default."""
    clauses = {clause.code: clause for regulation in regulations for clause in regulation.clauses}
    return tuple(
        Parameter(code, name, _plain(value), _plain(_defaults(clauses[code])[name]))
        for code, name, value in request.parameters
        if code in clauses
    )


def supposed_parameters(regulations: Sequence[Regulation], request: Request) -> tuple[Parameter, ...]:
    """The parameters that are only supposed, each with its present value in the default's place."""
    present = {(code, name): _plain(value) for code, name, value in request.parameters}
    supposed = changed_parameters(regulations, replace(request, parameters=request.supposed))
    return tuple(replace(each, default=present.get((each.clause, each.parameter), each.default)) for each in supposed)


def _defaults(clause: Clause) -> Mapping[str, Value]:
    return {**parameters_of(clause), "enabled": True, "severity": clause.severity.value}


def _plain(value: Value) -> str | float:
    return ", ".join(value) if isinstance(value, tuple | list) else value
