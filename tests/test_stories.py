"""Every clause is pinned by stories: `pytest -k FUR0902` runs those of one clause."""

from collections import Counter
from itertools import pairwise

import pytest
from storied import CLAUSES, duties_of, first_of, stories

from fixtures.stories import Story
from fixtures.verdicts import in_words

OF_CLAUSES = [story for story in stories() if story.code in CLAUSES]


@pytest.mark.parametrize("story", OF_CLAUSES, ids=lambda story: story.name)
def test_story(story: Story) -> None:
    found = in_words(duties_of(story), story.expected)
    assert found == [str(verdict) for verdict in story.expected], f"{story.file}, line {story.line}"


def test_every_story_tells_of_a_clause_once() -> None:
    names = Counter(story.name for story in stories())
    assert [name for name, times in names.items() if times > 1] == []
    assert {story.code for story in stories()} - set(CLAUSES) == set()


@pytest.mark.parametrize("code", CLAUSES)
def test_every_clause_has_a_kept_and_a_broken_story(code: str) -> None:
    kept, broken = first_of(code)
    assert kept.is_kept and broken.is_broken


def test_a_clause_without_stories_is_named() -> None:
    with pytest.raises(pytest.fail.Exception, match="FUR9999 has no kept and no broken story"):
        first_of("FUR9999")


def test_stories_stand_in_the_order_of_the_clauses() -> None:
    order = {code: place for place, code in enumerate(CLAUSES)}
    misplaced = [story.name for before, story in pairwise(OF_CLAUSES) if order[story.code] < order[before.code]]
    assert misplaced == [], "these stand below stories of a later clause"
