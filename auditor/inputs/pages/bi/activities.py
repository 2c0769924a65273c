"""crm_activity and telephony_call → activities."""

import numpy as np
import pandas as pd

from auditor.i18n import _, ngettext
from auditor.inputs.answers import UNCLEAR, not_understood
from auditor.inputs.pages.bi.columns import Columns, code_in, name_in, no_time, part_of
from auditor.inputs.pages.bi.twins import ACTIVITIES, ACTIVITY, CALLS
from auditor.inputs.pages.bitrix.activities import KINDS, is_none_of_ours, sort_of
from auditor.inputs.pages.bitrix.calls import DIRECTIONS
from auditor.inputs.pages.bitrix.portal import OWNERS
from auditor.inputs.pages.outcomes import of_telephony
from auditor.inputs.pages.page_rows import typed
from auditor.inputs.pages.values import YES, ident, joined, number, phone, text
from auditor.inputs.quality import Trouble
from auditor.inputs.tables import Part, Place, Problem

TASKS = frozenset({"planned call", "meeting", "task", "todo"})
AUTHORS = ("AUTHOR_NAME", "AUTHOR", "CREATED_BY_NAME", "CREATED_BY", "AUTHOR_ID")

CODES = ("CALL_STATUS_CODE", "CALL_FAILED_CODE")


def _owner(columns: Columns, sort: str, owner: str) -> tuple[pd.Series, pd.Series]:
    """Entity and deal; what hangs on a contact hangs on no deal that this table knows."""

    def entity_of(value: object) -> str | None:
        code = code_in(value) or ""
        found = OWNERS.get(code, code.lower())
        return found if found in ("deal", "lead") else None

    entity = columns.column("entity", entity_of, sort)
    deal = columns.column("deal", ident, owner)
    return entity, deal.where(entity.notna())


def _direction(value: object) -> str | None:
    return {"1": "in", "2": "out"}.get(code_in(value) or "")


def activities_part(columns: Columns) -> Part:
    """Letters, messages, forms, calls, and what is planned."""
    sort = _sorts(columns)
    entity, deal = _owner(columns, "OWNER_TYPE_ID", "OWNER_ID")
    done = columns.column("done", lambda value: text(value) in ("Y", YES, "true", "True"), "COMPLETED")
    planned = sort.isin(TASKS) & ~((sort == "planned call") & done)
    activity = columns.column(ACTIVITY, ident, "ID")
    frame = pd.DataFrame({
        "row": columns.rows, "deal": deal, "entity": entity,
        "time": _times(columns, planned),
        "type": _texts(sort.replace("planned call", "call").mask(planned, "task")),
        **_acts(columns, sort, planned),
        "text": columns.column("text", text, "SUBJECT"),
        "task_id": _texts(("activity " + activity.astype("str")).where(planned)),
        "kind": _texts(sort.map(lambda name: KINDS.get(name, "другое"), na_action="ignore").where(planned)),
        "due": columns.moments("DEADLINE").where(planned),
        "done": done & planned,
        ACTIVITY: activity,
    })  # fmt: skip
    known = columns.column("text", lambda value: OWNERS.get(code_in(value) or ""), "OWNER_TYPE_ID").notna()
    read = sort.notna() & known
    columns.tell_rows((sort.notna() & ~known).to_numpy(), _of_no_deal)
    kept = columns.kept({"DATE_CREATE": (frame["time"].where(read, pd.Timestamp(0)), no_time())}) & read.to_numpy()
    carries = frozenset({"call", "message", "sms", "email", "form", "task"})
    lost = frame.assign(kind=frame["type"])[~kept & ~_none_of_ours(columns)]
    return part_of(columns, "activities", ACTIVITIES, frame[kept].reset_index(drop=True), kept, carries, lost)


def _of_no_deal(count: int) -> str:
    return ngettext(
        "belongs neither to a deal or lead nor to a contact or company; left out was row",
        "belong neither to a deal or lead nor to a contact or company; left out were rows",
        count,
    )


def _none_of_ours(columns: Columns) -> "np.ndarray":
    """Which rows are known to be nothing that a clause asks for."""
    known = columns.column("text", lambda value: is_none_of_ours(code_in(value) or "") or None, "PROVIDER_ID")
    return known.notna().to_numpy()


def _sorts(columns: Columns) -> pd.Series:
    """What each row is, by provider and type; kinds that no clause asks for are missing, and told in one line."""
    (provider, providers), (kind, kinds) = (
        pd.factorize(columns.column("text", code_in, name).astype("str").fillna(""))
        for name in ("PROVIDER_ID", "TYPE_ID")
    )
    codes, distinct = pd.factorize(provider * len(kinds) + kind)
    pairs = [(providers[pair // len(kinds)], kinds[pair % len(kinds)]) for pair in distinct.tolist()]
    sorts = [sort_of(*pair) for pair in pairs]
    strange: list[str | None] = [
        " ".join(pair).strip() for pair, sort in zip(pairs, sorts, strict=True) if sort is None
    ]
    if strange:
        what = _("activities of kind {kind} are not read").format(kind=joined(strange))
        columns.tell_rows(np.array([sort is None for sort in sorts])[codes], lambda _count: what)
    return pd.Series(sorts, dtype="str").iloc[codes].reset_index(drop=True)


def _times(columns: Columns, planned: pd.Series) -> pd.Series:
    """When it was planned, or when it took place."""
    created, started = columns.moments("DATE_CREATE", "CREATED"), columns.moments("START_TIME", "DATE_START")
    return created.fillna(started).where(planned, started.fillna(created))


def _acts(columns: Columns, sort: pd.Series, planned: pd.Series) -> dict[str, pd.Series]:
    """Direction, author and addressee; what comes in has no author among the employees, but for calls."""
    direction = columns.column("direction", _direction, "DIRECTION_ID", "DIRECTION").astype("str")
    direction = direction.mask(sort == "form", "in").where(~planned)
    incoming = (direction == "in") & ~sort.isin(["call", "planned call"])
    responsible = columns.column("author", name_in, "RESPONSIBLE_NAME", "RESPONSIBLE", "RESPONSIBLE_ID").astype("str")
    author = columns.column("author", name_in, *AUTHORS).astype("str").where(planned, responsible)
    return {
        "direction": _texts(direction),
        "author": _texts(author.where(~incoming)),
        "addressee": _texts(responsible.where(planned)),
    }


def _texts(column: pd.Series) -> pd.Series:
    return column.astype("str").astype("category")


def calls_part(columns: Columns) -> Part:
    """The calls of the telephony."""
    entity, deal = _owner(columns, "CRM_ENTITY_TYPE", "CRM_ENTITY_ID")
    frame = pd.DataFrame({
        "row": columns.rows, "deal": deal, "entity": entity,
        "time": columns.moments("CALL_START_DATE", "CALL_START_TIME"),
        "type": typed("type", ["call"] * len(columns)),
        "direction": columns.column(
            "direction", lambda value: DIRECTIONS.get(code_in(value) or ""), "CALL_TYPE_ID", "CALL_TYPE"
        ),
        "outcome": columns.column("outcome", _outcome, *CODES),
        "duration": columns.column("duration", number, "CALL_DURATION"),
        "author": columns.column("author", name_in, "PORTAL_USER_NAME", "PORTAL_USER", "PORTAL_USER_ID"),
        "phone": columns.column("phone", phone, "PHONE_NUMBER"),
        "recording": columns.column("recording", text, "CALL_RECORD_URL", "RECORD_FILE_ID"),
        ACTIVITY: columns.column(ACTIVITY, ident, "CRM_ACTIVITY_ID"),
    })  # fmt: skip
    kept = columns.kept({"CALL_START_DATE": (frame["time"], no_time())})
    lost = frame[~kept].assign(kind="call")
    part = part_of(columns, "activities", CALLS, frame[kept].reset_index(drop=True), kept, frozenset({"call"}), lost)
    part.problems += _not_understood(columns, frame["outcome"])
    return part


def _outcome(value: object) -> str | None:
    """How a call ended, by the code of the telephony."""
    code = code_in(value)
    return code and (of_telephony(code) or UNCLEAR)


def _not_understood(columns: Columns, outcome: pd.Series) -> list[Problem]:
    """One problem for each code that leaves its calls unclear."""
    place = Place(columns.sheet.file, columns.sheet.sheet, None, columns.first(*CODES))
    strange = columns.column("text", code_in, *CODES)[outcome == UNCLEAR].value_counts()
    return [
        Problem(place, not_understood(str(code), int(count)), Trouble.WORD) for code, count in strange.items() if count
    ]
