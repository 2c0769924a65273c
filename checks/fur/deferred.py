"""FUR: воронка «Отложенный спрос»."""

from auditor.patterns import (
    Condition, Response, StageIsTasksMonth, comment, due_ahead, due_days, end_of_working_day, enters, enters_pipeline,
    further_than, leaves, planned, planned_contact, task,
)  # fmt: skip
from auditor.rules import HIGH, MEDIUM, Clause
from checks.fur.pipelines import DEFERRED, KEPT_IN_TOUCH, MONTHS, SALES

DEFERRED_CLAUSES = (
    # ── Отложенный спрос ──
    Clause(
        "FUR1201", HIGH, "Отложенный спрос, пп. 1–2",
        "В «Отложенном спросе» поставлена задача о следующем контакте больше чем через 32 дня.",
        planned(on=enters_pipeline(DEFERRED), window=further_than(32)),
        reading="Поставить её нужно до конца рабочего дня, когда сделка пришла в воронку.",
        assumed=("due",),
    ),
    Clause(
        "FUR1202", MEDIUM, "Отложенный спрос, п. 3",
        "Закреплённый комментарий объясняет, почему спрос отложен.",
        Response(on=enters_pipeline(DEFERRED), expect=comment.pinned, due=end_of_working_day),
        reading="Засчитан закреплённый комментарий до конца рабочего дня, когда сделка пришла в воронку, что бы в нём "
        "ни было.",
        assumed=("due",),
    ),
    Clause(
        "FUR1203", MEDIUM, "Отложенный спрос, п. 4",
        "Стадия «Отложенного спроса» — месяц назначенного контакта.",
        Condition(
            on=enters(*MONTHS), that=StageIsTasksMonth(task()), grace=end_of_working_day, until=leaves(*MONTHS),
        ),
        reading="Хватает одной открытой задачи со сроком в этом месяце; задач нет — вывод «неизвестно». Срок — конец "
        "рабочего дня, когда сделка вошла в стадию; уход из стадии раньше снимает обязанность.",
        assumed=("due",),
    ),
    Clause(
        "FUR1204", MEDIUM, "Отложенный спрос, п. 5",
        "Контакт отложен ещё раз — сделка стоит в месяце новой задачи.",
        Condition(
            on=task().during(*MONTHS).when(due_ahead > 32), that=StageIsTasksMonth(task()), grace=end_of_working_day,
            until=leaves(*MONTHS),
        ),
        reading="Новая задача — та, чей срок дальше 32 дней. Переставить сделку нужно до конца рабочего дня; уход из "
        "стадии раньше снимает обязанность.",
        assumed=("due",),
    ),
    Clause(
        "FUR1205", MEDIUM, "Отложенный спрос, п. 6",
        "Работа возобновлена: контакт ближе 32 дней — сделка возвращается в «Продажи».",
        Response(
            on=planned_contact.during(*MONTHS), when=due_ahead < 32, expect=enters_pipeline(SALES),
            due=end_of_working_day,
        ),
        reading="Контакт назначен задачей; ровно 32 дня не требуют ничего. Срок — конец рабочего дня.",
        assumed=("due",),
    ),
    Clause(
        "FUR1206", HIGH, "Отложенный спрос, пп. 5–6",
        "Контакт, назначенный в «Отложенном спросе», происходит в свой день.",
        Response(on=due_days(planned_contact).during(*MONTHS), expect=KEPT_IN_TOUCH, due=end_of_working_day),
        reading="Засчитаны попытка связаться, ответ клиента или перенос задачи до конца рабочего дня, на который "
        "назначена задача о контакте.",
        assumed=("due",),
    ),
)  # fmt: skip
