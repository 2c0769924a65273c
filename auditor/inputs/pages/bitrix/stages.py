"""crm.stagehistory.list → history. The page does not say who moved the deal, nor from where: the record before does."""

from collections import defaultdict
from datetime import datetime

from auditor.i18n import _
from auditor.inputs.pages.bitrix.portal import Portal
from auditor.inputs.pages.names import StageName
from auditor.inputs.pages.source import Item
from auditor.inputs.pages.values import ident, text

CREATED = "1"
PAGES = (
    ("deal", "deal_stages", "STAGE_ID", "STAGE_SEMANTIC_ID"),
    ("lead", "lead_stages", "STATUS_ID", "STATUS_SEMANTIC_ID"),
)
Closings = dict[tuple[str, str], datetime]


def read_stages(portal: Portal) -> Closings:
    """History of all deals and leads; returns the last closing of each."""
    closings: Closings = {}
    for entity, kind, stage, semantics in PAGES:
        for owner, records in _by_owner(portal, kind).items():
            before = StageName(None, None)
            for place, (moment, item) in enumerate(records):
                after = portal.stage(entity, item.data.get(stage), item.data.get(semantics), item)
                if after.name is None:
                    what = _("this record does not say into which stage the deal moved")
                    portal.rows.reject("history", item, what, deal=owner, entity=entity, kind="stage", time=moment)
                    continue
                created = place == 0 and text(item.data.get("TYPE_ID")) == CREATED
                _rows(portal, item, entity, owner, moment, None if created else before, after)
                if after.outcome:
                    closings[entity, owner] = moment
                before = after
    return closings


def _by_owner(portal: Portal, kind: str) -> dict[str, list[tuple[datetime, Item]]]:
    """The records of each deal in order of time and number."""
    found: dict[str, list[tuple[datetime, Item]]] = defaultdict(list)
    entity = kind.removesuffix("_stages")
    for item in portal.records.of(kind):
        owner, moment = ident(item.data.get("OWNER_ID")), portal.clock.moment(item.data.get("CREATED_TIME"))
        if owner is None or moment is None:
            what = _("this record has no time or no deal and was left out")
            portal.rows.reject("history", item, what, deal=owner, entity=entity, kind="stage", time=moment)
        else:
            found[owner].append((moment, item))
    for records in found.values():
        records.sort(key=lambda pair: (pair[0], _number(pair[1])))
    return found


def _number(item: Item) -> tuple[int, str]:
    number = ident(item.data.get("ID")) or ""
    return len(number), number


def _rows(
    portal: Portal, item: Item, entity: str, deal: str, moment: datetime, before: StageName | None, after: StageName
) -> None:
    """A move (`before` None: the creation), and the closing where it ends the deal."""
    common = {"deal": deal, "entity": entity, "time": moment}
    if before is None:
        portal.rows.add("history", item, **common, event="created")
    else:
        portal.rows.add(
            "history", item, **common, event="stage", before=before.name, after=after.name,
            pipeline=after.pipeline, pipeline_before=before.pipeline,
        )  # fmt: skip
    if after.outcome:
        portal.rows.add("history", item, **common, event="closed", after=after.outcome)
