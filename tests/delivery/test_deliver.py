"""A run told to people: to whom, of what, once; what failed is tried again, what is unsure is not."""

import email
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from conftest import REFUSED, Mailbox, Service
from sqlalchemy import select

from auditor import i18n
from auditor.audit.result import Audit
from auditor.config.models import File
from auditor.delivery.deliver import Delivered, deliver, rehearsed
from auditor.delivery.outbox import State, looked_into, opened
from auditor.delivery.plans import News
from auditor.delivery.ways import WAYS
from auditor.history.forget import forget_person, known_names
from auditor.history.night import Duty
from auditor.history.record import compared, record
from auditor.history.store import Store, reading
from auditor.history.tables import outbox
from tests.history.nights import audited, duty, late
from tests.history.test_record import killed_at
from tests.reports.builders import score

NOW = datetime(2026, 3, 10, 20, tzinfo=UTC)
IVANOV = duty("a", manager="Иванов Иван", title="Кухня")
SMIRNOVA = duty("b", deal="102", manager="Смирнова Ольга", department="Опт")
SCORES = [
    score("Иванов Иван", "FUR0902", "high", missed=1),
    {**score("Смирнова Ольга", "FUR0902", "high", missed=1), "department": "Опт"},
]
PEOPLE: dict[str, Any] = {
    "Иванов Иван": {"email": "ivanov@company.example", "telegram": 34, "max": 35, "bitrix24": 36},
    "Смирнова Ольга": {"email": "smirnova@company.example", "telegram": 44},
    "Глебов Глеб": {"email": "glebov@company.example", "role": "руководитель", "department": "Опт"},
    "Главный Пётр": {"email": "boss@company.example", "telegram": 99},
}


def night(*duties: Duty, day: int = 0) -> Audit:
    return audited(*duties, day=day, scores=SCORES)


@pytest.fixture
def mail(authority: tuple[Any, Path], starttls: int, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("PASSWORD", "s3cret")
    return {
        "host": "127.0.0.1", "port": starttls, "user": "auditor", "password": {"env": "PASSWORD"}, "timeout": 5,
        "sender": "auditor@company.example", "ca_file": authority[1], "attach": ["csv"],
        "to": ["managers", "heads", "Главный Пётр"],
    }  # fmt: skip


@pytest.fixture
def telegram(service: Service, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("TOKEN", "12:s3cret")
    return {"token": {"env": "TOKEN"}, "url": service.url, "timeout": 0.3, "to": ["managers", "Главный Пётр"]}


def settings(people: dict[str, Any] = PEOPLE, **delivery: Any) -> File:
    return File.model_validate({"people": people, "delivery": {"digest": "never", **delivery}})


def attached(part: Audit, form: str) -> bytes:
    return f"{form}: {','.join(part.duties['deal'])}".encode()


def run(
    store: Store, file: File, audit: Audit | None, *faults: str, day: int = 0, attach: Any = attached
) -> dict[str, Delivered]:
    """A whole night, so many days after the first; what became of each message, by name."""
    recorded = record(audit, store, NOW + timedelta(day)) if audit else None
    today = (NOW + timedelta(day)).date()
    news = News(audit, recorded, faults, today)
    return {done.to.name: done for done in deliver(news, file, opened(store, today), attach)}


def states(found: dict[str, Delivered]) -> dict[str, str]:
    return {name: done.state.value for name, done in found.items()}


def letters(mailbox: Mailbox) -> dict[str, EmailMessage]:
    return {
        to: email.message_from_bytes(content, _class=EmailMessage, policy=policy.SMTP) for to, content in mailbox.taken
    }


def body(letter: EmailMessage, kind: str = "plain") -> str:
    found = letter.get_body((kind,))
    assert found is not None
    return str(found.get_content())


# ── who is told of what ──


def test_each_manager_is_told_of_his_own_a_head_of_his_department_and_the_head_of_sales_of_all(
    file_store: Store, mail: dict[str, Any], mailbox: Mailbox
) -> None:
    found = run(file_store, settings(mail=mail), night(IVANOV, SMIRNOVA))
    assert states(found) == dict.fromkeys(PEOPLE, "sent")
    told = letters(mailbox)
    deals = {to: [deal for deal in ("101", "102") if f"Сделка {deal}" in body(letter)] for to, letter in told.items()}
    assert deals == {
        "ivanov@company.example": ["101"], "smirnova@company.example": ["102"], "glebov@company.example": ["102"],
        "boss@company.example": ["101", "102"],
    }  # fmt: skip
    titles = {to: body(letter).splitlines()[0] for to, letter in told.items()}
    assert titles == {
        "ivanov@company.example": "Ваши нарушения · на 10.03.2026 18:00",
        "smirnova@company.example": "Ваши нарушения · на 10.03.2026 18:00",
        "glebov@company.example": "Нарушения отдела «Опт» · на 10.03.2026 18:00",
        "boss@company.example": "Нарушения всех · на 10.03.2026 18:00",
    }
    files = {to: next(letter.iter_attachments()).get_content() for to, letter in told.items()}
    assert files["ivanov@company.example"] == "csv: 101"
    assert files["boss@company.example"] == "csv: 101,102"
    assert list(told)[-1] == "boss@company.example", "he hears of the others"


def test_who_left_is_told_nothing_and_who_is_named_twice_is_told_once_of_the_widest(
    file_store: Store, mail: dict[str, Any]
) -> None:
    gone = {**PEOPLE["Смирнова Ольга"], "until": date(2026, 3, 9)}
    boss = {**PEOPLE["Глебов Глеб"], "department": ""}
    people = {**PEOPLE, "Смирнова Ольга": gone, "Глебов Глеб": boss}
    file = settings(people, mail={**mail, "to": ["managers", "Иванов Иван", "heads", "ivanov@company.example"]})
    found = run(file_store, file, night(IVANOV, SMIRNOVA))
    assert {name: (done.to.audience, done.state) for name, done in found.items()} == {
        "Главный Пётр": ("own", "quiet"), "Иванов Иван": ("all", "sent"), "Глебов Глеб": ("all", "sent"),
    }  # fmt: skip


def test_what_is_told_is_what_changed(file_store: Store, telegram: dict[str, Any], service: Service) -> None:
    file = settings(telegram=telegram)
    run(file_store, file, night(IVANOV))
    service.asked.clear()
    changed = (late("a", manager="Иванов Иван", title="Кухня"), duty("c", deal="103", why="Стоит в «Преддоговоре»."))
    run(file_store, file, night(*changed, day=1), day=1)
    texts = {body["chat_id"]: body["text"] for _path, _headers, body in service.asked}
    assert list(texts) == ["34", "99"]
    assert texts["34"] == (
        "Ваши нарушения · на 11.03.2026 18:00\n"
        "\n"
        "Новые — 1\n"
        "❗ Сделка 103 · срок 03.03.2026 · не сделано · FUR0902\n"
        "   Стоит в «Преддоговоре».\n"
        "\n"
        "Закрыто с опозданием — 1\n"
        "❗ Сделка 101 · Кухня · срок 03.03.2026 · сделано поздно · FUR0902\n"
    )
    assert "Сделка 103 · Иванов Иван · срок" in texts["99"]


def test_nothing_new_is_no_message_unless_one_is_wanted_every_night(
    file_store: Store, telegram: dict[str, Any], service: Service
) -> None:
    run(file_store, settings(telegram=telegram), night(IVANOV))
    service.asked.clear()
    assert states(run(file_store, settings(telegram=telegram), night(IVANOV, day=1), day=1)) == dict.fromkeys(
        ("Иванов Иван", "Смирнова Ольга", "Главный Пётр"), "quiet"
    )
    assert service.asked == []
    found = run(file_store, settings(telegram=telegram, on="always"), night(IVANOV, day=2), day=2)
    letter = found["Иванов Иван"].letter
    assert letter is not None
    assert (letter.subject, letter.sections) == ("Нарушения на 12.03.2026: нового нет", ())


def test_what_stays_open_is_told_once_a_week(file_store: Store, telegram: dict[str, Any], service: Service) -> None:
    file = settings(telegram={**telegram, "to": ["managers"]}, digest="friday")
    run(file_store, file, night(IVANOV))
    service.asked.clear()
    subjects = {}
    for day in (2, 3, 3, 4):  # Thursday, Friday twice, Saturday
        letter = run(file_store, file, night(IVANOV, day=2), day=day)["Иванов Иван"].letter
        subjects[day] = [*subjects.get(day, []), letter and letter.subject]
    assert subjects == {2: [None], 3: ["Нарушения на 12.03.2026: всё ещё не сделано 1", None], 4: [None]}
    assert len(service.asked) == 1


def test_the_old_pile_is_not_new_but_what_stays_of_it_is_told_once_a_week(
    file_store: Store, telegram: dict[str, Any], service: Service
) -> None:
    young = duty("y", deal="105", due=datetime(2026, 3, 4))
    told = {"people": PEOPLE, "report": {"since": date(2026, 3, 4)}}
    file = File.model_validate({**told, "delivery": {"telegram": {**telegram, "to": ["99"]}, "digest": "wednesday"}})
    letter = run(file_store, file, night(IVANOV, young))["99"].letter
    assert letter is not None
    assert [(each.title, len(each.items)) for each in letter.sections] == [("Новые — 1", 1)]
    assert "Сделка 105" in letter.text
    letter = run(file_store, file, night(IVANOV, young, day=1), day=1)["99"].letter
    assert letter is not None
    assert [each.title for each in letter.sections] == ["Всё ещё не сделано — 2"]


def test_what_is_forbidden_has_a_moment_and_no_due(
    file_store: Store, telegram: dict[str, Any], service: Service
) -> None:
    back = duty("f", how="forbidden", due=datetime(2026, 3, 5, 12))
    run(file_store, settings(telegram={**telegram, "to": ["99"]}), night(back))
    assert "Иванов Иван · 05.03.2026 12:00 · запрещено" in service.asked[0][2]["text"]


def test_ten_stand_in_a_message_what_weighs_most_first_and_the_rest_is_a_number(
    file_store: Store, mail: dict[str, Any], telegram: dict[str, Any], service: Service
) -> None:
    many = [duty(f"{n:02}", deal=str(200 + n), severity="high" if n == 11 else "low") for n in range(12)]
    file = settings(telegram={**telegram, "to": ["99"]}, link="https://company.example/reports", items=10)
    run(file_store, file, night(*many))
    text = service.asked[0][2]["text"]
    assert text.count("Сделка") == 10
    assert text.splitlines()[4].startswith("❗ Сделка 211")
    assert text.endswith("\nи ещё 2 нарушения\n\nhttps://company.example/reports\n")
    file = settings(mail={**mail, "to": ["boss@company.example"]}, items=10)
    letter = run(file_store, file, night(*many))["boss@company.example"].letter
    assert letter is not None
    assert letter.more == "и ещё 2 нарушения: во вложении"


# ── what a CRM wrote ──


def test_texts_of_a_crm_are_no_markup_no_link_and_no_header(
    file_store: Store, mail: dict[str, Any], mailbox: Mailbox
) -> None:
    evil = "<script>x</script>\r\nBcc: all@evil.example\r\n[url=http://evil.example]a[/url] @durov /start"
    dept = "Опт\r\nBcc: all@evil.example"
    shady = replace(SMIRNOVA, title=evil, department=dept)
    people = {**PEOPLE, "Глебов Глеб": {**PEOPLE["Глебов Глеб"], "department": dept}}
    audit = audited(shady, scores=[{**SCORES[1], "department": dept}])
    file = File.model_validate(
        {"people": people, "delivery": {"mail": mail, "digest": "never"}, "deals": {"link": "https://crm.example/{id}"}}
    )
    audit.duties["link"] = "https://crm.example/102"
    run(file_store, file, audit)
    told = letters(mailbox)
    assert set(told) == {"smirnova@company.example", "glebov@company.example", "boss@company.example"}
    for letter in told.values():
        assert letter["Bcc"] is None
        page, text = body(letter, "html"), body(letter)
        assert "<script" not in page
        assert page.count("href=") == 1
        assert 'href="https://crm.example/102"' in page
        for words in (page, text):
            assert "http://evil" not in words
            assert "evil.example" not in words
            assert "@durov" not in words
            assert "/start" not in words


def test_a_link_that_a_crm_wrote_is_none(file_store: Store, mail: dict[str, Any], mailbox: Mailbox) -> None:
    audit = night(IVANOV)
    audit.duties["link"] = "https://evil.example/"
    run(file_store, settings(mail={**mail, "to": ["boss@company.example"]}), audit)
    assert "href" not in body(letters(mailbox)["boss@company.example"], "html")


def test_phones_are_masked_where_the_settings_say_so(
    file_store: Store, telegram: dict[str, Any], service: Service
) -> None:
    audit = night(replace(IVANOV, title="Анна +7 916 123-45-67"))
    for mask, to, shown in ((True, "98", "+7 *** ***-45-67"), (False, "99", "+7 916 123-45-67")):
        run(file_store, settings(telegram={**telegram, "to": [to]}, mask=mask), audit)
        assert shown in service.asked.pop()[2]["text"]


def test_english(file_store: Store, telegram: dict[str, Any], service: Service) -> None:
    i18n.activate("en")
    run(file_store, settings(telegram={**telegram, "to": ["99"]}), night(IVANOV), "the disk is full")
    assert service.asked[0][2]["text"] == (
        "Violations of all · as of 2026-03-10 18:00\n"
        "The first night: whatever is violated now is new.\n"
        "\n"
        "What went wrong\n"
        "• the disk is full\n"
        "\n"
        "New — 1\n"
        "❗ Deal 101 · Кухня · Иванов Иван · due 2026-03-03 · not done · FUR0902\n"
    )


# ── once, and never lost ──


def kept(store: Store) -> dict[tuple[str, str], str]:
    with reading(store) as connection:
        return {(row.recipient, row.kind): row.state for row in connection.execute(select(outbox))}


def test_a_rerun_sends_nothing_twice_and_tries_again_what_was_refused(
    store: Store, mail: dict[str, Any], mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = {**PEOPLE, "Смирнова Ольга": {"email": REFUSED}}
    audit = night(IVANOV, SMIRNOVA)
    found = run(store, settings(people, mail=mail), audit)
    assert states(found) == {
        "Иванов Иван": "sent", "Смирнова Ольга": "failed", "Глебов Глеб": "sent", "Главный Пётр": "sent",
    }  # fmt: skip
    fault = "не дошло до получателя Смирнова Ольга (почта): почтовый сервер отказал: 550 no such user here"
    assert found["Смирнова Ольга"].fault == fault
    assert f"• {fault}" in body(letters(mailbox)["boss@company.example"])
    assert kept(store)["Смирнова Ольга", "news"] == "failed"

    mailbox.taken.clear()
    found = run(store, settings(mail=mail), audit)
    assert states(found) == {
        "Иванов Иван": "quiet", "Смирнова Ольга": "sent", "Глебов Глеб": "quiet", "Главный Пётр": "quiet",
    }  # fmt: skip
    assert [to for to, _content in mailbox.taken] == ["smirnova@company.example"]
    assert run(store, settings(mail=mail), audit)["Смирнова Ольга"].state == State.QUIET
    assert len(mailbox.taken) == 1


def test_what_did_not_arrive_is_told_the_next_night_with_what_is_new_then(
    store: Store, telegram: dict[str, Any], service: Service
) -> None:
    file = settings(telegram={**telegram, "to": ["managers"]})
    service.answers = [(500, {})]
    assert run(store, file, night(IVANOV))["Иванов Иван"].state == State.FAILED
    service.answers = [(200, {"ok": True})]
    other = duty("d", deal="104")
    letter = run(store, file, night(IVANOV, other, day=1), day=1)["Иванов Иван"].letter
    assert letter is not None
    assert [section.title for section in letter.sections] == ["Новые — 2"]
    assert run(store, file, night(IVANOV, other, day=2), day=2)["Иванов Иван"].state == State.QUIET


def test_what_a_second_run_of_a_night_finds_more_is_told_the_next_night(
    file_store: Store, telegram: dict[str, Any], service: Service
) -> None:
    file = settings(telegram={**telegram, "to": ["managers"]})
    other = duty("d", deal="104")
    run(file_store, file, night(IVANOV))
    assert run(file_store, file, night(IVANOV, other))["Иванов Иван"].state == State.QUIET
    letter = run(file_store, file, night(IVANOV, other, day=1), day=1)["Иванов Иван"].letter
    assert letter is not None
    assert [item.head.split(" · ")[0] for section in letter.sections for item in section.items] == ["Сделка 104"]


def test_what_was_cut_off_is_unsure_told_to_the_head_and_not_sent_again(
    store: Store, mail: dict[str, Any], telegram: dict[str, Any], mailbox: Mailbox, service: Service
) -> None:
    file = settings(mail={**mail, "to": ["Иванов Иван"]}, telegram={**telegram, "to": ["Главный Пётр"]})
    mailbox.cuts = True
    found = run(store, file, night(IVANOV))
    assert states(found) == {"Иванов Иван": "unsure", "Главный Пётр": "sent"}
    assert "неизвестно, дошло ли до получателя Иванов Иван (почта)" in service.asked[0][2]["text"]
    mailbox.cuts = False
    assert states(run(store, file, night(IVANOV))) == {"Иванов Иван": "quiet", "Главный Пётр": "quiet"}
    assert states(run(store, file, night(IVANOV, day=1), day=1))["Иванов Иван"] == "quiet"
    assert len(mailbox.taken) == 1


def test_a_run_that_was_killed_while_it_sent_leaves_an_unsure_message(
    store: Store, telegram: dict[str, Any], service: Service
) -> None:
    file = settings(telegram=telegram)

    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(WAYS, "telegram", WAYS["telegram"]._replace(send=killed))
        with pytest.raises(KeyboardInterrupt):
            run(store, file, night(IVANOV))
    assert kept(store)["Иванов Иван", "news"] == "sending"
    assert kept(store)["Главный Пётр", "news"] == "planned"
    found = run(store, file, night(IVANOV))
    assert found["Главный Пётр"].state == State.SENT
    words = (
        "неизвестно, дошло ли до получателя Иванов Иван (Telegram), повторно не отправляется: прошлый запуск "
        "остановили во время отправки за 10.03.2026"
    )
    assert words in service.asked[0][2]["text"]
    assert [asked[2]["chat_id"] for asked in service.asked] == ["99"]


def test_a_run_killed_at_any_statement_is_made_good_and_tells_nobody_twice(
    file_store: Store, telegram: dict[str, Any], service: Service
) -> None:
    file = settings(telegram=telegram)
    run(file_store, file, night(IVANOV))
    assert file_store.file is not None
    kept_before, ends = file_store.file.read_bytes(), Counter[int]()
    second = night(IVANOV, duty("c", deal="103"), replace(SMIRNOVA, how="late"), day=1)
    for statement in range(0, 200, 3):
        file_store.file.write_bytes(kept_before)
        service.asked.clear()
        end = killed_at(statement, lambda: run(file_store, file, second, day=1))
        ends[end] += 1
        run(file_store, file, second, day=1)
        chats = Counter(body["chat_id"] for _path, _headers, body in service.asked)
        assert set(kept(file_store).values()) <= {"sent", "unsure"}
        unsure = {name for (name, _kind), state in kept(file_store).items() if state == "unsure"}
        chats += Counter({chat: 1 for chat in _chats(unsure) if chat not in chats})
        # the head is told that it is unsure what he got: another message, not the same again
        assert chats == {"34": 1, "44": 1, "99": 2 if "Главный Пётр" in unsure and chats["99"] == 2 else 1}, statement
        text = service.asked[-1][2]["text"]
        assert all(f"дошло ли до получателя {name}" in text for name in unsure - {"Главный Пётр"}), statement
        if end != -signal.SIGKILL:
            break
    assert ends[0] == 1
    assert ends[-signal.SIGKILL] > 10


def _chats(names: set[str]) -> set[str]:
    return {str(PEOPLE[name]["telegram"]) for name in names}


def test_a_database_that_cannot_be_written_sends_nothing(
    file_store: Store, telegram: dict[str, Any], service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit = night(IVANOV)
    recorded = record(audit, file_store, NOW)
    box = opened(file_store, NOW.date())
    box.store = replace(file_store, database="/nowhere/nights.db")
    news = News(audit, recorded, (), NOW.date())
    found = list(deliver(news, settings(telegram=telegram), box, attached))
    assert {done.to.name: done.state for done in found} == dict.fromkeys(("Иванов Иван", "Главный Пётр"), "failed")
    assert service.asked == []


# ── what goes wrong ──


def test_what_failed_is_told_to_whoever_is_told_everything_once_a_day(
    file_store: Store, telegram: dict[str, Any], service: Service
) -> None:
    file = settings(telegram=telegram)
    found = run(file_store, file, None, "выгрузке три дня\nПроверьте выгрузку")
    assert states(found) == {"Иванов Иван": "quiet", "Смирнова Ольга": "quiet", "Главный Пётр": "sent"}
    assert service.asked[0][2]["text"] == (
        "Ночная проверка не удалась: ничего не проверено.\n\nЧто не получилось\n• выгрузке три дня Проверьте выгрузку\n"
    )
    run(file_store, file, None, "выгрузке три дня")
    assert len(service.asked) == 1
    run(file_store, file, None, "выгрузке четыре дня", day=1)
    assert len(service.asked) == 2


def test_heads_hear_of_failures_where_nobody_is_told_everything(
    file_store: Store, mail: dict[str, Any], mailbox: Mailbox
) -> None:
    found = run(file_store, settings(mail={**mail, "to": ["managers", "heads"]}), None, "нет файлов")
    assert {name for name, done in found.items() if done.state == State.SENT} == {"Глебов Глеб"}


def test_one_persons_failure_is_no_other_ones(file_store: Store, mail: dict[str, Any]) -> None:
    def fails(part: Audit, _form: str) -> bytes:
        if len(part.duties) == 1 and "101" in list(part.duties["deal"]):
            raise RuntimeError("s3cret")
        return b""

    found = run(file_store, settings(mail=mail), night(IVANOV, SMIRNOVA), attach=fails)
    assert states(found) == {**dict.fromkeys(PEOPLE, "sent"), "Иванов Иван": "failed"}
    assert found["Иванов Иван"].why == "RuntimeError"


@pytest.mark.parametrize(
    "broken",
    [
        lambda service: service.answers.__setitem__(slice(None), [(401, {"description": "bad 12:s3cret"})]),
        lambda service: service.answers.__setitem__(slice(None), [(500, {})]),
        lambda service: service.answers.__setitem__(slice(None), ["cut"]),
        lambda service: service.answers.__setitem__(slice(None), ["silent"]),
    ],
)
def test_no_secret_is_in_anything_that_is_told_or_kept(
    file_store: Store, telegram: dict[str, Any], service: Service, broken: Callable[[Service], None],
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    caplog.set_level("DEBUG")
    monkeypatch.setenv("HOOK", f"{service.url}/rest/1/12:s3cret/")
    broken(service)
    file = settings(
        telegram=telegram,
        bitrix24={"webhook": {"env": "HOOK"}, "timeout": 0.3},
        max={"token": {"env": "TOKEN"}, "url": service.url, "timeout": 0.3},
    )
    audit = night(IVANOV)
    news = News(audit, record(audit, file_store, NOW), (), NOW.date())
    found = list(deliver(news, file, opened(file_store, NOW.date()), attached))
    assert {done.to.channel for done in found if done.fault} == {"telegram", "bitrix24", "max"}
    told = [repr(file), *map(repr, found), *(done.fault for done in found), *capfd.readouterr()]
    assert "s3cret" not in "".join(told)
    assert "s3cret" not in caplog.text
    assert file_store.file is not None
    assert b"s3cret" not in file_store.file.read_bytes()


# ── what would be sent ──


def test_a_rehearsal_shows_what_would_go_to_whom_and_leaves_everything_as_it_is(
    store: Store, telegram: dict[str, Any], service: Service
) -> None:
    file, audit = settings(telegram=telegram), night(IVANOV)
    assert compared(audit, store, NOW).before is None
    news = News(audit, compared(audit, store, NOW), ("нет файла",), NOW.date())
    found = list(rehearsed(news, file, looked_into(store, NOW.date())))
    assert [(done.to.name, done.state, bool(done.letter)) for done in found] == [
        ("Иванов Иван", "planned", True), ("Смирнова Ольга", "quiet", False), ("Главный Пётр", "planned", True),
    ]  # fmt: skip
    assert service.asked == []
    run(store, file, audit)
    service.asked.clear()
    before = kept(store)
    again = night(IVANOV, day=1)
    assert [c.group for c in compared(again, store, NOW + timedelta(1)).changes] == ["open"]
    news = News(audit, compared(audit, store, NOW), (), NOW.date())
    assert {done.state for done in rehearsed(news, file, looked_into(store, NOW.date()))} == {State.QUIET}
    assert kept(store) == before
    assert service.asked == []


# ── how long it is kept ──


def test_the_outbox_forgets_with_the_history(store: Store, telegram: dict[str, Any], service: Service) -> None:
    brief = replace(store, keep_days=10)
    file = settings(telegram=telegram)
    run(brief, file, night(IVANOV))
    assert "Главный Пётр" in known_names(brief)
    assert forget_person(brief, "главный пётр")
    assert {name for name, _kind in kept(brief)} == {"Иванов Иван", "Смирнова Ольга", "#1"}
    service.asked.clear()
    run(brief, file, night(IVANOV))
    assert service.asked == [], "whoever was forgotten is known by his number"
    run(brief, file, night(IVANOV, day=11), day=11)
    with reading(brief) as connection:
        assert set(connection.scalars(select(outbox.c.day))) == {date(2026, 3, 21)}
