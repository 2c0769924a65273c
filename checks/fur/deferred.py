"""FUR: воронка «Отложенный спрос»."""

from auditor.patterns import (
    Condition, Response, StageIsTasksMonth, comment, due_ahead, due_days, end_of_working_day, enters, enters_pipeline,
    further_than, planned, planned_contact, task,
)  # fmt: skip
from auditor.rules import HIGH, MEDIUM, Clause
from checks.fur.pipelines import DEFERRED, KEPT_IN_TOUCH, MONTHS, SALES

DEFERRED_CLAUSES = (
    # ── Отложенный спрос ──
    Clause(
        "FUR1201", HIGH, "Отложенный спрос, пп. 1–2",
        "Поставлена задача о следующем контакте больше чем через 32 дня.",
        planned(on=enters_pipeline(DEFERRED), window=further_than(32)),
    ),
    Clause(
        "FUR1202", MEDIUM, "Отложенный спрос, п. 3",
        "Закреплённый комментарий объясняет, почему спрос отложен.",
        Response(on=enters_pipeline(DEFERRED), expect=comment.pinned, due=end_of_working_day),
    ),
    Clause(
        "FUR1203", MEDIUM, "Отложенный спрос, п. 4",
        "Стадия — месяц назначенного контакта.",
        Condition(on=enters(*MONTHS), that=StageIsTasksMonth(task()), grace=end_of_working_day),
        reading="Хватает одной открытой задачи со сроком в этом месяце; без задачи — неизвестно.",
    ),
    Clause(
        "FUR1204", MEDIUM, "Отложенный спрос, п. 5",
        "Контакт отложен ещё раз — сделка в месяце новой задачи.",
        Condition(
            on=task().during(*MONTHS).when(due_ahead > 32), that=StageIsTasksMonth(task()), grace=end_of_working_day,
        ),
    ),
    Clause(
        "FUR1205", MEDIUM, "Отложенный спрос, п. 6",
        "Работа возобновлена: контакт ближе 32 дней — сделка возвращается в «Продажи».",
        Response(
            on=planned_contact.during(*MONTHS), when=due_ahead < 32, expect=enters_pipeline(SALES),
            due=end_of_working_day,
        ),
    ),
    Clause(
        "FUR1206", HIGH, "Отложенный спрос, пп. 5–6",
        "Назначенный контакт происходит в свой день.",
        Response(on=due_days(planned_contact).during(*MONTHS), expect=KEPT_IN_TOUCH, due=end_of_working_day),
        reading="Как в FUR0405.",
    ),
)  # fmt: skip
