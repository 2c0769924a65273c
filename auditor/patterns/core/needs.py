"""What an export must hold for a clause to be judged."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import TypeVar

from auditor.log.log import Log


@dataclass(frozen=True)
class Need:
    """Something of the export without which a clause cannot be judged: any one of `names` will do.

    `sort`: "stream" (a name of `Facts.streams`), "field" (a caption), "column" (of the activities), "attachment" (a
    field, or files of its name), "people" (the people table with its roles) or "either" (all of one of `options`)."""

    sort: str
    names: tuple[str, ...] = ()
    options: tuple[tuple["Need", ...], ...] = ()

    def is_there(self, log: Log) -> bool:
        if self.sort == "either":
            return any(all(need.is_there(log) for need in option) for option in self.options)
        if self.sort == "stream":
            return any(name in log.facts.streams for name in self.names)
        if self.sort == "people":
            return log.facts.has_people
        if self.sort == "attachment":
            return "file" in log.facts.streams or log.field(self.names[0]).exported
        if self.sort == "column":
            return any(name in log.activities for name in self.names)
        return any(log.field(name).exported for name in self.names)


def streams(*names: str) -> tuple[Need, ...]:
    """One need: any of these streams."""
    return (Need("stream", names),) if names else ()


def any_of(*options: tuple[Need, ...]) -> tuple[Need, ...]:
    """One need: all of one of the options; needs of one sort alone are told together."""
    options = tuple(dict.fromkeys(options))
    options = tuple(one for one in options if not any(set(other) < set(one) for other in options))
    if len(options) == 1 or not all(options):
        return options[0] if len(options) == 1 else ()
    sorts = {need.sort for option in options for need in option}
    if all(len(option) == 1 for option in options) and sorts in ({"field"}, {"stream"}):
        return (Need(sorts.pop(), tuple(dict.fromkeys(name for (need,) in options for name in need.names))),)
    return (Need("either", options=options),)


def needs_of(whole: object) -> tuple[Need, ...]:
    """What all direct parts need, each once."""
    every = dict.fromkeys(need for part in parts_of(whole, object) for need in getattr(part, "needs", ()))
    return tuple(need for need in every if not _implied(need, every))


def _implied(need: Need, others: Iterable[Need]) -> bool:
    """Whether another need cannot be met without this one being met: fewer names, or one of its options alone."""
    narrower = (other for other in others if other != need and other.sort == need.sort and other.names)
    if any(set(other.names) < set(need.names) for other in narrower):
        return True
    return any(all(part in others for part in option) for option in need.options)


Part = TypeVar("Part")


def parts_of(whole: object, kind: type[Part]) -> Iterator[Part]:
    """The direct parts of a dataclass that are of that kind, tuples included."""
    if not is_dataclass(whole):
        return
    for field in fields(whole):
        value = getattr(whole, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, kind):
                yield part


CAPTIONS = ("field", "fields", "key", "start")
"""What parts call the fields that they look at."""


def captions_of(whole: object) -> Iterator[str]:
    """The captions of all fields that a clause or a part of it looks at, wherever in it they stand."""
    for name in CAPTIONS:
        value = getattr(whole, name, ())
        yield from (value,) if isinstance(value, str) else value
    for part in parts_of(whole, object):
        yield from captions_of(part)
