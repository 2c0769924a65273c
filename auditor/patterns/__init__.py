"""The vocabulary that clauses are written in."""

from auditor.log.kinds import Suspect
from auditor.patterns.attached import attached, attaching
from auditor.patterns.condition import Absence, Condition, precedence
from auditor.patterns.deadlines import (
    after_date,
    after_last,
    days,
    end_of_day,
    end_of_next_working_day,
    end_of_working_day,
    eve_of,
    hours,
    minutes,
    next_working_day,
    on_working_day,
    start_of,
    start_of_day,
    weeks,
    working_dates,
    working_days,
    working_hours,
    working_minutes,
)
from auditor.patterns.events import (
    ANSWERED,
    IN,
    OUT,
    UNANSWERED,
    attempt,
    call,
    chat,
    claim,
    comment,
    contact,
    contact_on_record,
    email,
    file,
    first_of_all,
    form,
    invited,
    invoice,
    ledger_updated,
    letter,
    letter_opened,
    message,
    payment,
    sms,
    task,
)
from auditor.patterns.exclusive import Exclusive
from auditor.patterns.fields import changed, contains, day_of, empty, filled, first_filled, is_
from auditor.patterns.ledger import in_ledger, ledger_equals, ledger_says
from auditor.patterns.moves import came_from, goes_to, in_pipeline, in_stage, no_way_back
from auditor.patterns.numbers import count, count_days, days_ahead, due_ahead, field, never, once, parts_in, silence
from auditor.patterns.owed_days import day_after_failing
from auditor.patterns.per_day import PerDay
from auditor.patterns.refined import both, first_known, first_unanswered_day
from auditor.patterns.requests import (
    first_days,
    from_day,
    is_lead,
    known_elsewhere,
    linked_deal_begins,
    request_delivered,
)
from auditor.patterns.response import LastingResponse, Response, cadence
from auditor.patterns.stages import (
    CONVERTED,
    LOST,
    REJECTED,
    WON,
    closed,
    created,
    enters,
    enters_pipeline,
    leaves,
    leaves_pipeline,
    reopened,
    request_created,
)
from auditor.patterns.states import StageIsTasksMonth, holding, leads_to, not_since_entering, not_yet, said_in
from auditor.patterns.tasks import (
    due_days,
    due_moments,
    further_than,
    named_day,
    not_later,
    open_task,
    or_planned,
    planned,
    planned_contact,
    result_filled,
    result_says,
    task_moved,
    whenever,
)
