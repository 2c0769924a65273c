"""What README says of each CRM's lists: those columns are enough to be known as that list."""

import re
from pathlib import Path

import pytest

from auditor.inputs import load
from auditor.settings import Settings

README = Path(__file__).parents[3] / "README.md"
READERS = {
    "amoCRM, сделки": ("plain", "deals"),
    "amoCRM, события": ("amocrm events", "history"),
    "Битрикс24, сделки": ("plain", "deals"),
    "Битрикс24, лиды": ("plain", "deals"),
    "Битрикс24, звонки": ("bitrix24 call details", "activities"),
    "Битрикс24, дела": ("bitrix24 activities", "activities"),
}
UNUSED = {"Битрикс24, сделки": ["Сделка закрыта"]}
CAPTIONS = dict(re.findall(r"^\| (\w+, \w+) \| [^|]+ \| ([^|]+) \|$", README.read_text(encoding="utf-8"), re.MULTILINE))


def test_every_list_is_there() -> None:
    assert CAPTIONS.keys() == READERS.keys()


@pytest.mark.parametrize("name", READERS)
def test_the_columns_of_a_list_are_known(name: str, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(CAPTIONS[name].replace(", ", ";") + "\n", encoding="utf-8")
    (source,) = load([tmp_path / "list.csv"], Settings()).sources.sources
    assert (source.reader, source.table) == READERS[name]
    fields = [caption for caption, column in source.columns if column.startswith("field:")]
    assert [*source.ignored, *fields] == UNUSED.get(name, [])
