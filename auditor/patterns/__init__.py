"""The vocabulary that clauses are written in, by the rooms it stands in."""

# ── Verbs: the shapes of duties ──

from auditor.patterns.verbs.condition import Absence, Condition, precedence
from auditor.patterns.verbs.exclusive import Exclusive
from auditor.patterns.verbs.per_day import PerDay
from auditor.patterns.verbs.response import Cadence, LastingResponse, Response, cadence, planned

# ── Selectors: when something happened ──

from auditor.patterns.selectors.callers import held_by_caller
from auditor.patterns.selectors.closings import CONVERTED, LOST, REJECTED, WON, closed, reopened
from auditor.patterns.selectors.contacts import attempt, contact, contact_on_record, first_of_all
from auditor.patterns.selectors.days import all_day, day_after_failing, first_days, while_
from auditor.patterns.selectors.events import (
    ANSWERED,
    IN,
    OUT,
    UNANSWERED,
    call,
    chat,
    claim,
    comment,
    document,
    email,
    file,
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
from auditor.patterns.selectors.fields import attaching, changed, day_of, first_filled, given_up, moment, moved
from auditor.patterns.selectors.joined import both, first_known, in_lead_or_deal
from auditor.patterns.selectors.planned import (
    done_another_day,
    due_days,
    due_moments,
    or_planned,
    planned_contact,
    reached_out,
)
from auditor.patterns.selectors.requests import from_day, request_delivered
from auditor.patterns.selectors.stages import created, enters, enters_pipeline, leaves, no_way_back
from auditor.patterns.selectors.tasks import open_task, same_task, task_deleted, task_ends, task_given_up, task_moved
from auditor.patterns.selectors.unanswered import first_unanswered_day

# ── Predicates: what holds then ──

from auditor.patterns.predicates.amounts import amount, first_told, told_by, total
from auditor.patterns.predicates.attached import attached
from auditor.patterns.predicates.counts import count, count_days, never, once, silence
from auditor.patterns.predicates.dates import later_than, when_booked
from auditor.patterns.predicates.field_numbers import days_ahead, due_ahead, field, parts_in
from auditor.patterns.predicates.history import becomes, holding
from auditor.patterns.predicates.holders import held_by, held_by_somebody
from auditor.patterns.predicates.leads import is_lead, known_elsewhere, linked_deal_begins, near_creation
from auditor.patterns.predicates.ledger import in_ledger, ledger_equals, ledger_says
from auditor.patterns.predicates.letters import not_since_letter
from auditor.patterns.predicates.moves import came_from, goes_to, in_pipeline, in_stage, leads_to
from auditor.patterns.predicates.order import done_by, in_order
from auditor.patterns.predicates.open_tasks import StageIsTasksMonth, agreed_to_the_hour, task_is_open
from auditor.patterns.predicates.states import not_followed_by, not_since_entering, not_yet, perhaps
from auditor.patterns.predicates.values import contains, empty, filled, is_, result_filled, result_says, says_yes
from auditor.patterns.predicates.windows import opened

# ── Deadlines: until when something is due ──

from auditor.patterns.deadlines.named import (
    after_date,
    after_last,
    after_later,
    end_of,
    end_of_day,
    end_of_next_working_day,
    end_of_this_working_day,
    end_of_working_day,
    eve_of,
    next_working_day,
    on_working_day,
    start_of,
    whole_day_or,
    the_sooner,
    working_dates,
)
from auditor.patterns.deadlines.spans import days, hours, minutes, weeks, working_days, working_hours, working_minutes
from auditor.patterns.deadlines.windows import by_date, due_on, further_than, named_day, not_later, whenever

# ── Core: what they share ──

from auditor.log.kinds import Suspect
