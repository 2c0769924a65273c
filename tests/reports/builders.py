"""A small audit as the engine would hand it over: two managers, a head, a robot, and every verdict."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar

import pandas as pd

from auditor.audit.result import COUNTS, Audit, Coverage, Parameter, PipelineFound, Remark, Status, Waiver
from auditor.inputs.tables import Place, Problem, Source
from auditor.patterns.core.needs import Field, Need, Stream
from auditor.rules import HIGH, LOW, MEDIUM, ByHand, Clause, Pipeline, Regulation, Role
from auditor.terms import Checked

AS_OF = datetime(2024, 3, 12, 18, 0)
WAIVER = Waiver("FUR0902", "1003", "", date(2024, 3, 1), date(2024, 3, 31), "Главный", "клиент в отпуске", "used")


@dataclass(frozen=True)
class Shape:
    """Stands where a clause has its pattern: reports see its parameters and needs only."""

    PARAMETERS: ClassVar[dict[str, str]] = {"at_least": "at_least", "grace": "grace"}
    at_least: int = 3
    grace: float = 4.5
    needs: tuple[Need, ...] = (Stream("call", "message"), Field("Город"))


SHAPE: Any = Shape()


CALLS = Clause(
    "FUR0201", HIGH, "Недозвон", "Пока лид в «Недозвоне», менеджер звонит клиенту не реже трёх раз в день.",
    SHAPE, reading="День засчитан, если до клиента дозвонились.", assumed=("grace",),
)  # fmt: skip
LETTER = Clause("FUR0203", LOW, "Недозвон", "О недозвоне сообщают секретарю.", SHAPE, role=Role.ROBOT)
STAY = Clause("FUR0902", HIGH, "Преддоговор, п. 5", "Сделка стоит в «Преддоговоре» не дольше 30 дней.", SHAPE)
BACK = Clause("FUR0601", MEDIUM, "Предзамер", "Из «Предзамера» не возвращаются в «Просчёт».", SHAPE)
MAIL = Clause("FUR0202", MEDIUM, "Недозвон", "Каждый рабочий день клиенту пишут.", SHAPE)
REGULATION = Regulation(
    "FUR", "Мебельная компания", (Pipeline("Лиды", ("Новый лид", "Недозвон")),), (CALLS, MAIL, LETTER, BACK, STAY),
    chapters={"FUR02": "Недозвон", "FUR06": "Предзамер", "FUR09": "Преддоговор"},
    by_hand=(ByHand("Недозвон", "Разговор ведут по сценарию.", "Записей разговоров нет в выгрузке."),),
)  # fmt: skip

BLANK: dict[str, Any] = {
    "id": "", "clause": "FUR0201", "severity": "high", "entity": "deal", "deal": "1001", "title": "Кухня", "link": "",
    "manager": "Петров Иван", "department": "Розница", "role": "manager", "arose": pd.NaT, "due": pd.NaT,
    "met_at": pd.NaT, "verdict": "violated", "how": "missed", "measured": None, "limit": None, "unit": "",
    "overrun": None, "why": "", "findings": [], "incident": "", "suspect": [], "waiver": None, "evidence": [],
    "at_stake": None,
}  # fmt: skip


def duty(**values: Any) -> dict[str, Any]:
    """One row of `Audit.duties`."""
    return {**BLANK, "incident": values.get("id", ""), **values}


def row(number: int, sheet: str = "Дела") -> Place:
    return Place("march.xlsx", sheet, number)


def frame(duties: list[dict[str, Any]]) -> pd.DataFrame:
    """`Audit.duties` of these rows, with the types that the engine gives."""
    made = pd.DataFrame(duties, columns=list(BLANK))
    for name in ("arose", "due", "met_at"):
        made[name] = made[name].astype("datetime64[s]")
    for name in ("measured", "limit", "overrun", "at_stake"):
        made[name] = made[name].astype("float64")
    return made


CALLS_OWED = duty(
    id="a1", entity="lead", deal="501", title="Лид с сайта, Анна", link="https://crm.example/lead/501/",
    arose=datetime(2024, 3, 5), due=datetime(2024, 3, 5, 23, 59, 59), measured=2, limit=3, unit="times", overrun=1,
    why="В «Недозвоне» 05.03.2024: нужно звонков 3, было 2.", findings=[Checked("звонок", "3", "2", False)],
    suspect=["burst"],
    evidence=[row(12), row(13)],
)  # fmt: skip
STAYED = duty(
    id="a2", clause="FUR0902", deal="1002", title="Кухня для Сидоровой", arose=datetime(2024, 2, 1, 10),
    due=datetime(2024, 3, 2, 23, 59, 59), met_at=datetime(2024, 3, 5, 11, 30), how="late", measured=33, limit=30,
    unit="days", overrun=2.479, why="Вошла в «Преддоговор» 01.02.2024, ушла 05.03.2024.",
    evidence=[row(7, "История"), row(9, "История")],
)  # fmt: skip
WAIVED = duty(
    id="a3", clause="FUR0902", deal="1003", due=datetime(2024, 3, 6, 23, 59, 59), verdict="waived", limit=30,
    unit="days", overrun=5.75, waiver=WAIVER, why="Стоит в «Преддоговоре».", evidence=[row(8, "История")],
)  # fmt: skip
WENT_BACK = duty(
    id="b1", clause="FUR0601", severity="medium", deal="1004", title="Шкаф", manager="Смирнова Ольга",
    arose=datetime(2024, 3, 11, 12), due=datetime(2024, 3, 11, 12), met_at=datetime(2024, 3, 11, 12),
    how="forbidden", why="Из «Предзамера» в «Просчёт».", evidence=[row(40, "История")],
)  # fmt: skip
OWED_TODAY = duty(
    id="b2", deal="1005", manager="Смирнова Ольга", arose=datetime(2024, 3, 12), due=datetime(2024, 3, 12, 23, 59, 59),
    verdict="pending", how="", measured=1, limit=3, unit="times",
)  # fmt: skip
OWED_LATER = duty(
    id="b3", clause="FUR0902", deal="1006", manager="Смирнова Ольга", due=datetime(2024, 3, 20, 23, 59, 59),
    verdict="pending", how="", limit=30, unit="days",
)  # fmt: skip
ROBOTS = duty(
    id="c1", clause="FUR0203", severity="low", deal="502", entity="lead", manager="", department="", role="robot",
    arose=datetime(2024, 3, 11, 9), due=datetime(2024, 3, 11, 9, 5), how="missed", unit="working_hours", overrun=12.5,
)  # fmt: skip
DUTIES = [CALLS_OWED, STAYED, WAIVED, OWED_TODAY, OWED_LATER, WENT_BACK, ROBOTS]


def score(manager: str, clause: str, severity: str, role: str = "manager", **counts: int) -> dict[str, Any]:
    """One row of `Audit.scores`."""
    department = "Розница" if role == "manager" else ""
    key = {"manager": manager, "department": department, "role": role, "clause": clause, "severity": severity}
    return {**key, **dict.fromkeys(COUNTS, 0), **counts}


SCORES = [
    score("Петров Иван", "FUR0201", "high", met=5, missed=1),
    score("Петров Иван", "FUR0902", "high", met=2, late=1, waived=1),
    score("Смирнова Ольга", "FUR0201", "high", met=9, pending=1, unknown=2),
    score("Смирнова Ольга", "FUR0601", "medium", met=3, forbidden=1),
    score("Смирнова Ольга", "FUR0902", "high", pending=1),
    score("", "FUR0203", "low", "robot", missed=1),
    score("Главный", "FUR0203", "low", "head", met=4),
]

COVERAGE = (
    Coverage("FUR0201", Status.CHECKED),
    Coverage("FUR0202", Status.NOT_CHECKED, "нет исходящих сообщений", ("исходящие сообщения",)),
    Coverage("FUR0203", Status.CHECKED),
    Coverage("FUR0601", Status.CHECKED),
    Coverage("FUR0902", Status.CHECKED),
    Coverage("FUR", Status.BY_HAND, "Недозвон: разговор ведут по сценарию — записей разговоров нет в выгрузке"),
)


def audit_of(duties: list[dict[str, Any]], scores: list[dict[str, Any]]) -> Audit:
    """An audit with nothing but these duties and scores."""
    keys = ["manager", "department", "role", "clause", "severity", *COUNTS]
    return Audit(
        as_of=AS_OF,
        timezone="Europe/Moscow",
        regulations=(REGULATION,),
        chosen_because="",
        inputs=(),
        problems=(),
        coverage=COVERAGE,
        scores=pd.DataFrame(scores, columns=keys),
        duties=frame(duties),
    )


def sample() -> Audit:
    """The audit that most tests read."""
    return replace(
        audit_of(DUTIES, SCORES),
        chosen_because="выбран, потому что в данных названы этапы «Недозвон», «Преддоговор»",
        inputs=(
            Source("march.xlsx", "Сделки", "deals", "plain", 2000, 0, 0),
            Source("march.xlsx", "Дела", "activities", "plain", 60000, 1, 2001),
        ),
        pipelines=(
            PipelineFound("Лиды", "FUR", None, 1700, judged=True),
            PipelineFound("Продажи 2024", "FUR", "Продажи", 1000, judged=True),
            PipelineFound("Партнёры", None, None, 1, judged=False),
        ),
        problems=(Problem(Place("march.xlsx", "Дела", 77, "Время"), "не дата: «вчера»"),),
        parameters=(Parameter("FUR0201", "at_least", 4, 3),),
        waivers=(
            WAIVER,
            Waiver(
                "FUR02", "", "Петров Иван", None, date(2024, 2, 1), "Главный", "болел", "expired",
                place=Place("waivers.csv", None, 2),
            ),
            Waiver(
                "", "1009", "", None, date(2024, 4, 1), "Главный", "спор с клиентом", "unused",
                (Remark("unknown_deal", "the exports have no deal 1009"),), Place("waivers.csv", None, 3),
            ),
        ),
        supposed_days_off={"Смирнова Ольга": (date(2024, 3, 4), date(2024, 3, 6))},
        streams=pd.DataFrame(
            {"kind": ["call", "stage"], "from": [date(2024, 1, 9)] * 2, "to": [date(2024, 3, 12)] * 2,
             "rows": [5100, 1800]}
        ),
    )  # fmt: skip
