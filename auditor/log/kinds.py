"""The closed lists of the log, as small integers."""

from enum import IntEnum, IntFlag

import numpy as np


class Kind(IntEnum):
    """What happened. Inside one row the smaller kind comes first."""

    CREATED = 0
    STAGE = 1
    PIPELINE = 2
    RESPONSIBLE = 3
    FIELD = 4
    CLOSED = 5
    CALL = 6
    MESSAGE = 7
    SMS = 8
    EMAIL = 9
    FORM = 10
    CHAT = 11
    INVITED = 12
    TASK_SET = 13
    TASK_MOVED = 14
    TASK_DONE = 15
    TASK_DELETED = 16
    COMMENT = 17
    FILE = 18
    DOCUMENT = 19
    INVOICE = 20
    PAYMENT = 21
    CLAIM = 22
    OPENED = 23
    LEDGER = 24


IGNORED = 255
"""In place of a kind: a row that is no event."""

KIND_OF_ACTIVITY = {
    "call": Kind.CALL,
    "planned_call": Kind.TASK_SET,
    "message": Kind.MESSAGE,
    "sms": Kind.SMS,
    "email": Kind.EMAIL,
    "form": Kind.FORM,
    "chat": Kind.CHAT,
    "invite": Kind.INVITED,
    "task": Kind.TASK_SET,
    "task_moved": Kind.TASK_MOVED,
    "task_done": Kind.TASK_DONE,
    "task_deleted": Kind.TASK_DELETED,
    "comment": Kind.COMMENT,
    "file": Kind.FILE,
    "document": Kind.DOCUMENT,
    "invoice": Kind.INVOICE,
    "payment": Kind.PAYMENT,
    "claim": Kind.CLAIM,
}

KIND_OF_HISTORY = {
    "stage": Kind.STAGE,
    "pipeline": Kind.PIPELINE,
    "responsible": Kind.RESPONSIBLE,
    "field": Kind.FIELD,
    "closed": Kind.CLOSED,
    "converted": Kind.CLOSED,
}

MOVES = (Kind.CREATED, Kind.STAGE, Kind.PIPELINE, Kind.RESPONSIBLE, Kind.CLOSED)
"""What moves a deal: neither a field's change nor an act."""

ACTIVITIES = (Kind.CALL, Kind.MESSAGE, Kind.SMS, Kind.EMAIL, Kind.FORM, Kind.CHAT, Kind.INVITED, Kind.TASK_SET,
              Kind.COMMENT, Kind.FILE, Kind.DOCUMENT, Kind.INVOICE, Kind.PAYMENT, Kind.CLAIM)  # fmt: skip


class Direction(IntEnum):
    UNKNOWN = 0
    OUT = 1
    IN = 2


class Answer(IntEnum):
    """Whether a call was answered; UNKNOWN: neither an outcome nor a duration says it."""

    NONE = 0
    ANSWERED = 1
    UNANSWERED = 2
    UNKNOWN = 3


class Suspect(IntFlag):
    """Why an act that counts by the letter is flagged."""

    NONE = 0
    SHORT_ANSWER = 1
    BURST = 2
    ROBOT = 4
    MOVED_OFTEN = 8
    BRIEF_STAGE = 16
    DETOUR = 32
    FILLER = 64
    EMPTY_TEMPLATE = 128
    NO_CALL_ON_RECORD = 256


FLAGS = np.uint16
"""How moments and duties hold their suspects; events of the log have none above 128, and keep a byte."""


MINUTE, DAY = 60, 86_400
DEAL_BITS = 32
"""The bits of a key below its deal: its second."""
DAY_BITS = 17
"""The bits of a day key below its deal: its day."""
SECONDS = np.int64((1 << DEAL_BITS) - 1)
NEVER = int(SECONDS)
"""Not happened, or no due: the last second that a key has room for, in the year 2136. A number instead of a mask, so
that `done <= due`, a minimum and a binary search need no second array."""

EPOCH_SECONDS = 946_684_800
"""2000-01-01 in seconds of numpy's datetime64."""
