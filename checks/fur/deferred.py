"""FUR: воронка «Отложенный спрос»."""

from auditor.patterns import (
    Condition, Response, StageIsTasksMonth, comment, contact, due_ahead, due_days, end_of_working_day, enters,
    enters_pipeline, further_than, leaves, once, planned, planned_contact, silence, task, task_ends,
)  # fmt: skip
from auditor.rules import HIGH, MEDIUM, Clause
from checks.fur.pipelines import DEFERRED, KEPT_IN_TOUCH, MONTHS, ON_ITS_DAY, SALES

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
        Response(on=enters_pipeline(DEFERRED), expect=comment.pinned.that_day, due=end_of_working_day),
        reading="Засчитан комментарий, закреплённый в день, когда сделка пришла в воронку, до конца рабочего дня, что "
        "бы в нём ни было; годится и закреплённый в тот день раньше.",
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
            on=planned_contact.during(*MONTHS).when((due_ahead > 32) & (silence(enters(*MONTHS)) >= 1)),
            that=StageIsTasksMonth(planned_contact), grace=end_of_working_day, until=leaves(*MONTHS) | task_ends,
        ),
        reading="Новая задача — задача о контакте, чей срок дальше 32 дней, поставленная не в день входа в стадию: тот "
        "день проверяет FUR1203. Переставить сделку нужно до конца рабочего дня; уход из стадии раньше снимает "
        "обязанность, и выполнение, удаление или перенос задачи — тоже.",
        assumed=("due",),
    ),
    Clause(
        "FUR1205", MEDIUM, "Отложенный спрос, п. 6",
        "Работа возобновлена: контакт ближе 32 дней — сделка возвращается в «Продажи».",
        Response(
            on=planned_contact.during(*MONTHS), when=(due_ahead < 32) & once(contact) & (silence(contact) < 1),
            expect=enters_pipeline(SALES), due=end_of_working_day,
        ),
        reading="Контакт назначен задачей в день, когда клиент ответил, после его ответа: без ответа ничего не "
        "возобновлено. Ровно 32 дня не требуют ничего. Срок — конец рабочего дня.",
        assumed=("due",),
    ),
    Clause(
        "FUR1206", HIGH, "Отложенный спрос, пп. 5–6",
        "Контакт, назначенный в «Отложенном спросе», происходит в свой день.",
        Response(on=due_days(planned_contact).during(*MONTHS), expect=KEPT_IN_TOUCH, due=ON_ITS_DAY),
        reading="Засчитаны попытка связаться, ответ клиента, выполнение задачи или её перенос до конца дня, на который "
        "назначена задача о контакте. Задачу на выходной можно исполнить и в следующий рабочий день.",
    ),
)  # fmt: skip
