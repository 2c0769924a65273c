"""A night that tells people: the messages of its run, what failed, and what would be told."""

import email
import os
import signal
from collections.abc import Callable
from datetime import date
from email import policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from auditor.cli import run
from auditor.delivery.outbox import looked_into
from auditor.history.store import Store
from tests.delivery.conftest import Mailbox, Service, authority, mailbox, service, starttls, tls  # noqa: F401
from tests.nightly.conftest import Night, settings

Nightly = Callable[..., Night]


@pytest.fixture
def telling(company: Path, service: Service, monkeypatch: pytest.MonkeyPatch) -> Service:  # noqa: F811
    """Иванов and his head hear by Telegram."""
    monkeypatch.setenv("TOKEN", "12:s3cret")
    service.answers = [(200, {"ok": True})]
    with (company / "auditor.toml").open("a", encoding="utf-8") as file:
        file.write(f"""
[people."Иванов Иван"]
telegram = 34
[people."Глебов Глеб"]
role = "руководитель"
telegram = 99
[delivery]
digest = "never"
[delivery.telegram]
token = {{ env = "TOKEN" }}
url = "{service.url}"
timeout = 0.5
""")
    return service


def told(service: Service) -> list[tuple[str, str]]:  # noqa: F811
    return [(body["chat_id"], body["text"].splitlines()[0]) for _path, _headers, body in service.asked]


def test_a_night_tells_each_of_what_is_new_and_a_rerun_nothing(
    company: Path, nightly: Nightly, telling: Service
) -> None:
    code, _line, lines = nightly()
    first = "на 10.04.2024 12:00"
    assert (code, told(telling)) == (0, [("34", f"Ваши нарушения · {first}"), ("99", f"Нарушения всех · {first}")])
    assert lines[-2:] == ["Отправлено: Иванов Иван (Telegram)", "Отправлено: Глебов Глеб (Telegram)"]
    assert "FUR0902" in telling.asked[0][2]["text"]
    nightly()
    assert len(telling.asked) == 2


def test_what_failed_in_a_night_is_told_to_the_head_and_what_was_not_told_fails_the_night(
    company: Path, nightly: Nightly, telling: Service
) -> None:
    settings(company, "stale_days = 0", "stale_days = 1")
    telling.answers = [(403, {"description": "bot was blocked"}), (200, {"ok": True})]
    code, line, _lines = nightly()
    assert code == 2
    stale, lost = line["faults"]
    assert "после 10.04.2024" in stale
    assert lost == "не дошло до получателя Иванов Иван (Telegram): 127.0.0.1 отказал: 403 bot was blocked"
    text = telling.asked[-1][2]["text"].replace("\u200b", "")
    assert f"Что не получилось\n• {stale}\n• {lost}\n" in text


def test_a_night_of_which_nothing_was_judged_is_told_to_the_head(
    company: Path, nightly: Nightly, telling: Service
) -> None:
    for path in (company / "exports").iterdir():
        path.unlink()
    nightly()
    assert told(telling) == [("99", "Ночная проверка не удалась: ничего не проверено.")]


def test_a_night_in_which_nothing_could_be_judged_is_no_clean_bill(
    company: Path, nightly: Nightly, telling: Service
) -> None:
    settings(company, 'regulation = ["FUR"]\n', "")
    for path in (company / "exports").iterdir():
        text = path.read_text("utf-8").replace("Преддоговор", "Этап А").replace("Сделка успешна", "Этап Б")
        path.write_text(text, encoding="utf-8")
    code, line, _lines = nightly()
    assert code == 2
    assert line["faults"][0].startswith("Проверить нечего: ")
    assert [chat for chat, _title in told(telling)] == ["99"]
    assert "Проверить нечего: " in telling.asked[0][2]["text"]


def test_where_the_night_cannot_be_kept_only_that_is_told(company: Path, nightly: Nightly, telling: Service) -> None:
    (company / "nights.db").mkdir()
    _code, line, _lines = nightly()
    assert len(line["faults"]) == 1
    [(chat, _title)] = told(telling)
    assert chat == "99"
    assert "nights" in telling.asked[0][2]["text"]
    assert "FUR0902" not in telling.asked[0][2]["text"]


def test_a_dry_run_shows_what_would_go_to_whom_and_writes_nothing(
    company: Path, telling: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(company.rglob("*"))
    assert run(["nightly", "--dry-run"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(
        "── Иванов Иван (Telegram): 34\nТема: Нарушения на 10.04.2024: новые 1\n\nВаши нарушения · на "
    )
    assert "── Глебов Глеб (Telegram): 99\n" in shown
    assert (sorted(company.rglob("*")), telling.asked) == (before, [])
    assert run(["nightly"]) == 0
    capsys.readouterr()
    assert run(["nightly", "--dry-run"]) == 0
    assert capsys.readouterr().out == "Сказать нечего: Иванов Иван (Telegram), Глебов Глеб (Telegram)\n"
    assert len(telling.asked) == 2


def test_a_workbook_of_his_own_comes_with_each_mail(
    company: Path, nightly: Nightly, starttls: int, authority: tuple[object, Path], mailbox: Mailbox,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("PASSWORD", "s3cret")
    with (company / "auditor.toml").open("a", encoding="utf-8") as file:
        file.write(f"""
[people."Иванов Иван"]
email = "ivanov@company.example"
[delivery.mail]
host = "127.0.0.1"
port = {starttls}
user = "auditor"
password = {{ env = "PASSWORD" }}
sender = "auditor@company.example"
ca_file = '{authority[1]}'
""")
    assert nightly()[0] == 0
    [(to, content)] = mailbox.taken
    [book] = email.message_from_bytes(content, _class=EmailMessage, policy=policy.SMTP).iter_attachments()
    assert (to, book.get_filename()) == ("ivanov@company.example", "auditor-2024-04-10.xlsx")
    sheets = load_workbook(BytesIO(book.get_content()))
    cells = [str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row]
    assert any("Иванов" in cell for cell in cells)
    assert not any("Петрова" in cell for cell in cells)


def test_a_night_killed_while_it_tells_is_made_good_by_the_next_run_and_tells_nobody_twice(
    company: Path, nightly: Nightly, telling: Service
) -> None:
    child = os.fork()
    if not child:
        try:
            from auditor.delivery.ways import WAYS

            def kill(*_args: object) -> None:
                os.kill(os.getpid(), signal.SIGKILL)

            way = WAYS["telegram"]

            def once(*args: object) -> None:
                way.send(*args)
                kill()

            WAYS["telegram"] = way._replace(send=once)
            run(["nightly"])
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    code, line, _lines = nightly()
    assert code == 2
    assert "неизвестно, дошло ли до получателя Иванов Иван" in line["faults"][0]
    assert [chat for chat, _title in told(telling)] == ["34", "99"]
    store = Store(str(company / "nights.db"), company=str(company / "auditor.toml"))

    states = {
        (key.recipient, key.kind): entry.state for key, entry in looked_into(store, date(2024, 4, 10)).entries.items()
    }
    assert states["Иванов Иван", "news"] == "unsure"
    assert states["Глебов Глеб", "news"] == "sent"


def test_a_folder_of_tables_is_nothing_for_a_mail(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (company / "auditor.toml").open("a", encoding="utf-8") as file:
        file.write('[delivery.mail]\nhost = "x"\nsender = "a@b.example"\nattach = ["parquet"]\n')
    assert run(["nightly"]) == 2
    assert "attach › 1: parquet — папка таблиц, к письму её не приложить." in capsys.readouterr().err
