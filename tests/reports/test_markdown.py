"""The short report for a chat: what it says, in which order, how long it may be, and that a CRM's text stays text."""

import re
from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pytest

from auditor.audit.result import Extent, Parameter, WhatIf
from auditor.reports.markdown_report import MOST, markdown_of
from auditor.reports.view import Part, View
from tests.reports.builders import (
    CALLS_OWED,
    OWED_LATER,
    OWED_TODAY,
    SCORES,
    STAYED,
    WENT_BACK,
    audit_of,
    duty,
    sample,
    score,
)

WHOLE = replace(sample(), extent=Extent(25, 35, date(2024, 2, 1), date(2024, 3, 12)))


def test_the_whole_of_it() -> None:
    assert markdown_of(WHOLE).splitlines() == [
        "**Audit by the regulation FUR · Мебельная компания**",
        "",
        "- as of 2024-03-12 18:00 (Europe/Moscow) · 25 deals, 35 leads · records of 2024-02-01 – 2024-03-12",
        "- period: all",
        "- 4 clauses checked · 1 not checked · 1 to be checked by hand",
        "",
        "**4 violations · 2 of high severity · kept 85.2% (23 of 27), 82.1% before waivers**",
        "",
        "- 2 ahead · 2 unknown · 1 waived",
        "- data incomplete: 1 row not read, 1 clause not checked",
        "",
        "**Who**",
        "",
        "- **Смирнова Ольга**: 1 violation · kept 92.3% (12 of 13)",
        "- **Петров Иван**: 2 violations · kept 77.8% (7 of 9), 70.0% before waivers",
        "- **CRM robot**: 1 violation · kept 0% (0 of 1)",
        "",
        "**What is broken most**",
        "",
        "- ❗ **FUR0201** Пока лид в “Недозвоне”, менеджер звонит клиенту не реже трёх раз в день. — 1: Петров Иван",
        "- ❗ **FUR0902** Сделка стоит в “Преддоговоре” не дольше 30 дней. — 1: Петров Иван",
        "- **FUR0601** Из “Предзамера” не возвращаются в “Просчёт”. — 1: Смирнова Ольга",
        "",
        "**What to see first**",
        "",
        "- ❗ **Lead 501** · Лид с сайта, Анна · Петров Иван · not done, 2 of 3 · FUR0201: "
        "В «Недозвоне» 05.03.2024: нужно звонков 3, было 2.",
        "- ❗ **Deal 1002** · Кухня для Сидоровой · Петров Иван · done 2 days 11 h late · FUR0902: "
        "Вошла в «Преддоговор» 01.02.2024, ушла 05.03.2024.",
        "- **Deal 1004** · Шкаф · Смирнова Ольга · not allowed · FUR0601: Из «Предзамера» в «Просчёт».",
        "",
        "**What lies ahead**",
        "",
        "- by 2024-03-12 · **Deal 1005** · Кухня · Смирнова Ольга · FUR0201",
        "- by 2024-03-20 · **Deal 1006** · Кухня · Смирнова Ольга · FUR0902",
    ]


def test_no_more_than_a_message_holds_whatever_the_crm_writes() -> None:
    long = "*_[@a 🙂~" * 100
    many = [duty(**{**CALLS_OWED, "id": f"x{n}", "deal": str(n), "title": long, "manager": f"{n} {long}", "why": long})
            for n in range(40)]  # fmt: skip
    scores = [score(f"{n} {long}", code, "high", missed=3) for n in range(40) for code in ("FUR0201", "FUR0902")]
    text = markdown_of(audit_of(many, scores))
    assert len(text.encode("utf-16-le")) // 2 <= MOST + 2
    assert text.splitlines()[-1] == "…"
    assert text.count("**Deal ") < 4


def test_in_full_everybody_and_every_clause_is_listed() -> None:
    scores = [score(f"Менеджер {n}", "FUR0201", "high", missed=n + 1) for n in range(12)]
    duties = [duty(**{**CALLS_OWED, "id": f"x{n}", "incident": f"x{n}", "deal": str(n)}) for n in range(12)]
    short, full = (markdown_of(audit_of(duties, scores), View(full=full)) for full in (False, True))
    assert (short.count("- **Менеджер"), full.count("- **Менеджер")) == (8, 12)
    assert "- and 4 more people" in short and "- and" not in full
    assert (short.count("**Lead "), full.count("**Lead ")) == (3, 12)


def test_what_is_to_be_seen_first_is_grave_not_done_and_recent() -> None:
    def broken(deal: str, severity: str, how: str, day: int) -> dict[str, object]:
        return duty(id=deal, deal=deal, severity=severity, how=how, due=datetime(2024, 3, day), verdict="violated")

    duties = [
        broken("1", "low", "missed", 9), broken("2", "high", "late", 9), broken("3", "high", "missed", 1),
        broken("4", "high", "missed", 5), {**broken("5", "high", "missed", 7), "incident": "4"},
    ]  # fmt: skip
    text = markdown_of(audit_of(duties, [score("Петров Иван", "FUR0201", "high", missed=5)]))
    assert re.findall(r"\*\*Deal (\d)", text) == ["5", "3", "2"]


def test_what_lies_ahead_is_soonest_first() -> None:
    text = markdown_of(audit_of([OWED_LATER, OWED_TODAY], [score("Смирнова Ольга", "FUR0201", "high", pending=2)]))
    assert re.findall(r"^- by \S+ · \*\*Deal (\d+)", text, re.MULTILINE) == ["1005", "1006"]


@pytest.mark.parametrize(
    ("part", "titles"),
    [
        (Part.SUM, []),
        (Part.STATS, ["What is broken most"]),
        (Part.WHOLE, ["Who", "What is broken most", "What to see first", "What lies ahead"]),
    ],
)
def test_the_wanted_part(part: Part, titles: list[str]) -> None:
    text = markdown_of(WHOLE, View(part))
    assert re.findall(r"^\*\*(Wh.*)\*\*$", text, re.MULTILINE) == titles
    assert "**4 violations · " in text
    assert ("as of" in text) is (part == Part.WHOLE)


def test_what_if_stands_below_the_figures() -> None:
    scores = [score("Петров Иван", "FUR0201", "high", met=3, missed=3), *SCORES[1:]]
    supposed = WhatIf((Parameter("FUR0201", "at_least", 4, 3),), pd.DataFrame(scores))
    lines = markdown_of(replace(WHOLE, what_if=supposed), View(Part.SUM)).splitlines()
    assert lines[lines.index("**What if**") :] == [
        "**What if**", "", "- FUR0201.\u200bat\\_least = 4 (now 3)",
        "- **violated**: 4 → 6 (+2)", "- **important**: 2 → 4 (+2)", "- **met**: 23 → 21 (−2)",
        "- **kept**: 85.2% → 77.8%", "- **FUR0201: violated**: 1 → 3 (+2)", "- **Петров Иван: violated**: 2 → 4 (+2)",
    ]  # fmt: skip


def test_nothing_judged_says_why_instead_of_figures() -> None:
    text = markdown_of(audit_of([], []))
    assert "Nothing to judge: " in text
    assert "violations" not in text


def test_in_russian(in_russian: None) -> None:
    text = markdown_of(WHOLE).replace("\u00a0", " ")
    assert "**4 нарушения · 2 важных · соблюдено 85,2 % (23 из 27), до прощений 82,1 %**" in text
    assert "**На что смотреть сначала**" in text
    assert "- до 20.03.2024 · **Сделка 1006**" in text


HOSTILE = [
    ("**жирно**", r"\*\*жирно\*\*"),
    ("_x_ `код` ~~y~~ a|b", r"\_x\_ \`код\` \~\~y\~\~ a\|b"),
    ("[сайт](http://evil.ru)", "\\[\u200bсайт\\](http:/\u200b/\u200bevil.\u200bru)"),
    ("![](x)", r"!\[\](x)"),
    ("<img src=x> <!here>", "‹img src=x› ‹!here›"),
    ("&lt;b&gt;", r"\&lt;b\&gt;"),
    ("@ivan #тег $USD /start", "@\u200bivan #\u200bтег $\u200bUSD /\u200bstart"),
    ("www.evil.ru", "www.\u200bevil.\u200bru"),
    ("[url=x]", "\\[\u200burl=x\\]"),
    ("a\\b", "a\\\\b"),
    ("строка\n# другая\n- третья", "строка # другая - третья"),
    ("\u202eслон\x1b[31m", "слон\\[\u200b31m"),
    ("Кухня 3.5 м, 10-12 шт. (2 этажа) за 27.09.2024", "Кухня 3.5 м, 10-12 шт. (2 этажа) за 27.09.2024"),
]


@pytest.mark.parametrize(("written", "shown"), HOSTILE)
@pytest.mark.parametrize("name", ["title", "manager", "why"])
def test_what_a_crm_writes_is_never_markup(name: str, written: str, shown: str) -> None:
    one = {**STAYED, name: written}
    text = markdown_of(audit_of([one], [score(str(one["manager"]), "FUR0902", "high", late=1)]))
    line = next(line for line in text.splitlines() if "**Deal 1002**" in line)
    assert shown in line
    if written != shown:
        assert written not in text


def test_a_name_at_the_beginning_of_a_line_opens_nothing() -> None:
    text = markdown_of(audit_of([WENT_BACK], [score("# Иванов", "FUR0601", "medium", forbidden=1)]))
    assert "- **# Иванов**: 1 violation" in text
