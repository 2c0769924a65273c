"""The part of the rulebook that speaks of something."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from auditor.i18n import clause_text
from auditor.rules import Clause, Regulation
from auditor.spelling import folded

_ENDING = re.compile(
    r"(?<=\w\w\w)к?(ами|ями|ого|его|ому|ему|ыми|ими|ам|ям|ах|ях|ов|ев|ей|ой|ый|ий|ую|юю|ая|яя|ое|ее|ые|ие|ых|их|ом|ем"
    r"|ок|ек|[аеиоуыэюяйьъ]|ing|ed|es|s)$"
)
"""What changes at the end of a word, with the «к» that comes and goes: «звонок», «звонков»."""


def speaking_of(words: Sequence[str], regulations: Iterable[Regulation]) -> tuple[Regulation, ...]:
    """The regulations with those clauses, and rules checked by hand, alone in which every word stands, whatever its
    ending, in the active language or in Russian; without those of which nothing is left."""
    stems = [_ENDING.sub("", part) for word in words for part in folded(word).split()]
    found = (_part(regulation, stems) for regulation in regulations)
    return tuple(regulation for regulation in found if regulation.clauses or regulation.by_hand)


def _part(regulation: Regulation, stems: Sequence[str]) -> Regulation:
    def speaks(code: str, *texts: str) -> bool:
        said = folded(" ".join(text for original in texts for text in (original, clause_text(code, original))))
        return all(stem in said for stem in stems)

    def chapter(clause: Clause) -> str:
        return regulation.chapters.get(clause.code[:-2], "")

    return replace(
        regulation,
        clauses=tuple(c for c in regulation.clauses if speaks(c.code, c.text, c.reading, c.where, chapter(c))),
        by_hand=tuple(r for r in regulation.by_hand if speaks(regulation.code, r.text, r.why, r.where)),
    )
