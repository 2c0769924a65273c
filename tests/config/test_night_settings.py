"""`[report]`, `[delivery]`, `[history]`, `[run]`: what each setting becomes, and its faults."""

import os
from datetime import date
from pathlib import Path

import pytest

from auditor.config import Config
from auditor.config.delivery import Bitrix24, Delivery, Mail, Max, Telegram
from auditor.config.models import Person
from auditor.config.nightly import History, Report, ReportFiles, Run
from auditor.config.secrets import SecretPlace

WHOLE = """
[people."Иванов Иван"]
email = "ivanov@company.example"
bitrix24 = 12
telegram = 34
max = 56
[report]
since = "01.03.2026"
[[report.files]]
formats = ["xlsx", "HTML"]
folder = "отчёты"
per = "manager"
period = "вчера"
mask = true
[delivery]
on = "always"
digest = "пятница"
items = 5
link = "https://company.example/reports/"
mask = true
[delivery.mail]
host = "smtp.company.example"
port = 2525
security = "tls"
user = "auditor"
password = { env = "SMTP_PASSWORD" }
sender = "auditor@company.example"
attach = ["csv"]
to = ["менеджеры", "heads", "Иванов Иван", "boss@company.example"]
ca_file = "own.pem"
timeout = 10
[delivery.bitrix24]
webhook = { file = "webhook.secret" }
to = ["Иванов Иван", 7]
proxy = "http://proxy.company.example:3128"
[delivery.telegram]
token = { keyring = "telegram" }
to = [-100123]
url = "https://telegram.company.example"
[delivery.max]
token = { env = "MAX_TOKEN" }
url = "http://127.0.0.1:8080"
[history]
database = "nights.db"
password = { env = "DB" }
keep_days = 30
[run]
stale_days = 0
ping_url = "https://ping.example/1"
fail_on = "высокая"
"""


def test_every_setting_of_a_night_reaches_it(config, tmp_path: Path) -> None:
    found = config(WHOLE).whole
    assert found.people["Иванов Иван"] == Person(email="ivanov@company.example", bitrix24=12, telegram=34, max=56)
    files = ReportFiles(
        formats=("xlsx", "HTML"), folder=tmp_path / "отчёты", per="manager", period="yesterday", mask=True
    )
    assert found.report == Report(since=date(2026, 3, 1), files=(files,))
    assert found.delivery == Delivery(
        on="always",
        digest="friday",
        items=5,
        link="https://company.example/reports/",
        mask=True,
        mail=Mail(
            host="smtp.company.example",
            port=2525,
            security="tls",
            user="auditor",
            password=SecretPlace(env="SMTP_PASSWORD"),
            sender="auditor@company.example",
            attach=("csv",),
            to=("managers", "heads", "Иванов Иван", "boss@company.example"),
            ca_file=tmp_path / "own.pem",
            timeout=10,
        ),
        bitrix24=Bitrix24(
            webhook=SecretPlace(file=tmp_path / "webhook.secret"),
            to=("Иванов Иван", "7"),
            proxy="http://proxy.company.example:3128",
        ),
        telegram=Telegram(
            token=SecretPlace(keyring="telegram"), to=("-100123",), url="https://telegram.company.example"
        ),
        max=Max(token=SecretPlace(env="MAX_TOKEN"), url="http://127.0.0.1:8080"),
    )
    assert found.history == History(database=str(tmp_path / "nights.db"), password=SecretPlace(env="DB"), keep_days=30)
    assert found.run == Run(stale_days=0, ping_url="https://ping.example/1", fail_on="high")


def test_without_a_file_everything_is_at_its_default() -> None:
    found = Config().whole
    assert (found.delivery.on, found.delivery.digest, found.delivery.items) == ("changes", "monday", 10)
    assert (found.delivery.mail, found.history.database, found.run.fail_on) == (None, "", "never")


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_a_port_that_is_not_named_is_the_usual_one(config, security: str, port: int) -> None:
    text = f"[delivery.mail]\nhost = 'x'\nsender = 'a@b'\nsecurity = '{security}'\n"
    assert config(text).whole.delivery.mail.usual_port == port
    assert config(f"{text}port = 1025").whole.delivery.mail.usual_port == 1025


@pytest.mark.parametrize("database", ["postgresql://auditor@db.company.example/nights", "sqlite:////var/lib/n.db"])
def test_an_address_of_a_database_stays_as_it_is(config, database: str) -> None:
    assert config(f'[history]\ndatabase = "{database}"').whole.history.database == database


def test_a_path_may_begin_at_home(config) -> None:
    assert config('[history]\ndatabase = "~/n.db"').whole.history.database == str(Path.home() / "n.db")


def test_the_newest_of_the_files_of_a_pattern_is_read(config, tmp_path: Path) -> None:
    for age, name in enumerate(("deals-2.csv", "deals-1.csv", "calls-9.csv")):
        (tmp_path / name).write_text("x")
        os.utime(tmp_path / name, (1_700_000_000 - age, 1_700_000_000 - age))
    (tmp_path / "~$deals-3.csv").write_text("x")
    found = config("[check]\nfiles = [{ newest = 'deals-*.csv' }, 'calls-*.csv', { newest = 'none-*.csv' }]").files
    assert found == tuple(str(tmp_path / name) for name in ("deals-2.csv", "calls-*.csv", "none-*.csv"))


def test_of_files_of_one_moment_the_one_that_is_named_last_is_the_newest(config, tmp_path: Path) -> None:
    for name in ("d-02.csv", "d-03.csv", "d-01.csv"):
        (tmp_path / name).write_text("x")
        os.utime(tmp_path / name, (1_700_000_000, 1_700_000_000))
    assert config("[check]\nfiles = [{ newest = 'd-*.csv' }]").files == (str(tmp_path / "d-03.csv"),)


MAIL = "[delivery.mail]\nhost = 'x'\nsender = 'a@b'\n"
KEPT = 'A secret does not stand here, only where it is kept: env, file or keyring, as in { env = "NAME" }.'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "[check]\nfiles = [{ newst = 'x' }]",
            "line 2 › [check] › files › 1 › newst: There is no setting “newst”. Did you mean “newest”?",
        ),
        ("[check]\nfiles = [{}]", 'line 2 › [check] › files › 1: A path in quotes or { newest = "…" } is expected.'),
        ("[check]\nfiles = ['']", "line 2 › [check] › files › 1 › every: A name of a file or folder is expected, "
                                  "and it is empty."),
        (
            "[roles]\n'РОП' = 'secretry'",
            "line 2 › [roles] › РОП: There is no role “secretry”. Did you mean “secretary”?",
        ),
        ("[people.'А']\nemail = 'anna'", "line 2 › [people.А] › email: An e-mail such as ivanov@company.ru is "
                                         "expected, not “anna”."),
        ("[people.'А']\ntelegram = 'anna'", "line 2 › [people.А] › telegram: A whole number without quotes is "
                                            "expected, not “anna”."),
        ("[report]\nsince = 'May'", "line 2 › [report] › since: A date such as 10.05.2026 is expected, not “May”."),
        ("[[report.files]]\nfolder = 'x'", "line 1 › [report] › files › 1 › formats: It is needed here."),
        ("[[report.files]]\nformats = ['csv']", "line 1 › [report] › files › 1 › folder: It is needed here."),
        ("[[report.files]]\nfolder = 'x'\nformats = []", "line 3 › [report] › files › 1 › formats: At least one is "
                                                         "expected."),
        (
            "[[report.files]]\nfolder = 'x'\nformats = ['csv', 'xslx']",
            "line 3 › [report] › files › 1 › formats › 2: There is no format “xslx”. Did you mean “xlsx”?",
        ),
        (
            "[[report.files]]\nfolder = 'x'\nformats = ['csv']\nper = 'head'",
            "line 4 › [report] › files › 1 › per: all, manager, department is expected, not “head”.",
        ),
        (
            "[[report.files]]\nfolder = 'x'\nformats = ['csv']\nmasked = true",
            "line 4 › [report] › files › 1 › masked: There is no setting “masked”. Did you mean “mask”?",
        ),
        (
            "[[report.files]]\nfolder = 'x'\nformats = ['csv']\nperiod = 'yesterdy'",
            "line 4 › [report] › files › 1 › period: today, yesterday, this-week, last-week, this-month, last-month, "
            "last-working-day is expected, not “yesterdy”.",
        ),
        ("[delivery]\non = 'chages'", "line 2 › [delivery] › on: changes, always is expected, not “chages”."),
        ("[delivery]\nitems = 0", "line 2 › [delivery] › items: At least 1 is expected, not 0."),
        ("[delivery]\nlink = 'http://reports'", "line 2 › [delivery] › link: An address that begins with https:// is "
                                                "expected."),
        ("[delivery.mial]\nhost = 'x'", "line 1 › [delivery] › mial: There is no setting “mial”. Did you mean “mail”?"),
        ("[delivery.mail]\nsender = 'a@b'", "line 1 › [delivery.mail] › host: It is needed here."),
        ("[delivery.mail]\nhost = 'x'", "line 1 › [delivery.mail] › sender: It is needed here."),
        (f"{MAIL}port = 99999", "line 4 › [delivery.mail] › port: At most 65535 is expected, not 99999."),
        (f"{MAIL}timeout = 0", "line 4 › [delivery.mail] › timeout: More than 0 is expected, not 0."),
        (f"{MAIL}security = 'ssl'", "line 4 › [delivery.mail] › security: starttls, tls, none is expected, not “ssl”."),
        (f"{MAIL}attach = ['doc']", "line 4 › [delivery.mail] › attach › 1: There is no format “doc”. Possible: csv, "
                                    "html, xlsx."),
        (f"{MAIL}password = 'hunter2'", f"line 4 › [delivery.mail] › password: {KEPT}"),
        (f"{MAIL}password = {{}}", f"line 4 › [delivery.mail] › password: {KEPT}"),
        (f"{MAIL}password = {{ env = 'A', file = 'b' }}", f"line 4 › [delivery.mail] › password: {KEPT}"),
        (
            f"{MAIL}password = {{ enf = 'A' }}",
            "line 4 › [delivery.mail] › password › enf: There is no setting “enf”. Did you mean “env”?",
        ),
        (
            f"{MAIL}security = 'none'\npassword = {{ env = 'A' }}",
            "line 1 › [delivery] › mail: Without encryption (security = none) no password is sent: leave one of "
            "them out.",
        ),
        (
            f"{MAIL}to = ['manager']",
            "line 4 › [delivery.mail] › to › 1: [people] does not name “manager”. Did you mean “managers”?",
        ),
        (
            f"[people.'Анна']\n{MAIL}to = ['Анна']",
            "line 5 › [delivery.mail] › to › 1: [people] tells no email of “Анна”.",
        ),
        (f"{MAIL}to = [1.5]", "line 4 › [delivery.mail] › to › 1: A text in quotes is expected, not “1.5”."),
        (
            "[delivery.telegram]\ntoken = { env = 'T' }\nto = ['a@b']",
            "line 3 › [delivery.telegram] › to › 1: [people] does not name “a@b”. Possible: heads, managers.",
        ),
        ("[delivery.telegram]\nto = [1]", "line 1 › [delivery.telegram] › token: It is needed here."),
        ("[delivery.bitrix24]\nto = [1]", "line 1 › [delivery.bitrix24] › webhook: It is needed here."),
        (
            "[delivery.max]\ntoken = { env = 'T' }\nurl = 'https://me:hunter2@max'",
            "line 3 › [delivery.max] › url: A password does not stand in an address of the settings: leave it out.",
        ),
        (
            "[delivery.max]\ntoken = { env = 'T' }\nproxy = 'proxy:3128'",
            "line 3 › [delivery.max] › proxy: A proxy such as http://proxy.company.ru:3128 is expected.",
        ),
        ("[history]\nkeep_days = 0", "line 2 › [history] › keep_days: At least 1 is expected, not 0."),
        (
            "[history]\ndatabase = 'mysql://x/y'",
            "line 2 › [history] › database: A file, or an address such as postgresql://user@host/base is expected.",
        ),
        (
            "[history]\ndatabase = 'postgresql://me:hunter2@x/y'",
            "line 2 › [history] › database: A password does not stand in an address of the settings: leave it out.",
        ),
        ("[run]\nstale_days = -1", "line 2 › [run] › stale_days: At least 0 is expected, not -1."),
        ("[run]\nping_url = 'x'", "line 2 › [run] › ping_url: An address that begins with https:// is expected."),
        ("[run]\nfail_on = 'any'", "line 2 › [run] › fail_on: high, medium, low, never is expected, not “any”."),
    ],
)  # fmt: skip
def test_a_fault_says_where_it_is_and_never_a_secret(faults, text: str, told: str) -> None:
    assert faults(text) == [told]
    assert "hunter2" not in told
