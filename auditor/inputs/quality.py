"""What may be wrong with an export: every kind of trouble stands here once, with how grave it is."""

from enum import Enum, StrEnum


class Gravity(StrEnum):
    """The gravest first. Nothing grave leaves a manager accused: what it touches is unknown, or not checked."""

    REFUSED = "refused"
    GRAVE = "grave"
    SLIGHT = "slight"


class Trouble(Enum):
    """A kind of trouble: its name, and its gravity. Of slight ones all that is meant is known; they are told so that
    they can be mended."""

    REFUSED = "an input that the user named, and of which nothing was read", Gravity.REFUSED
    UNREAD = "a file, sheet, page or answer that was not read", Gravity.GRAVE
    ROW = "a row that was left out", Gravity.GRAVE
    CELL = "a cell that was taken as empty", Gravity.GRAVE
    WORD = "a word or a unit that is not understood", Gravity.GRAVE
    ORPHAN = "a row of no deal or task, or of one of several deals", Gravity.GRAVE
    CONTRADICTED = "records that contradict each other", Gravity.GRAVE
    AHEAD = "a moment later than the audit, or far behind all others", Gravity.GRAVE
    PAGE = "a page of an answer that was not saved", Gravity.GRAVE
    ZONE = "moments by the clock of another zone", Gravity.GRAVE
    GAP = "days on which a busy stream tells nothing", Gravity.GRAVE
    HISTORY = "a history of stages that contradicts itself or the list", Gravity.GRAVE
    STAGE = "a stage that the regulation does not have", Gravity.GRAVE
    CLOSING = "a closing of which nobody knows when it was", Gravity.GRAVE
    SCHEDULE = "a schedule that is not understood", Gravity.GRAVE
    REPEATED = "a record that is told twice, and counts once", Gravity.SLIGHT
    UNHELD = "a deal without anybody responsible", Gravity.SLIGHT
    LOOSE = "a call or letter of a client without an open deal", Gravity.SLIGHT
    EARLY = "a record from before the creation, counted at it", Gravity.SLIGHT
    PHONE = "a telephone number that is none", Gravity.SLIGHT
    PERSON = "a name that the people table does not have", Gravity.SLIGHT
    SETTING = "a line of the settings or the waivers that does nothing", Gravity.SLIGHT
    NOTE = "what was read otherwise than it looks", Gravity.SLIGHT

    @property
    def gravity(self) -> Gravity:
        gravity: Gravity = self.value[1]
        return gravity
