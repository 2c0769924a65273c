"""`auditor init`: the settings it writes change nothing, and what it offers is right."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from auditor.cli.asked import known_of
from auditor.config import Config, read_config
from auditor.config.draft import MOST_PEOPLE
from checks import REGULATIONS
from fixtures.demo import COMPANIES, OF_CRM, write_demo

OFFERED = re.compile("^#(?! )", re.MULTILINE)
"""What makes a setting of a remark."""
SOURCES = [("plain", code.upper()) for code in COMPANIES]
SOURCES += [(layout, code) for layout, codes in OF_CRM.items() for code in codes]


def settings(path: Path) -> Config:
    return read_config(path, known_of(REGULATIONS))


def told(answer: tuple[int, str, str]) -> Any:
    report = json.loads(answer[1])
    del report["scope"]["config"]
    return report


@pytest.mark.parametrize(("layout", "company"), SOURCES)
def test_an_audit_by_the_settings_written_is_the_audit_without_them(
    auditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layout: str, company: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_demo(tmp_path, regulation=company, deals=20, seed=1, layout=layout)
    before = told(auditor("check", "exports", "--format", "json", "--lang", "en"))
    assert auditor("init", "exports", "--lang", "en") == (
        0,
        "",
        "Written: auditor.toml\nLook it through, fill in the roles, then: auditor check\n",
    )
    assert settings(tmp_path / "auditor.toml").regulation == (company,)
    assert told(auditor("check", "--format", "json")) == before


DEALS = """ID сделки;Воронка;Этап;Ответственный;Дата создания;Статусы клиента
1;Кухни;Замер;Иванов Иван;01.03.2024 10:00;новый
2;Кухни;Преддоговор;Петрова "Аня";01.03.2024 10:00;новый
3;Кухни;Преддоговорр;Бот;01.03.2024 10:00;новый
4;Кухни;Разогрев;Иванов Иван;01.03.2024 10:00;новый
5;Опт;Склад;Иванов Иван;01.03.2024 10:00;новый
"""
PEOPLE = """Имя;Роль;Отдел
Иванов Иван;РОП;Кухни
Петрова "Аня";дизайнер;Шкафы
"""


@pytest.fixture
def written(auditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What is written of a company whose pipeline, stages and roles have names of their own."""
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "Сделки.csv").write_text(DEALS, encoding="utf-8")
    (tmp_path / "exports" / "Сотрудники.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "set").mkdir()
    monkeypatch.chdir(tmp_path)
    assert auditor("init", "exports", "--config", "set/my.toml", "--lang", "ru")[0] == 0
    return (tmp_path / "set" / "my.toml").read_text("utf-8")


@pytest.mark.parametrize(
    "lines",
    [
        'lang = "ru"\n',
        'regulation = ["FUR"]\nfiles = ["../exports"]\n',
        'timezone = "Europe/Moscow"\ncountry = "RU"\nopens = "09:00"\ncloses = "18:00"\n#days_off = ["31.12.2024"]\n',
        '\n[pipelines]\n# Ваша воронка = воронка регламента; другая не проверяется.\n'
        '"Кухни" = "Продажи"\n# "Опт" (1 сделка)\n',
        '#"Преддоговорр" = "Преддоговор"\n# "Разогрев" = "…"\n# В данных не названы: ',
        '#"Статус клиента" = "Статусы клиента"\n',
        '#"звонки" = true\n',
        '[roles]\n# Должность, по которой роль не понять, считается менеджером; скажите, какая это роль:\n'
        '#"РОП" = "менеджер"\n',
        "# Отделы: Кухни, Шкафы\n",
        '#[people."Иванов Иван"]\n#role = "менеджер"\n#department = "Кухни"\n#email = ""\n\n'
        '#[people."Петрова \\"Аня\\""]\n#role = "дизайнер"\n#department = "Шкафы"\n#email = ""\n',
        '#since = "01.03.2024"\n',
        '#formats = ["xlsx"]\n#folder = "отчёты"\n#per = "manager"\n',
        '#password = { env = "SMTP_PASSWORD" }\n',
    ],
)  # fmt: skip
def test_it_offers_what_the_exports_show(written: str, lines: str) -> None:
    assert lines in written
    assert "Бот" not in written


def test_a_section_in_which_nothing_would_stand_is_left_out(written: str, tmp_path: Path, auditor) -> None:
    write_demo(tmp_path / "demo", regulation="FUR", deals=20, seed=1)
    assert auditor("init", "demo/exports", "--config", "demo/a.toml", "--lang", "ru")[0] == 0
    text = (tmp_path / "demo" / "a.toml").read_text("utf-8")
    assert re.findall(r"^\[(\w+)\]", text, re.MULTILINE) == ["check", "time"]
    assert re.findall(r"^\[(\w+)\]", written, re.MULTILINE) == [
        "check", "time", "pipelines", "stages", "fields", "streams", "roles",
    ]  # fmt: skip


def test_of_many_people_the_first_are_offered(auditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = [f"Менеджер {number:03}" for number in range(MOST_PEOPLE + 2)]
    rows = "".join(f"{number};Продажи;Замер;{name};01.03.2024\n" for number, name in enumerate(names, 1))
    (tmp_path / "Сделки.csv").write_text(DEALS.partition("\n")[0] + "\n" + rows, encoding="utf-8")
    assert auditor("init", "Сделки.csv", "--lang", "en")[0] == 0
    text = (tmp_path / "auditor.toml").read_text("utf-8")
    assert re.findall(r'^#\[people\."(.+)"\]', text, re.MULTILINE) == names[:MOST_PEOPLE]
    assert "\n# and 2 more people\n" in text


def test_all_that_it_offers_may_be_taken_in(written: str, tmp_path: Path) -> None:
    path = tmp_path / "set" / "all.toml"
    path.write_text(OFFERED.sub("", written), encoding="utf-8")
    found = settings(path)
    assert found.settings.stages == {"Преддоговорр": "Преддоговор"}
    assert found.settings.fields["Статус клиента"] == "Статусы клиента"
    assert found.people['Петрова "Аня"'].role == "дизайнер"
    assert found.roles == {"РОП": "менеджер"}
    assert found.whole.delivery.mail is not None


def test_it_writes_over_nothing_without_force(auditor, written: str, tmp_path: Path) -> None:
    path = tmp_path / "set" / "my.toml"
    path.write_text("mine")
    asked = ("init", "exports", "--config", "set/my.toml", "--lang", "ru")
    assert auditor(*asked) == (
        2, "", "set/my.toml уже есть: --force запишет его заново, другой --config — в другое место.\n"
    )  # fmt: skip
    assert path.read_text() == "mine"
    assert auditor(*asked, "--force")[0] == 0
    assert path.read_text("utf-8") == written


def test_settings_that_are_there_say_nothing_of_the_exports(auditor, written: str, tmp_path: Path) -> None:
    (tmp_path / "auditor.toml").write_text("[chek]")
    assert auditor("init", "exports", "--config", "set/my.toml", "--lang", "ru", "--force")[0] == 0
    assert (tmp_path / "set" / "my.toml").read_text("utf-8") == written


def test_exports_of_no_regulation_are_told_as_such(auditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Сделки.csv").write_text("ID сделки;Этап;Дата создания\n1;Этот;01.03.2024\n", encoding="utf-8")
    assert auditor("init", "Сделки.csv", "--lang", "en")[0] == 0
    text = (tmp_path / "auditor.toml").read_text("utf-8")
    assert "# Regulations: no regulation's stages were found in the data.\n#regulation = []\n" in text
    assert settings(tmp_path / "auditor.toml").regulation == ()


def test_what_cannot_be_read_or_written_is_told(auditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert auditor("init", "--lang", "en") == (2, "", "FILES is missing.\n")
    assert auditor("init", "none.csv", "--lang", "en")[0] == 2
    assert not (tmp_path / "auditor.toml").exists()
    (tmp_path / "Сделки.csv").write_text(DEALS, encoding="utf-8")
    code, _out, err = auditor("init", "Сделки.csv", "--config", "none/a.toml", "--lang", "en")
    assert (code, err) == (2, "none/a.toml cannot be written: there is no such file or folder\n")


@pytest.mark.parametrize(
    "odd", ["Ку\x07хни", "Ку\x1fх\nни", "Кух\x7fни", "Кухни # [x]", '"Кухни"', "Кух\u202eни", "Кухни\\"]
)
def test_odd_names_of_the_exports_spoil_nothing(
    auditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exports").mkdir()
    quoted = '"' + odd.replace('"', '""') + '"'
    deals = DEALS.replace("Разогрев", quoted).replace("Опт", quoted).replace("Бот", quoted)
    (tmp_path / "exports" / "Сделки.csv").write_text(deals, encoding="utf-8")
    people = PEOPLE.replace("Кухни", quoted).replace("РОП", quoted)
    (tmp_path / "exports" / "Сотрудники.csv").write_text(people, encoding="utf-8")
    assert auditor("init", "exports", "--lang", "en")[0] == 0
    settings(tmp_path / "auditor.toml")
    offered = OFFERED.sub("", (tmp_path / "auditor.toml").read_text("utf-8"))
    (tmp_path / "auditor.toml").write_text(offered, encoding="utf-8")
    settings(tmp_path / "auditor.toml")
