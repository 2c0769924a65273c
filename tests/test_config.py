"""`auditor.toml`: what each setting becomes, and every fault told with its place and the nearest word."""

from datetime import date, time
from pathlib import Path

import pandas as pd
import pytest

from auditor import i18n
from auditor.config import ConfigError, Known, read_config, setting_of
from auditor.config.models import Person
from auditor.config.people import NO_ROW, with_people
from auditor.config.streams import STREAMS, stream_of
from auditor.failures import MOST_SETTINGS
from auditor.inputs.tables import ACTIVITY_TYPES, HISTORY_EVENTS, Tables
from auditor.settings import Limits, Settings
from checks import REGULATIONS

KNOWN = Known(
    regulations=("FUR", "AGY"),
    parameters={
        "FUR0201": {"at_least": 3, "marker": "не поднял", "share": 0.5, "days_2": 30, "words": ("спам",)},
        "AGY0907": {},
    },
    stages=("Недозвон", "Преддоговор"),
    pipelines={"Продажи": "Продажи", "Сделки": "Продажи"},
    captions=("Бюджет", "Лист просчёта"),
    columns={"Этап": "stage", "stage": "stage", "Ответственный": "manager", "manager": "manager"},
)


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.activate("en")


@pytest.fixture
def config(tmp_path: Path):
    def write(text: str):
        path = tmp_path / "auditor.toml"
        path.write_text(text, encoding="utf-8")
        return read_config(path, KNOWN)

    return write


def faults(config, text: str) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        config(text)
    return [fault.removeprefix("auditor.toml › ") for fault in refused.value.faults]


def test_an_empty_file_changes_nothing(config) -> None:
    assert config("").settings == Settings()


@pytest.mark.parametrize("midnight", ['"24:00"', '"00:00"', "00:00:00"])
def test_a_company_may_close_at_the_end_of_the_day(config, midnight: str) -> None:
    assert config(f'[time]\nopens = "00:00"\ncloses = {midnight}').settings.closes == time(0)


def test_a_schedule_that_is_understood_is_no_fault(config) -> None:
    cell = "пн-чт 09:00-18:00, пт 09:00-17:00; отпуск 11.03-13.03.2024"

    assert config(f'[people."Анна"]\nschedule = "{cell}"').people["Анна"].schedule == cell


def test_every_setting_reaches_the_audit(config, tmp_path: Path) -> None:
    found = config("""
lang = "en"
[time]
timezone = "Asia/Yekaterinburg"
country = "KZ"
opens = "10:00"
closes = 19:30:00
days_off = [2026-05-08, "11.05.2026"]
working_days = ["2026-05-16"]
suppose_days_off = false
leave_hours = 1.5
date_format = "%m/%d/%Y"
[people."Иванов Иван"]
role = "Руководитель"
until = 2026-06-30
[streams]
messages = true
"звонки" = true
"смс" = "missing"
[stages]
"Не дозвонились" = "недозвон"
[pipelines]
"Кухни" = "продажи"
"Шкафы" = "Сделки"
[fields]
"лист просчета" = "Расчёт"
[columns]
"Фаза" = "stage"
"Куратор" = "ответственный"
[columns."заказы*.csv"]
"Статус" = "Этап"
[deals]
link = "https://company.example/deal/{id}"
[reading]
talk_seconds = 5
quiet_days = 2
unattached_share = 0.1
contact_words = ["звон"]
empty = ["—"]
hidden_sheets = true
strict = true
[limits]
files = 1
columns = 2
cells = 3
unpacked_mb = 4
page_mb = 5
csv_mb = 6
[clauses.FUR0201]
at_least = 2
words = ["спам", "дубль"]
enabled = false
severity = "низкая"
[check]
regulation = ["fur"]
files = ["exports/*.xlsx"]
waivers = "waivers.xlsx"
fail_on = "Высокая"
""")
    assert found.settings == Settings(
        timezone="Asia/Yekaterinburg",
        country="KZ",
        opens=time(10),
        closes=time(19, 30),
        days_off=(date(2026, 5, 8), date(2026, 5, 11)),
        working_days=(date(2026, 5, 16),),
        suppose_days_off=False,
        leave_hours=1.5,
        date_format="%m/%d/%Y",
        declared_streams=("message", "call"),
        missing_streams=("sms",),
        stages={"Не дозвонились": "Недозвон"},
        pipelines={"Кухни": "Продажи", "Шкафы": "Продажи"},
        fields={"Лист просчёта": "Расчёт"},
        columns={"Фаза": "stage", "Куратор": "manager"},
        narrowed={"заказы*.csv": {"Статус": "stage"}},
        limits=Limits(files=1, columns=2, cells=3, unpacked_mb=4, page_mb=5, csv_mb=6),
        hidden_sheets=True,
        link="https://company.example/deal/{id}",
        talk_seconds=5,
        quiet_days=2,
        unattached_share=0.1,
        contact_words=("звон",),
        empty=("—",),
        strict=True,
    )
    assert found.people == {"Иванов Иван": Person(role="Руководитель", until=date(2026, 6, 30))}
    assert found.parameters == (
        ("FUR0201", "at_least", 2),
        ("FUR0201", "words", ("спам", "дубль")),
        ("FUR0201", "enabled", False),
        ("FUR0201", "severity", "low"),
    )
    assert found.regulation == ("FUR",)
    assert found.files == (str(tmp_path / "exports/*.xlsx"),)
    assert found.waivers == tmp_path / "waivers.xlsx"
    assert found.fail_on == "high"


def test_all_faults_are_told_at_once(config) -> None:
    told = faults(
        config,
        """
lang = "de"
[time]
opens = "9-00"
[streams]
"письмецо" = true
[clauses.FUR0201]
at_least = "two"
[check]
regulation = ["FURR"]
""",
    )
    assert told == [
        "line 2 › lang: ru, en is expected, not “de”.",
        "line 4 › [time] › opens: A time such as 09:00 is expected, not “9-00”.",
        "line 6 › [streams] › письмецо: There is no kind of record “письмецо”. Did you mean “письмо”?",
        "line 8 › [clauses.FUR0201] › at_least: A number from 0 to 1000000000 is expected, not “two”.",
        "line 10 › [check] › regulation › 1: There is no regulation “FURR”. Did you mean “FUR”?",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[tims]", "line 1 › tims: There is no setting “tims”. Did you mean “time”?"),
        ("[time]\nopen = 1", "line 2 › [time] › open: There is no setting “open”. Did you mean “opens”?"),
        ('[people."И"]\nrol = "x"', "line 2 › [people.И] › rol: There is no setting “rol”. Did you mean “role”?"),
        (
            '[time]\ntimezone = "Europe/Moskow"',
            "line 2 › [time] › timezone: There is no time zone “Europe/Moskow”. Did you mean “Europe/Moscow”?",
        ),
        (
            '[time]\ncountry = "Russia"',
            "line 2 › [time] › country: There is no calendar of country “Russia”: two letters are expected.",
        ),
        ('[time]\nopens = "18:00"', "line 1 › [time] › closes: The working day must end after it begins."),
        (
            '[people."Анна"]\nschedule = "2/2 10-22"',
            "line 2 › [people.Анна] › schedule: “2/2 10-22” is not understood; an example: “2/2 с 01.05.2024 "
            "10:00-22:00”",
        ),
        (
            '[people."Анна"]\nschedule = "отпуск 14.07-01.07.2024; 9-18"',
            "line 2 › [people.Анна] › schedule: “14.07-01.07.2024” ends before it begins",
        ),
        (
            '[people."Анна"]\nrole = "secretry"',
            "line 2 › [people.Анна] › role: There is no role “secretry”. Did you mean “secretary”?",
        ),
        (
            '[people."Анна"]\naliases = "Аня"',
            "line 2 › [people.Анна] › aliases: A list in square brackets is expected, not “Аня”.",
        ),
        (
            '[time]\ndays_off = ["31.02.2026"]',
            "line 2 › [time] › days_off › 1: A date such as 10.05.2026 is expected, not “31.02.2026”.",
        ),
        (
            '[time]\ndate_format = "%d/%m/%Y %H:%M"',
            "line 2 › [time] › date_format: A date format such as %d/%m/%Y or %m/%d/%Y is expected.",
        ),
        ("[reading]\nquiet_days = " + "9" * 4301, "a number is too long to be one"),
        (
            '[time]\ndate_format = "%d"',
            "line 2 › [time] › date_format: A date format such as %d/%m/%Y or %m/%d/%Y is expected.",
        ),
        (
            '[time]\nsuppose_days_off = "no"',
            "line 2 › [time] › suppose_days_off: true or false without quotes is expected, not “no”.",
        ),
        ("[reading]\nunattached_share = 5", "line 2 › [reading] › unattached_share: At most 1 is expected, not 5."),
        ("[reading]\nquiet_days = -1", "line 2 › [reading] › quiet_days: At least 0 is expected, not -1."),
        (
            "[reading]\ntalk_seconds = nan",
            "line 2 › [reading] › talk_seconds: A number without quotes is expected, not “nan”.",
        ),
        (
            '[deals]\nlink = "crm.example"',
            "line 2 › [deals] › link: A deal's address with {id} in the number's place is expected.",
        ),
        (
            "[streams]\ncalls = false",
            "line 2 › [streams] › calls: Only true can be declared; leave the line out where the export has none.",
        ),
        (
            '[streams]\ncalls = "missing"',
            "line 2 › [streams] › calls: Only SMS and forms can be “missing”; leave the line out where the export "
            "has none.",
        ),
        (
            '[streams]\nsms = "none"',
            "line 2 › [streams] › sms: Only true can be declared; leave the line out where the export has none.",
        ),
        (
            '[stages]\n"Наш" = "Недозвонн"',
            "line 2 › [stages] › Наш: No regulation has the stage “Недозвонн”. Did you mean “Недозвон”?",
        ),
        (
            '[pipelines]\n"Кухни" = "Продажы"',
            "line 2 › [pipelines] › Кухни: No regulation has the pipeline “Продажы”. Did you mean “Продажи”?",
        ),
        (
            '[fields]\n"Бюджетт" = "Деньги"',
            "line 2 › [fields] › Бюджетт: No clause needs the field “Бюджетт”. Did you mean “Бюджет”?",
        ),
        (
            '[check]\nfiles = ["C:\\Users\\*.xlsx"]',
            "line 2: a path with backslashes stands in single quotes: 'C:\\exports\\*.xlsx'",
        ),
        (
            '[check]\nfiles = ["C:\\отчёты\\*.xlsx"]',
            "line 2: a path with backslashes stands in single quotes: 'C:\\exports\\*.xlsx'",
        ),
        (
            '[columns]\n"Фаза" = "stag"',
            "line 2 › [columns] › Фаза: There is no column “stag” among these: stage, manager. Did you mean “stage”?",
        ),
        (
            '[columns."заказы*.csv"]\n"Фаза" = "stag"',
            "line 2 › [columns.заказы*.csv] › Фаза: There is no column “stag” among these: stage, manager. Did you "
            "mean “stage”?",
        ),
        ('[columns]\n"Фаза" = 5', "line 2 › [columns] › Фаза: A text in quotes is expected, not “5”."),
        (
            '[columns."заказы*.csv"]\n"Фаза" = 5',
            "line 2 › [columns.заказы*.csv] › Фаза: A text in quotes is expected, not “5”.",
        ),
        ("[limits]\nfiles = 0", "line 2 › [limits] › files: At least 1 is expected, not 0."),
        (
            "[clauses.FUR0202]\nenabled = false",
            "line 2 › [clauses.FUR0202] › enabled: There is no clause “FUR0202”. Did you mean “FUR0201”?",
        ),
        (
            "[clauses.FUR0201]\nat_last = 1",
            "line 2 › [clauses.FUR0201] › at_last: Clause FUR0201 has no parameter “at_last”. Did you mean “at_least”?",
        ),
        (
            "[clauses.FUR0201]\ndays_2 = 3651",
            "line 2 › [clauses.FUR0201] › days_2: A number from 0 to 3650 is expected, not “3651”.",
        ),
        (
            "[clauses.FUR0201]\nat_least = 1e300",
            "line 2 › [clauses.FUR0201] › at_least: A number from 0 to 1000000000 is expected, not “1e+300”.",
        ),
        (
            "[clauses.FUR0201]\nat_least = 1.5",
            "line 2 › [clauses.FUR0201] › at_least: A whole number is expected, not “1.5”.",
        ),
        (
            "[clauses.FUR0201]\nseverity = 'grave'",
            "line 2 › [clauses.FUR0201] › severity: high, medium, low is expected, not “grave”.",
        ),
        (
            "[check]\nfail_on = 'hihg'",
            "line 2 › [check] › fail_on: high, medium, low, never is expected, not “hihg”.",
        ),
        (
            "[check]\nregulation = 'FUR'",
            "line 2 › [check] › regulation: A list in square brackets is expected, not “FUR”.",
        ),
        ("lang = 'ru'\nlang = 'en'\n[time]", "line 2: a name stands there for the second time"),
        (
            "[stages]\nНаш = 'x'",
            "line 2: check the brackets, the sign = and the quotes (a name in Russian letters needs them)",
        ),
    ],
)
def test_a_fault_says_where_it_is_and_what_to_write(config, text: str, told: str) -> None:
    assert faults(config, text) == [told]


def test_a_file_of_another_encoding_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes('[stages]\n"Наш" = "Недозвон"'.encode("cp1251"))
    with pytest.raises(ConfigError, match=r"a\.toml › the file is not UTF-8: save it anew in the encoding UTF-8"):
        read_config(path, KNOWN)


def test_the_mark_that_windows_puts_before_utf8_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes('[stages]\n"Наш" = "Недозвон"'.encode("utf-8-sig"))
    assert read_config(path, KNOWN).settings.stages == {"Наш": "Недозвон"}


def test_brackets_nested_too_deep_are_a_fault(config) -> None:
    assert len(faults(config, "a = " + "[" * 100_000)) == 1


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="the file cannot be read"):
        read_config(tmp_path / "none.toml", KNOWN)


@pytest.mark.parametrize(
    ("parameter", "typed", "value"),
    [
        ("at_least", "4", 4),
        ("share", "0,25", 0.25),
        ("marker", "не берёт", "не берёт"),
        ("words", "спам, дубль", ("спам", "дубль")),
        ("enabled", "нет", False),
        ("severity", "high", "high"),
    ],
)
def test_a_typed_value_becomes_what_the_parameter_is(parameter: str, typed: str, value: object) -> None:
    found = setting_of("fur0201", parameter, typed, KNOWN)
    assert found == ("FUR0201", parameter, value)
    assert type(found[2]) is type(value)


OURS = Known.of(REGULATIONS)


@pytest.mark.parametrize("code", OURS.parameters)
def test_every_parameter_of_every_clause_may_be_what_it_is(code: str) -> None:
    for parameter, value in OURS.parameters[code].items():
        assert setting_of(code, parameter, value, OURS) == (code, parameter, value)


def test_days_before_a_date_are_negative() -> None:
    assert setting_of("FUR0803", "day", "-5", OURS) == ("FUR0803", "day", -5)
    for wrong in ("1", "-3651"):
        with pytest.raises(ValueError, match=f"A number from -3650 to 0 is expected, not “{wrong}”"):
            setting_of("FUR0803", "day", wrong, OURS)


@pytest.mark.parametrize(
    "caption",
    ["Лист просчёта", "Рассрочка", "Время заявки", "Способ связи", "Дата оплаты", "Предполагаемая дата замера"],
)
def test_every_field_that_a_clause_looks_at_can_be_mapped(caption: str) -> None:
    """Attachments, one of several fields, and fields that a clause could do without as well."""
    assert OURS.caption(caption.upper()) == caption


def test_every_kind_of_record_can_be_declared() -> None:
    assert {*ACTIVITY_TYPES, *HISTORY_EVENTS, "ledger"} == set(STREAMS)
    assert stream_of("Письма") == stream_of("emails") == "email"


def test_what_the_configuration_says_of_people_goes_before_the_export() -> None:
    exported = pd.DataFrame(
        {
            "name": pd.Categorical(["Иванов", "Петрова"]),
            "role": pd.Categorical(["менеджер", "менеджер"]),
            "schedule": pd.Categorical(["2/2 с 01.05.2026 10:00-22:00", None]),
            "row": pd.array([2, 3], dtype="int32"),
        }
    )
    configured = {"Иванов": Person(role="руководитель"), "Новый": Person(until=date(2026, 6, 30))}
    people = with_people(Tables(deals=pd.DataFrame(), people=exported), configured).people
    assert people is not None
    rows = (
        people.set_index("name")[["role", "schedule", "until", "row"]].astype(object).where(lambda f: f.notna(), None)
    )
    assert rows.to_dict("index") == {
        "Иванов": {"role": "руководитель", "schedule": "2/2 с 01.05.2026 10:00-22:00", "until": None, "row": 2},
        "Петрова": {"role": "менеджер", "schedule": None, "until": None, "row": 3},
        "Новый": {"role": None, "schedule": None, "until": pd.Timestamp("2026-06-30"), "row": NO_ROW},
    }


def test_without_people_in_the_configuration_the_tables_stay_as_they_are() -> None:
    tables = Tables(deals=pd.DataFrame())
    assert with_people(tables, {}) is tables


@pytest.mark.parametrize(
    ("typed", "stage"),
    [
        ("преддоговор", "Преддоговор"),
        ("СДЕЛКА УСПЕШНА", "Сделка успешна"),
        ("Успешно реализовано", "Успешно реализовано"),
        ("Завершить сделку (успешна)", "Завершить сделку (успешна)"),
        ("отказ/отложено", "Отказ/отложено"),
        ("Качественный лид", "Качественный лид"),
        ("Забраковать", "Забраковать"),
    ],
)
def test_a_stage_of_the_company_may_be_an_ordinary_or_a_final_one(typed: str, stage: str) -> None:
    assert OURS.stage(typed) == stage


def test_a_misspelt_final_stage_is_an_error_with_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"“Сделка успешн”\. Did you mean “Сделка успешна”"):
        OURS.stage("Сделка успешн")


@pytest.mark.parametrize("name", ["Лиды", "Продажи", "Отложенный спрос", "Воронка продаж", "ПРОДАКШН"])
def test_every_pipeline_of_the_regulations_can_be_named(name: str) -> None:
    assert OURS.pipeline(name.lower()) == name


def test_a_file_too_big_for_settings_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"#" * (MOST_SETTINGS + 1))
    with pytest.raises(ConfigError, match=r"a\.toml › the file cannot be read: it is too big to be one of settings"):
        read_config(path, KNOWN)
