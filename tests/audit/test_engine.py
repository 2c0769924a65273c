"""The engine: coverage, crashes, waivers, scope, choice, parameters, people, roles, scores."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from textwrap import dedent, indent
from typing import Any

import pytest

from auditor import i18n
from auditor.audit.coverage import by_hand
from auditor.audit.engine import audit
from auditor.audit.request import Request
from auditor.audit.result import COUNTS, Audit, Extent, Scope, Status, Suspected, Waiver
from auditor.inputs.tables import Place, Tables
from auditor.log.log import Log
from auditor.patterns import (
    IN,
    OUT,
    Condition,
    PerDay,
    Response,
    attempt,
    call,
    chat,
    comment,
    contact,
    days,
    due_days,
    email,
    enters,
    filled,
    goes_to,
    hours,
    leaves,
    letter,
    message,
    minutes,
    planned_contact,
    sms,
    task,
    working_hours,
)
from auditor.patterns.core.duties import Duties
from auditor.patterns.core.pattern import Pattern
from auditor.rules import HIGH, LOW, MEDIUM, ByHand, Clause, Pipeline, Regulation, Role, Severity
from auditor.rules.parameters import ParameterError
from auditor.settings import Settings
from checks import FUR
from fixtures.stories import read_stories

SALES = Pipeline("Продажи", ("Первый звонок", "Обсуждение", "Согласование"))
FIRST, TALKS, TERMS = SALES
CALL = Clause("TST0101", HIGH, "п. 1", "Звонит за час.", Response(on=enters(FIRST), expect=call(OUT), due=hours(1)))
STAY = Clause("TST0102", LOW, "п. 2", "Не дольше дня.", Response(on=enters(FIRST), expect=leaves(FIRST), due=days(1)))
WAY = Clause("TST0201", MEDIUM, "п. 3", "Дальше.", Condition(on=leaves(FIRST), that=goes_to(TALKS)))
REGULATION = Regulation("TST", "Проба", (SALES,), (CALL, STAY, WAY), by_hand=(ByHand("п. 9", "Улыбаться", "не видно"),))
OTHER = Regulation("ALT", "Другой", (Pipeline("Сервис", ("Приём", "Ремонт", "Выдача")),), ())

LATE = """
    11.03.2024 10:00  стадия Первый звонок
    11:00:01  звонок исходящий недозвон
    11:30  стадия Согласование
    12:00  проверка
"""


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.activate("en")


def export(text: str) -> tuple[Tables, Settings]:
    """What happened, as tables, and the settings it asks for."""
    told = "TST0001 сделка\n" + indent(dedent(text).strip("\n"), "    ") + "\n => ничего"
    (story,) = read_stories(told, "engine", (SALES,))
    return story.tables(fields=("Бюджет сделки",)), story.settings


def checked(text: str, *clauses: Clause, **request: Any) -> Audit:
    """An audit by these clauses (none: those of the regulation)."""
    settings = request.pop("settings", {})
    regulation = replace(REGULATION, clauses=clauses) if clauses else REGULATION
    tables, own = export(text)
    usual: dict[str, Any] = {"named": ("TST",), "all_duties": True}
    asked = Request((regulation, OTHER), **usual | request)
    result = audit(tables, asked, replace(own, **settings))
    return replace(result, duties=result.tell(result.duties))


def verdicts(result: Audit) -> list[tuple[str, str]]:
    """(clause, how or verdict) of the duties, in order of the clause and the moment."""
    rows = result.duties.sort_values(["clause", "arose", "due"]).to_dict("records")
    return [(row["clause"], row["how"] if row["verdict"] == "violated" else row["verdict"]) for row in rows]


def coverage(result: Audit, code: str) -> Any:
    return next(each for each in result.coverage if each.clause == code)


# ── what is checked ──


def test_verdicts_of_all_clauses() -> None:
    assert verdicts(checked(LATE)) == [("TST0101", "late"), ("TST0102", "met"), ("TST0201", "forbidden")]


def test_without_all_duties_only_what_needs_attention_is_listed_but_all_is_counted() -> None:
    result = checked(LATE, all_duties=False)
    assert verdicts(result) == [("TST0101", "late"), ("TST0201", "forbidden")]
    assert result.scores.groupby("clause")["met"].sum().to_dict() == {"TST0101": 0, "TST0102": 1, "TST0201": 0}


def test_a_table_without_duties_has_the_types_of_one_with_duties() -> None:
    tables, settings = export(LATE)
    whole = audit(tables, Request((REGULATION,), named=("TST",), all_duties=True), settings).duties
    none = audit(tables, Request((REGULATION,), named=("TST",), since=date(2035, 1, 1)), settings).duties
    assert (len(whole), len(none)) == (3, 0)
    assert none.dtypes.to_dict() == whole.dtypes.to_dict()


def test_a_clause_whose_stream_is_missing_is_not_checked_and_says_why() -> None:
    result = checked("нет: звонки\n" + dedent(LATE).replace("11:00:01  звонок исходящий недозвон\n", ""))
    found = coverage(result, "TST0101")
    assert (found.status, found.why) == (Status.NOT_CHECKED, "needs outgoing calls")
    assert found.needs == ("history of stages", "outgoing calls")
    assert [clause for clause, _how in verdicts(result)] == ["TST0102", "TST0201"]
    assert "TST0101" not in set(result.scores["clause"])


def test_a_clause_with_one_of_several_streams_is_checked_and_names_the_others() -> None:
    clause = replace(CALL, duty=Response(on=enters(FIRST), expect=attempt, due=hours(1)))
    found = coverage(checked("нет: сообщения\n" + dedent(LATE), clause), "TST0101")
    assert found.status == Status.CHECKED
    assert "outgoing messages" in found.why and "outgoing calls" not in found.why


def test_the_rule_of_a_clause_changes_with_its_numbers_and_the_hours_and_with_nothing_else() -> None:
    def rules(**request: Any) -> list[str]:
        return [each.rule for each in checked(LATE, **request).coverage if each.rule]

    usual = rules()
    assert len(set(usual)) == 3
    assert rules(settings={"days_off": (date(2024, 3, 8),), "link": "https://x/{id}"}) == usual
    other = rules(parameters=(("TST0101", "hours", 2),))
    assert (other[0] != usual[0], other[1:]) == (True, usual[1:])
    assert not set(rules(settings={"talk_seconds": 5})) & set(usual)


def test_a_missing_field_is_named() -> None:
    clause = replace(WAY, duty=Condition(on=enters(FIRST), that=filled("Чего нет")))
    found = coverage(checked(LATE, clause), "TST0201")
    assert (found.status, found.why) == (Status.NOT_CHECKED, "needs the field “Чего нет”")


def test_what_only_excuses_is_no_need_but_is_named() -> None:
    clause = replace(STAY, excused_by=comment.by(Role.HEAD))
    text = """
        нет: комментарии
        11.03.2024 10:00  стадия Первый звонок
        20.03.2024 10:00  проверка
    """
    result = checked(text, clause)
    assert coverage(result, "TST0102").status == Status.CHECKED
    assert "comments" in coverage(result, "TST0102").why


def test_rules_by_hand_are_covered_too() -> None:
    found = coverage(checked(LATE), "TST")
    assert (found.status, found.why) == (Status.BY_HAND, "п. 9: Улыбаться — не видно")


@dataclass(frozen=True)
class Broken(Pattern):
    """A pattern with a fault."""

    def duties(self, log: Log) -> Duties:
        raise ZeroDivisionError("a fault of the program")

    def details(self, log: Log, duties: Duties) -> Any:
        raise NotImplementedError


@dataclass(frozen=True)
class BrokenWords(Response):
    """A pattern that finds duties, and fails to tell of them."""

    def details(self, log: Log, duties: Duties) -> Any:
        raise KeyError("words")


def test_a_clause_that_crashes_is_named_and_the_others_report() -> None:
    result = checked(LATE, replace(CALL, duty=Broken()), STAY, WAY)
    assert [(crash.clause, crash.error) for crash in result.crashes] == [
        ("TST0101", "ZeroDivisionError: a fault of the program")
    ]
    assert coverage(result, "TST0101").status == Status.NOT_CHECKED
    assert verdicts(result) == [("TST0102", "met"), ("TST0201", "forbidden")]


def test_a_clause_that_crashes_while_telling_says_so_and_counts() -> None:
    result = checked(LATE, replace(CALL, duty=BrokenWords(enters(FIRST), call(OUT), hours(1))), STAY)
    assert [(crash.clause, crash.error) for crash in result.untold] == [("TST0101", "KeyError: 'words'")]
    assert result.duties.set_index("clause").loc["TST0101", ["verdict", "why"]].tolist() == [
        "violated", "What was found cannot be told, the program failed: KeyError: 'words'."
    ]  # fmt: skip
    assert [place.row for place in result.duties.set_index("clause").loc["TST0101", "evidence"]]
    assert set(result.scores["clause"]) == {"TST0101", "TST0102"}


# ── the choice of regulations and clauses ──


def test_the_data_choose_the_regulation_by_two_of_its_stages() -> None:
    result = checked(LATE, named=())
    assert [regulation.code for regulation in result.regulations] == ["TST"]
    assert "“Первый звонок”" in result.chosen_because


def test_one_stage_is_too_little_to_choose_by() -> None:
    result = checked("11.03.2024 10:00  стадия Первый звонок\n12:00  проверка", named=())
    assert result.regulations == ()
    assert result.chosen_because == "no regulation's stages were found in the data"
    assert list(result.duties.columns)[:2] == ["id", "clause"] and not len(result.duties)


def test_a_named_regulation_is_taken_whatever_the_data() -> None:
    result = checked(LATE, named=("ALT",))
    assert [regulation.code for regulation in result.regulations] == ["ALT"]


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"select": ("TST01",)}, {"TST0101", "TST0102"}),
        ({"ignore": ("TST01",)}, {"TST0201"}),
        ({"select": ("TST01",), "ignore": ("TST0102",)}, {"TST0101"}),
        ({"severity": Severity.HIGH}, {"TST0101"}),
        ({"severity": Severity.MEDIUM}, {"TST0101", "TST0201"}),
        ({"parameters": (("TST0101", "enabled", False),)}, {"TST0102", "TST0201"}),
        ({"severity": Severity.HIGH, "parameters": (("TST0102", "severity", "high"),)}, {"TST0101", "TST0102"}),
    ],
)
def test_selection(asked: dict[str, Any], codes: set[str]) -> None:
    assert set(checked(LATE, **asked).duties["clause"]) == codes


# ── parameters ──


def test_a_parameter_changes_the_verdict_and_is_reported_with_its_default() -> None:
    result = checked(LATE, parameters=(("TST0101", "hours", 2),))
    assert ("TST0101", "met") in verdicts(result)
    assert [(p.parameter, p.value, p.default) for p in result.parameters] == [("hours", 2, 1)]


def counted(scores: Any, code: str) -> tuple[int, int]:
    """Met and violated duties of the clause."""
    own = scores[scores["clause"] == code]
    return int(own["met"].sum()), int(own[["late", "missed", "forbidden"]].to_numpy().sum())


def test_a_supposed_parameter_is_counted_beside_and_changes_no_verdict() -> None:
    plain, result = checked(LATE), checked(LATE, supposed=(("TST0101", "hours", 2),))
    assert verdicts(result) == verdicts(plain)
    assert result.parameters == ()
    assert result.what_if is not None and plain.what_if is None
    assert [(p.parameter, p.value, p.default) for p in result.what_if.parameters] == [("hours", 2, 1)]
    assert counted(result.scores, "TST0101") == (0, 1)
    assert counted(result.what_if.scores, "TST0101") == (1, 0)
    assert counted(result.what_if.scores, "TST0102") == counted(plain.scores, "TST0102")


def test_a_supposed_parameter_stands_beside_the_configured_one() -> None:
    result = checked(LATE, parameters=(("TST0101", "hours", 2),), supposed=(("TST0101", "hours", 1),))
    assert result.what_if is not None
    assert [(p.value, p.default) for p in result.what_if.parameters] == [(1, 2)]
    assert (counted(result.scores, "TST0101"), counted(result.what_if.scores, "TST0101")) == ((1, 0), (0, 1))


def test_a_clause_supposed_to_be_off_has_no_duties() -> None:
    result = checked(LATE, supposed=(("TST0101", "enabled", False),))
    assert result.what_if is not None
    assert set(result.what_if.scores["clause"]) == set(result.scores["clause"]) - {"TST0101"}


def test_a_clause_that_is_not_asked_for_is_not_supposed_either() -> None:
    result = checked(LATE, supposed=(("TST0101", "hours", 2),), ignore=("TST0101",))
    assert result.what_if is not None
    assert "TST0101" not in set(result.what_if.scores["clause"])


@dataclass(frozen=True)
class CrashesFromFour(Response):
    """Judges until it is to count four hours."""

    def duties(self, log: Log) -> Duties:
        assert self.due != hours(4)
        return super().duties(log)


def test_a_clause_that_crashes_where_it_is_supposed_is_named() -> None:
    clause = replace(CALL, duty=CrashesFromFour(on=enters(FIRST), expect=call(OUT), due=hours(1)))
    result = checked(LATE, clause, supposed=(("TST0101", "hours", 4),))
    assert [crash.clause for crash in result.crashes] == ["TST0101"]
    assert counted(result.scores, "TST0101") == (0, 1)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("hour", 2, "did you mean “hours”"),
        ("что угодно", 2, "it has: hours, enabled, severity"),
        ("hours", "два", "“hours” is a number, not “два”"),
        ("hours", "inf", "“hours” is a number, not “inf”"),
        ("hours", "nan", "“hours” is a number, not “nan”"),
        ("severity", "ужасно", "severity is high, medium or low, not “ужасно”"),
    ],
)
def test_a_wrong_parameter_is_told(name: str, value: str | float, said: str) -> None:
    with pytest.raises(ParameterError, match=r"TST0101") as error:
        checked(LATE, parameters=(("TST0101", name, value),))
    assert said in str(error.value)


# ── waivers ──


def waiver(**cells: Any) -> Waiver:
    usual = {"clause": "", "deal": "", "manager": "", "since": None, "until": date(2024, 12, 31)}
    return Waiver(**usual | {"approved_by": "Главный", "reason": "так надо"} | cells)


@pytest.mark.parametrize(
    ("cells", "waived"),
    [
        ({"clause": "TST0101"}, {"TST0101"}),
        ({"clause": "TST01"}, {"TST0101"}),
        ({"deal": "1"}, {"TST0101", "TST0201"}),
        ({"deal": "2"}, set()),
        ({"manager": "менеджеров"}, {"TST0101", "TST0201"}),
        ({"manager": "Сменов"}, set()),
        ({"manager": "Никому не известный"}, set()),
        ({"clause": "TST0101", "until": date(2024, 3, 11)}, {"TST0101"}),
        ({"clause": "TST0101", "until": date(2024, 3, 10)}, set()),
        ({"clause": "TST0101", "since": date(2024, 3, 11)}, {"TST0101"}),
        ({"clause": "TST0101", "since": date(2024, 3, 12)}, set()),
    ],
)
def test_which_violations_a_waiver_excuses(cells: dict[str, Any], waived: set[str]) -> None:
    result = checked(LATE, waivers=(waiver(**cells),))
    assert set(result.duties.loc[result.duties["verdict"] == "waived", "clause"]) == waived
    assert (result.waivers[0].state == "used") == bool(waived)


def test_a_waived_duty_names_its_waiver_and_is_counted_apart() -> None:
    result = checked(LATE, CALL, waivers=(waiver(clause="TST0101"),))
    duty = result.duties.iloc[0]
    assert (duty["verdict"], duty["waiver"].approved_by, duty["waiver"].reason) == ("waived", "Главный", "так надо")
    assert result.scores[["late", "waived"]].sum().to_dict() == {"late": 0, "waived": 1}


def test_unused_and_expired_waivers_are_told_apart() -> None:
    unused, expired = waiver(deal="77"), waiver(deal="78", until=date(2024, 3, 10))
    last_day = waiver(deal="79", until=date(2024, 3, 11))
    assert [each.state for each in checked(LATE, waivers=(unused, expired, last_day)).waivers] == [
        "unused", "expired", "unused",
    ]  # fmt: skip


def remarks(*waivers: Waiver) -> list[list[tuple[str, str]]]:
    """Kind and words of each waiver's remarks; the audit is as of 11.03.2024 12:00."""
    i18n.activate("en")
    return [[tuple(remark) for remark in each.remarks] for each in checked(LATE, waivers=waivers).waivers]


@pytest.mark.parametrize(
    ("until", "told"),
    [
        (date(2024, 3, 10), []),
        (date(2024, 3, 11), [("ends_soon", "ends today")]),
        (date(2024, 3, 12), [("ends_soon", "ends in 1 day")]),
        (date(2024, 3, 25), [("ends_soon", "ends in 14 days")]),
        (date(2024, 3, 26), []),
        (date(2025, 3, 12), []),
        (
            date(2025, 3, 13),
            [("permanent", "goes on for more than a year: change the clause in auditor.toml instead")],
        ),
    ],
)
def test_a_waiver_that_ends_soon_or_never_is_told(until: date, told: list[tuple[str, str]]) -> None:
    assert remarks(waiver(deal="1", until=until)) == [told]


def test_a_waiver_of_what_the_exports_do_not_have_is_told_with_the_nearest() -> None:
    assert remarks(waiver(deal="77"), waiver(manager="Менеджероф"), waiver(deal="1", manager="менеджеров")) == [
        [("unknown_deal", "the exports have no deal 77")],
        [("unknown_manager", "the exports do not name “Менеджероф”. Did you mean “Менеджеров”?")],
        [],
    ]


MARCH = {"since": date(2024, 3, 1), "until": date(2024, 3, 31)}
APRIL = {"since": date(2024, 4, 1), "until": date(2024, 4, 30)}
FIRST_DAY = {"since": date(2024, 3, 31), "until": date(2024, 4, 30)}


@pytest.mark.parametrize(
    ("one", "other", "covered"),
    [
        ({"deal": "1"}, {"deal": "1"}, [False, True]),
        ({"deal": "1", "clause": "TST0101"}, {"deal": "1"}, [True, False]),
        ({"deal": "1"}, {"deal": "1", "clause": "TST0101"}, [False, True]),
        ({"clause": "TST01"}, {"clause": "TST0101", "manager": "Менеджеров"}, [False, True]),
        ({"manager": "Менеджеров"}, {"manager": "менеджеров", "deal": "1"}, [False, True]),
        ({"clause": "TST01"}, {"deal": "1"}, [False, False]),
        ({"clause": "TST01"}, {"clause": "TST02"}, [False, False]),
        ({"deal": "1", **MARCH}, {"deal": "1", **APRIL}, [False, False]),
        ({"deal": "1", **MARCH}, {"deal": "1", **FIRST_DAY}, [False, True]),
        ({"deal": "1", "until": date(2024, 3, 30)}, {"deal": "1", **FIRST_DAY}, [False, False]),
    ],
)
def test_of_two_waivers_the_one_that_the_other_covers_is_told(
    one: dict[str, Any], other: dict[str, Any], covered: list[bool]
) -> None:
    waivers = [waiver(**cells, place=Place("w.csv", None, row)) for row, cells in enumerate((one, other), 2)]
    found = [[words for kind, words in each if kind == "overlapping"] for each in remarks(*waivers)]
    told = ["“w.csv › 3” covers it already", "“w.csv › 2” covers it already"]
    assert found == [[words] if each else [] for words, each in zip(told, covered, strict=True)]


def test_the_clauses_own_excuse_waives_and_says_who_wrote_what() -> None:
    clause = replace(STAY, excused_by=comment.saying("соглас", but_not="не соглас").by(Role.HEAD))
    text = """
        11.03.2024 10:00  стадия Первый звонок
        13.03.2024 12:00  комментарий «{}» автор Главный
        20.03.2024 10:00  проверка
    """
    duty = checked(text.format("Согласовано"), clause).duties.iloc[0]
    assert (duty["verdict"], duty["waiver"].approved_by, duty["waiver"].reason) == ("waived", "Главный", "Согласовано")
    assert verdicts(checked(text.format("Не согласен"), clause)) == [("TST0102", "missed")]


# ── scope ──

TWO_MANAGERS = """
    люди: Петров (менеджер)
    11.03.2024 10:00  стадия Первый звонок
    сделка 2
    Ответственный = Петров
    15.03.2024 10:00  стадия Первый звонок
    15.03.2024 11:00:01  звонок исходящий недозвон
    15.03.2024 11:30  проверка
"""


@pytest.mark.parametrize(
    ("asked", "deals"),
    [
        ({}, ["1", "2"]),
        ({"managers": ("петров",)}, ["2"]),
        ({"managers": ("Никто",)}, []),
        ({"managers": ("Петров", "Никто")}, ["2"]),
        ({"since": date(2024, 3, 11), "until": date(2024, 3, 11)}, ["1"]),
        ({"since": date(2024, 3, 12)}, ["2"]),
        ({"until": date(2024, 3, 14)}, ["1"]),
        ({"until": date(2024, 3, 10)}, []),
    ],
)
def test_scope_by_manager_and_due_day(asked: dict[str, Any], deals: list[str]) -> None:
    assert sorted(checked(TWO_MANAGERS, CALL, **asked).duties["deal"]) == deals


def test_scope_of_pending_duties_is_as_of_and_of_forbidden_ones_their_day() -> None:
    text = """
        11.03.2024 10:00  стадия Первый звонок
        11.03.2024 10:30  стадия Согласование
        12.03.2024 10:00  стадия Первый звонок
        12.03.2024 10:10  проверка
    """
    both = checked(text, CALL, WAY, since=date(2024, 3, 12))
    assert verdicts(both) == [("TST0101", "pending")]
    assert verdicts(checked(text, WAY, until=date(2024, 3, 11))) == [("TST0201", "forbidden")]
    assert verdicts(checked(text, WAY, since=date(2024, 3, 12))) == []


def test_scope_by_department() -> None:
    tables, settings = export(TWO_MANAGERS)
    assert tables.people is not None
    department = tables.people["name"].map({"Петров": "Отдел Б"}).astype("string").astype("category")
    tables = replace(tables, people=tables.people.assign(department=department))
    request = Request((replace(REGULATION, clauses=(CALL,)),), named=("TST",), department="отдел б", all_duties=True)
    result = audit(tables, request, settings)
    assert list(result.duties["deal"]) == ["2"]
    assert list(result.scores["department"]) == ["Отдел Б"]


# ── who answers ──


def test_a_person_who_had_left_by_the_due_day_does_not_answer() -> None:
    text = """
        люди: Петров (менеджер, до {})
        Ответственный = Петров
        11.03.2024 10:00  стадия Первый звонок
        20.03.2024 10:00  проверка
    """
    assert list(checked(text.format("10.03.2024"), CALL).duties["manager"]) == [""]
    assert list(checked(text.format("11.03.2024"), CALL).duties["manager"]) == ["Петров"]


def test_a_robots_lapse_counts_against_nobody_by_name() -> None:
    clause = replace(CALL, duty=Response(on=enters(FIRST), expect=email(OUT), due=hours(1)), role=Role.ROBOT)
    result = checked(LATE, clause)
    assert result.duties[["manager", "role", "how"]].to_dict("records") == [
        {"manager": "", "role": "robot", "how": "missed"}
    ]


def test_a_robots_own_act_is_no_suspect_in_its_own_clause() -> None:
    text = """
        11.03.2024 10:00  стадия Первый звонок
        10:30  сообщение исходящее робот
        12:00  проверка
    """
    clause = replace(CALL, duty=Response(on=enters(FIRST), expect=message(OUT), due=hours(1)))
    assert checked(text, clause).duties["suspect"].tolist() == [["robot"]]
    assert checked(text, replace(clause, role=Role.ROBOT)).duties["suspect"].tolist() == [[]]


CONTROL = replace(CALL, duty=Response(on=enters(FIRST), expect=task().done, due=hours(1)), role=Role.HEAD)


def test_of_another_role_its_only_person_answers_else_the_tasks_addressee() -> None:
    text = """
        11.03.2024 10:00  стадия Первый звонок
        12:00  проверка
    """
    assert list(checked(text, CONTROL).duties["manager"]) == ["Главный"]
    two = "люди: Второй (руководитель)\n" + dedent(text)
    assert list(checked(two, CONTROL).duties["manager"]) == [""]
    given = dedent(two).replace("12:00", "10:05  задача «Проверить» для Второй\n12:00")
    assert list(checked(given, CONTROL).duties["manager"]) == ["Второй"]


def test_for_a_task_answers_whom_it_was_given_to_whatever_others_got_later() -> None:
    text = """
        люди: Второй (руководитель)
        11.03.2024 10:00  стадия Первый звонок
        10:10  задача № 1 «Проверить» для Второй
        10:20  задача № 2 «Проверить ещё» для Главный
        10:30  задача № 3 «Перезвонить» для Менеджеров
        12:00  проверка
    """
    each = replace(CONTROL, duty=Response(on=task("Проверить"), expect=task().done, due=hours(1)))
    assert answers(text, each) == [("Второй", "head"), ("Главный", "head")]


HELD = """
    люди: Дизайнерова (дизайнер), Второй (менеджер)
    Ответственный = Менеджеров
    11.03.2024 10:00  стадия Первый звонок
    10:30  ответственный {}
    12:00  проверка
"""


def answers(text: str, *clauses: Clause) -> list[tuple[str, str]]:
    """Who answers for each duty, and as what, in the order in which they arose."""
    duties = checked(text, *clauses).duties.sort_values("arose", kind="stable")
    return list(zip(duties["manager"], duties["role"], strict=True))


@pytest.mark.parametrize(
    ("holder", "answer"),
    [
        ("Второй", ("Второй", "manager")),
        ("Дизайнерова", ("Менеджеров", "manager")),
        ("Главный", ("Главный", "head")),
        ("Никому Неизвестный", ("Никому Неизвестный", "manager")),
    ],
)
def test_a_helper_who_holds_a_deal_does_not_answer_a_head_answers_as_one(holder: str, answer: tuple[str, str]) -> None:
    assert answers(HELD.format(holder), CALL) == [answer]


def test_a_helper_before_whom_nobody_held_the_deal_leaves_nobody_by_name() -> None:
    assert answers(HELD.format("Второй").replace("= Менеджеров", "= Дизайнерова").replace("10:30", "11:30"), CALL) == [
        ("", "manager")
    ]


def test_several_helpers_after_one_another_are_passed_over_in_their_own_deal_only() -> None:
    text = dedent(HELD).format("Дизайнерова").replace("12:00", "10:40  ответственный Секретарёва\n12:00")
    assert answers(text, CALL) == [("Менеджеров", "manager")]
    other = text.replace(
        "12:00", "сделка 2\nОтветственный = Дизайнерова\n11.03.2024 10:00  стадия Первый звонок\n12:00"
    )
    assert sorted(answers(other, CALL)) == [("", "manager"), ("Менеджеров", "manager")]


def test_heads_duties_are_scored_apart() -> None:
    scores = checked(HELD.format("Главный"), CALL).scores
    assert scores[["manager", "role", "missed"]].to_dict("records") == [
        {"manager": "Главный", "role": "head", "missed": 1}
    ]


def test_for_a_helpers_clause_who_of_that_role_held_the_deal_last_answers() -> None:
    drawn = replace(CALL, role=Role.DESIGNER)
    two = HELD.replace("Второй (менеджер)", "Второй (дизайнер)")
    assert answers(two.format("Второй"), drawn) == [("Второй", "designer")]
    back = dedent(two).format("Второй").replace("12:00", "10:40  ответственный Менеджеров\n12:00")
    assert answers(back, drawn) == [("Второй", "designer")]
    assert answers(two.format("Менеджеров"), drawn) == [("", "designer")]


def test_working_deadlines_and_days_run_on_the_schedule_of_who_answers() -> None:
    """While a designer who works at weekends holds the deal, its manager owes nothing on them."""
    text = """
        люди: Дизайнерова (дизайнер)
        график Дизайнерова: пн-вс 09:00-18:00
        Ответственный = Менеджеров
        01.03.2024 10:00  стадия Первый звонок
        10:30  ответственный Дизайнерова
        05.03.2024 12:00  проверка
    """
    daily = replace(CALL, duty=PerDay(during=FIRST, expect=call(OUT)))
    found = checked(text, daily).duties
    assert [f"{arose:%d}" for arose in found["arose"]] == ["01", "04", "05"]
    assert set(found["manager"]) == {"Менеджеров"}
    hour = replace(CALL, duty=Response(on=comment, expect=call(OUT), due=working_hours(1)))
    told = dedent(text).replace("05.03.2024", "02.03.2024 10:00  комментарий\n05.03.2024")
    assert [f"{due:%d %H:%M}" for due in checked(told, hour).duties["due"]] == ["04 10:00"]


def test_a_day_that_was_kept_is_credited_to_who_held_the_deal_when_it_was() -> None:
    text = """
        люди: Второй (менеджер)
        Ответственный = Менеджеров
        11.03.2024 10:00  стадия Первый звонок
        11:00  звонок исходящий недозвон
        {}  ответственный Второй
        13.03.2024 12:00  проверка
    """
    daily = replace(CALL, duty=PerDay(during=FIRST, expect=call(OUT)))
    kept, missed, pending = answers(text.format("18:33"), daily)
    assert (kept[0], missed[0], pending[0]) == ("Менеджеров", "Второй", "Второй")
    assert answers(text.format("11:00:00"), daily)[0][0] == "Менеджеров"
    assert answers(text.format("10:59:59"), daily)[0][0] == "Второй"


# ── what could only excuse ──


def test_a_violation_says_what_could_have_excused_it_and_is_not_exported() -> None:
    clause = replace(CALL, duty=Response(on=enters(FIRST), expect=call(OUT), due=hours(1), until=message(IN)))
    text = "нет: сообщения\n" + dedent(LATE)
    result = checked(text, clause)
    (late,) = result.duties.itertuples()
    assert coverage(result, "TST0101").why == "not exported, though it could excuse: incoming messages"
    assert late.why.endswith(" Not exported, though it could excuse: incoming messages.")
    kept = checked(text.replace("11:00:01", "11:00:00"), clause).duties
    assert "excuse" not in kept["why"].item()
    assert "excuse" not in checked(LATE, clause).duties["why"].item()


# ── what a company need not use ──

WRITTEN = replace(CALL, duty=Response(on=enters(FIRST), expect=attempt, due=hours(1)))
NO_SMS = "нет: sms\n" + dedent(LATE)


def test_without_an_sms_in_the_whole_export_none_are_used_and_coverage_says_so() -> None:
    result = checked(NO_SMS, WRITTEN)
    assert result.duties["verdict"].tolist() == ["violated"]
    assert result.coverage[0].why == "not one in the whole export, taken as not used: SMS"
    assert result.unused == ("sms",)


def test_a_setting_says_that_sms_are_missing() -> None:
    result = checked(NO_SMS, WRITTEN, settings={"missing_streams": ("sms",)})
    assert result.duties["verdict"].tolist() == ["unknown"]
    assert result.coverage[0].why == "not exported: SMS — what only they could show is unknown"
    assert result.unused == ()


def test_a_clause_that_asks_for_an_sms_itself_is_not_checked_without_any() -> None:
    clause = replace(CALL, duty=Response(on=enters(FIRST), expect=sms(OUT), due=hours(1)))
    assert checked(NO_SMS, clause).coverage[0].status == Status.NOT_CHECKED


def test_a_named_chat_without_a_row_in_the_whole_export_is_a_missing_stream() -> None:
    said, either = (replace(CALL, duty=Response(on=enters(FIRST), expect=what, due=hours(1)))
                    for what in (chat.in_channel("склад"), chat.in_channel("склад") | comment))  # fmt: skip
    found = checked(LATE, said).coverage[0]
    assert (found.status, found.missing) == (
        Status.NOT_CHECKED, ("the chat “склад” (not exported, or never used)",),
    )  # fmt: skip
    assert checked(LATE, either).duties["verdict"].tolist() == ["unknown"]
    used = LATE.replace("12:00", "11:40  чат канал «Склад» «ок»\n    12:00")
    assert checked(used, said).duties["how"].tolist() == ["late"]
    assert checked(used, either).duties["how"].tolist() == ["late"]


def test_a_column_without_a_single_template_tells_no_templates_one_with_any_does() -> None:
    clause = replace(CALL, duty=Response(on=enters(FIRST), expect=letter("КП"), due=hours(1)))
    text = LATE.replace("11:30", "10:30  письмо исходящее «Привет»\n    11:30")
    assert checked(text, clause).duties["verdict"].tolist() == ["met"]
    told = text.replace("12:00", "11:40  письмо исходящее «Привет» шаблон «Договор»\n    12:00")
    assert checked(told, clause).duties["how"].tolist() == ["missed"]


# ── the rest of a report ──


def test_an_unknown_stage_is_told_with_the_nearest() -> None:
    tables, settings = export(LATE)
    assert tables.history is not None
    renamed = tables.history.assign(
        after=tables.history["after"].astype("string").replace("Согласование", "Согласовние").astype("category")
    )
    result = audit(replace(tables, history=renamed), Request((REGULATION,), named=("TST",)), settings)
    told = [str(problem) for problem in result.problems]
    assert any("“Согласовние”; the nearest is “Согласование”" in text for text in told)


def test_a_setting_maps_the_companys_name_of_a_stage() -> None:
    tables, settings = export(LATE)
    assert tables.history is not None
    renamed = tables.history.assign(
        after=tables.history["after"].astype("string").replace("Согласование", "Торг").astype("category")
    )
    settings = replace(settings, stages={"Торг": "Согласование"})
    result = audit(replace(tables, history=renamed), Request((REGULATION,), named=("TST",)), settings)
    assert not [problem for problem in result.problems if "stage" in problem.what]


def test_supposed_days_off_are_named_per_manager() -> None:
    clause = replace(CALL, duty=PerDay(during=FIRST, expect=call(OUT)))
    text = """
        предполагаемые выходные
        11.03.2024 10:00  стадия Первый звонок
        13.03.2024 10:00  стадия Обсуждение
    """
    result = checked(text, clause)
    assert verdicts(result) == [("TST0101", "missed"), ("TST0101", "unknown")]
    assert dict(result.supposed_days_off) == {"Менеджеров": (date(2024, 3, 12),)}


def test_links_are_made_of_the_setting() -> None:
    result = checked(LATE, CALL, settings={"link": "https://crm.example/deal/{id}/"})
    assert list(result.duties["link"]) == ["https://crm.example/deal/1/"]
    assert list(checked(LATE, CALL).duties["link"]) == [""]


def test_duties_that_arose_and_fall_due_together_are_one() -> None:
    text = """
        11.03.2024 09:00  создана в стадии Обсуждение
        10:00  комментарий «первый»
        10:00  комментарий «второй»
        12:00  проверка
    """
    clause = replace(CALL, duty=Response(on=comment, expect=call(OUT), due=hours(1)))
    assert verdicts(checked(text, clause)) == [("TST0101", "missed")]


def test_duties_of_one_moment_with_other_dues_have_ids_of_their_own() -> None:
    text = """
        11.03.2024 09:00  создана в стадии Обсуждение
        09:10  задача «Позвонить» до 12.03.2024 10:00
        09:20  задача «Позвонить ещё» до 12.03.2024 15:00
        15.03.2024 12:00  проверка
    """
    clause = replace(CALL, duty=Response(on=due_days(planned_contact), expect=attempt, due=working_hours(1)))
    found = checked(text, clause).duties
    assert [str(due) for due in found["due"]] == ["2024-03-12 11:00:00", "2024-03-12 16:00:00"]
    assert found["arose"].nunique() == 1 and found["id"].nunique() == 2


def test_scores_add_up_to_the_duties() -> None:
    result = checked(TWO_MANAGERS)
    verdict = result.duties["how"].where(result.duties["verdict"] == "violated", result.duties["verdict"])
    listed = result.duties.assign(verdict=verdict).groupby(["manager", "clause", "verdict"]).size()
    counted = result.scores.melt(["manager", "clause"], list(COUNTS), "verdict", "number")
    numbers = counted[counted["number"] > 0].set_index(["manager", "clause", "verdict"])["number"]
    assert listed.to_dict() == numbers.to_dict()


def test_evidence_names_the_rows_of_trigger_and_fulfilment() -> None:
    places = checked(LATE, CALL).duties.iloc[0]["evidence"]
    assert [(place.sheet, place.row) for place in places] == [("История", 2), ("Дела", 3)]


def test_the_last_of_a_day_is_the_same_duty_before_and_after_a_later_one() -> None:
    text = """
        11.03.2024 09:00  создана в стадии Обсуждение
        10:00  звонок исходящий дозвон
        11.03.2024 {}
    """
    clause = replace(CALL, duty=Response(on=contact.last_of_day, expect=message(OUT), due=days(1)))
    noon = checked(text.format("12:00  проверка"), clause).duties
    night = checked(text.format("16:00  звонок исходящий дозвон"), clause).duties
    assert [str(arose) for arose in (*noon["arose"], *night["arose"])] == ["2024-03-11 10:00:00", "2024-03-11 16:00:00"]
    assert list(noon["id"]) == list(night["id"])


def test_calls_too_close_together_are_not_told_as_calls_enough() -> None:
    text = """
        11.03.2024 09:00  создана в стадии Обсуждение
        10:00  звонок исходящий недозвон
        10:44:59  звонок исходящий недозвон
        12.03.2024 10:00  проверка
    """
    clause = replace(CALL, duty=PerDay(during=(TALKS,), expect=call(OUT), at_least=2, apart=minutes(45)))
    why = checked(text, clause).duties["why"].iloc[0]
    assert why == (
        "2024-03-11: an outgoing call, 45 minutes or more from the first to the last — 2 (10:00, 10:44), needed: 2. "
        "In “Обсуждение” since 2024-03-11 09:00."
    )


def test_violations_of_one_act_share_an_incident() -> None:
    """Two conditions that one move breaks are one incident; a missed call is another."""
    text = """
        Город =
        11.03.2024 09:00  создана в стадии Первый звонок
        10:00  стадия Обсуждение
        12.03.2024 10:00  проверка
    """
    clauses = [
        replace(CALL, code=code, duty=Condition(on=enters(TALKS), that=filled(caption)))
        for code, caption in (("TST0101", "Город"), ("TST0102", "Бюджет сделки"))
    ]
    late = replace(CALL, code="TST0103", duty=Response(on=enters(TALKS), expect=call(OUT), due=hours(1)))
    duties = checked(text, *clauses, late).duties.set_index("clause")
    assert duties["verdict"].tolist() == ["violated"] * 3
    assert duties.loc["TST0101", "incident"] == duties.loc["TST0102", "incident"] == duties.loc["TST0101", "id"]
    assert duties.loc["TST0103", "incident"] == duties.loc["TST0103", "id"]


# ── what a report says of the audit itself ──


def test_what_is_met_by_something_odd_is_counted_with_its_deal_though_not_listed() -> None:
    text = """
        люди: Петров (менеджер)
        Ответственный = Петров
        11.03.2024 10:00  стадия Первый звонок
        10:30  сообщение исходящее робот
        12:00  проверка
    """
    clause = replace(CALL, duty=Response(on=enters(FIRST), expect=message(OUT), due=hours(1)))
    result = checked(text, clause, all_duties=False)
    assert result.duties.empty
    assert result.suspected == (Suspected("Петров", "TST0101", "robot", 1, ("1",)),)
    assert checked(text, clause, settings={"strict": True}).suspected == ()


def test_the_extent_of_the_export_is_told_whatever_as_of_is() -> None:
    begins = date(2000, 1, 1)  # a story's exports cover all time
    assert checked(LATE).extent == Extent(1, 0, begins, date(2024, 3, 11))
    assert checked(LATE, settings={"as_of": datetime(2024, 3, 1)}).extent == Extent(0, 0, begins, date(2024, 3, 11))


def test_the_scope_says_what_was_asked() -> None:
    scope = checked(
        LATE, select=("TST",), ignore=("TST0102",), managers=("Петров",), severity=Severity.MEDIUM, period="yesterday",
        since=date(2024, 3, 11), until=date(2024, 3, 11), config="auditor.toml", settings={"strict": True},
    ).scope  # fmt: skip
    day = date(2024, 3, 11)
    assert scope == Scope(
        "yesterday", day, day, ("Петров",), (), "medium", ("TST",), ("TST0102",), True, "auditor.toml"
    )
    assert checked(LATE, department="Отдел").scope == Scope(departments=("Отдел",))


def test_rules_to_check_by_hand_are_told_in_the_active_language() -> None:
    rule = FUR.by_hand[0]
    i18n.activate("en")
    told = by_hand([FUR])[0].why
    assert told == f"{rule.where}: {i18n.clause_text('FUR', rule.text)} — {i18n.clause_text('FUR', rule.why)}"
    assert rule.text not in told


@pytest.mark.parametrize(
    ("end", "amount", "at_stake"),
    [
        ("11:30  стадия Согласование", 5000.0, 5000.0),
        ("11:30  стадия Согласование", None, None),
        ("11:30  отказ: дорого", 5000.0, None),
        ("13.03.2024 11:30  отказ: дорого", 5000.0, 5000.0),
    ],
)
def test_at_stake_is_the_amount_of_a_deal_that_is_open_as_of_the_audit(
    end: str, amount: float | None, at_stake: float | None
) -> None:
    tables, settings = export(f"11.03.2024 10:00  стадия Первый звонок\n{end}\n12.03.2024 12:00  проверка")
    tables = replace(tables, deals=tables.deals.assign(amount=[amount]))
    found = audit(tables, Request((REGULATION,), named=("TST",)), settings).duties["at_stake"]
    assert found.astype(object).where(found.notna(), None).unique().tolist() == [at_stake]


def test_an_export_without_amounts_has_nothing_at_stake() -> None:
    assert checked(LATE).duties["at_stake"].isna().all()


def test_of_the_company_are_those_who_held_a_deal_or_are_listed_and_not_the_clients() -> None:
    text = """
        люди: Петров (менеджер), Бывший (секретарь)
        Ответственный = Сменов
        11.03.2024 10:00  стадия Первый звонок
        10:05  ответственный Петров
        10:10  сообщение входящее «привет» автор Клиентов
        12:00  проверка
    """
    assert set(checked(text).people) >= {"Петров", "Бывший", "Сменов"}
    assert "Клиентов" not in checked(text).people
