"""Phones and addresses are hidden, everything else stays."""

import io
import time
from dataclasses import replace
from datetime import date

import pytest

from auditor.audit.result import Audit, Coverage, Crash, Remark, Status, Waiver
from auditor.inputs.tables import Place, Problem
from auditor.reports.console import console_for
from auditor.reports.csv_report import csv_of
from auditor.reports.json_report import json_of
from auditor.reports.masking import mask, masked
from auditor.reports.terminal import print_report
from auditor.reports.view import View
from auditor.terms import Checked
from tests.reports.builders import CALLS_OWED, STAYED, WAIVED, audit_of, sample

HIDDEN = "+7 *** ***-45-67"


def text_of(audit: Audit) -> str:
    return "".join(json_of(audit))


@pytest.mark.parametrize(
    "phone",
    [
        "+79161234567", "89161234567", "79161234567", "9161234567", "+7 916 123-45-67", "8 (916) 123 45 67",
        "8-916-123-45-67", "+7(916)1234567", "8.916.123.45.67", "(495) 123-45-67", "+7 91 612 34 567",
        "+7\u00a0916\u00a0123‑45‑67",
    ],
)  # fmt: skip
def test_russian_phones(phone: str) -> None:
    assert mask(f"Анна {phone}, перезвонить") == f"Анна {HIDDEN}, перезвонить"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Клиент 89161234567: просил", f"Клиент {HIDDEN}: просил"),
        ("тел89161234567", f"тел{HIDDEN}"),
        ("WhatsApp89161234567", f"WhatsApp{HIDDEN}"),
        ("89161234567доб.5", f"{HIDDEN}доб.5"),
        ("8916\u200b1234567", HIDDEN),
        ("8\u00ad916\u00ad1234567", HIDDEN),
        ("8\u2009916\u2009123\u200945\u200967", HIDDEN),
        ("8_916_123_45_67", HIDDEN),
        ("8/916/123/45/67", HIDDEN),
        ("８９１６１２３４５６７", HIDDEN),
        ("495 123-45-67", HIDDEN),
        ("375291234567", "+* *** ***-45-67"),
        ("ivan\u200b@mail.ru", "i***@mail.ru"),
        ("a" * 120 + "@mail.ru", "a***@mail.ru"),
    ],
)
def test_phones_and_addresses_however_they_are_written(text: str, shown: str) -> None:
    assert mask(text) == shown


def test_foreign_phones_lose_their_country() -> None:
    assert mask("+380 44 123 45 67") == "+* *** ***-45-67"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("ivanov@mail.ru", "i***@mail.ru"),
        ("Иван.Петров+crm@почта.рф", "И***@почта.рф"),
        ("пишите на a@b.co.uk!", "пишите на a***@b.co.uk!"),
    ],
)
def test_addresses(address: str, shown: str) -> None:
    assert mask(address) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Сделка 1234567890 от 12.03.2024 10:30:00",
        "с 2024-03-12 10:30:00 по 2024-03-13 11:30:00",
        "нужно 7 2024-03-12 10:30, было 8 12.03.2024 10:30",
        "сумма 1 234 567 890 ₽ и 12 345",
        "собака @ в тексте",
        "id 123456789012345",
    ],
)
def test_dates_ids_and_sums_stay(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize("text", ["a" * 200_000, "a." * 100_000, "1 " * 100_000, "8" * 200_000, "+1(" * 70_000])
def test_hostile_texts_take_no_time(text: str) -> None:
    before = time.perf_counter()
    mask(text)
    assert time.perf_counter() - before < 5


def test_every_free_text_of_an_audit_is_masked() -> None:
    secret = "Анна +7 916 123-45-67 anna@mail.ru"
    waiver = Waiver("", "1", "", None, date(2024, 4, 1), "Главный", secret, remarks=(Remark("unknown_deal", secret),))
    owed = {**CALLS_OWED, "title": secret, "why": secret, "findings": [Checked("Телефон", "нет", secret, False)]}
    audit = replace(
        audit_of([owed, {**WAIVED, "waiver": waiver}, STAYED], []),
        problems=(Problem(Place("f.csv", None, 3, secret), secret),),
        coverage=(Coverage("FUR0201", Status.NOT_CHECKED, secret, (secret,)),),
        waivers=(waiver,),
        crashes=(Crash("FUR0601", secret),),
    )
    text = text_of(masked(audit))
    assert "916" not in text
    assert "anna@" not in text
    assert text.count(f"Анна {HIDDEN} a***@mail.ru") == 10
    assert "anna@mail.ru" in text_of(audit)
    shown = io.StringIO()
    print_report(masked(audit), console_for(shown), View(full=True))
    assert "916" not in shown.getvalue() and "anna@" not in shown.getvalue()
    assert [crash.error for crash in masked(audit).crashes] == [f"Анна {HIDDEN} a***@mail.ru"]


def test_names_of_people_files_and_links_are_masked() -> None:
    secret = "Иванов 89161234567"
    place = Place(f"{secret}.csv", secret, 3)
    waiver = Waiver("", "", secret, None, date(2024, 4, 1), secret, "отпуск", place=place)
    owed = {**CALLS_OWED, "manager": secret, "link": f"https://x.ru/{secret}", "evidence": [place]}
    audit = replace(
        audit_of([owed], []),
        problems=(Problem(place, "плохо"),),
        waivers=(waiver,),
        supposed_days_off={secret: (date(2024, 4, 1),)},
        scope=replace(audit_of([], []).scope, managers=(secret,)),
    )
    assert "9161234567" in text_of(audit)
    text = "".join(csv_of(masked(audit))) + text_of(masked(audit))
    assert "9161234567" not in text and f"Иванов {HIDDEN}" in text


def test_nothing_else_changes() -> None:
    assert text_of(masked(sample())) == text_of(sample())
