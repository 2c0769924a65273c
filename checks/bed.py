"""BED: порядок работы с индивидуальным заказом кровати (amoCRM): от обращения до доставки и отзыва."""

from auditor.patterns import (
    ANSWERED, LOST, OUT, Condition, Response, attached, both, call, came_from, closed, contact, created, days,
    due_ahead, email, end_of_next_working_day, end_of_working_day, enters, file, goes_to, held_by, holding, leaves,
    message, minutes, never, not_followed_by, once, payment, precedence, reached_out, result_filled, same_task,
    says_yes, sms, task, task_deleted, working_days,
)  # fmt: skip
from auditor.rules import HIGH, LOW, MEDIUM, ByHand, Clause, Pipeline, Regulation, Role

ORDERS = Pipeline(
    "Индивидуальные заказы",
    (
        "Неразобранное", "Первичный контакт", "Согласование дизайна", "Дизайн", "Согласование БЗ", "Счет выставлен",
        "Оплачено", "Раскрой", "Производство", "Распил", "Фрезеровка", "Присадка", "Сборка", "Доработка", "Шлифовка",
        "Грунтовка", "Покраска", "Упаковка", "Отгружено", "Доставлено",
    ),
)  # fmt: skip

(
    NEW, FIRST_CONTACT, DESIGN_TALKS, DESIGN, FORM_TALKS, INVOICED, PAID, CUTTING, PRODUCTION, SAWING, MILLING,
    DRILLING, ASSEMBLING, FINISHING, SANDING, PRIMING, PAINTING, PACKING, SHIPPED, DELIVERED,
) = ORDERS  # fmt: skip

FULL_NAME, EMAIL, PHONE = "Контакт", "E-mail", "Телефон"
PASSPORT, ADDRESS, BUDGET = "Серия и номер паспорта", "Адрес доставки", "Бюджет"
DESIGN_PAID, BRIEF = "Оплата дизайна", "Бриф"
PAID_ON, PREPAID, DEBT = "Дата оплаты", "Сумма предоплаты", "Сумма задолженности"
SHIP_BY, CARRIED_BY, CITY = "Крайний срок отгрузки", "Тип доставки", "Город доставки"
PRODUCTION_FORM, DELIVERY_PLANNED, ASSEMBLY = "БЗ для производства", "Плановая дата доставки", "Сборка"
NOT_A_CLIENT = ("спам", "не по адресу", "дубль")

DESIGN_IS_PAID = once(payment) | says_yes(DESIGN_PAID)
BRIEF_IS_THERE = attached(BRIEF)
NOT_BY_MISTAKE = not_followed_by(enters(DESIGN_TALKS), end_of_working_day)
PAYMENT_ASKED, DESIGN_READY = task("оплата за дизайн"), task("Дизайн готов")
BACK_TO_TALKS = enters(DESIGN_TALKS) | same_task(task_deleted)
CONSTRUCTOR_ASKED = task().to(Role.CONSTRUCTOR).by(Role.DESIGNER).during(DESIGN)
FORM_AGREED = once(contact.during(FORM_TALKS)) | (
    once(contact.during(FIRST_CONTACT)) & never(enters(DESIGN_TALKS, DESIGN))
)

BED = Regulation(
    code="BED",
    title="Кровати на заказ: от обращения до отзыва",
    pipelines=(ORDERS,),
    chapters={
        "BED01": "Неразобранное",
        "BED02": "Первичный контакт",
        "BED03": "Согласование дизайна",
        "BED04": "Дизайн",
        "BED05": "Согласование БЗ",
    },
    clauses=(
        # ── Неразобранное ──
        Clause(
            "BED0101", LOW, "Неразобранное",
            "На этапе «Неразобранное» поставлена задача связаться с клиентом.",
            Response(on=enters(NEW), expect=task("Связаться с клиентом"), due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "BED0102", HIGH, "Неразобранное",
            "На обращение отвечают за один рабочий день.",
            Response(on=created.during(NEW), expect=reached_out | contact, due=working_days(1)),
            excused_by=closed(LOST).because(*NOT_A_CLIENT),
            reading="Засчитаны любая попытка связаться и любой разговор с клиентом, в том числе звонок, который создал "
            "сделку. Срока источник не называет. Сделка, закрытая как спам, дубль или обращение не по адресу, прощена.",
            assumed=("working_days",),
        ),
        Clause(
            "BED0103", MEDIUM, "Неразобранное",
            "Обращение обработано — сделка уходит из «Неразобранного» до конца рабочего дня.",
            Response(
                on=(contact | message(OUT) | sms(OUT) | email(OUT)).since_creation.during(NEW).first,
                expect=leaves(NEW), due=end_of_working_day,
            ),
            reading="Обработано — клиент ответил, либо ему отправили сообщение, SMS или письмо; звонок без ответа ещё "
            "ничего не обработал, а разговор, который создал сделку, срока не начинает. Засчитан переход на любой этап "
            "и закрытие. Срока источник не называет.",
            assumed=("due",),
        ),
        # ── Первичный контакт ──
        Clause(
            "BED0201", LOW, "Первичный контакт",
            "На этапе «Первичный контакт» поставлена задача предложить согласовать БЗ.",
            Response(on=enters(FIRST_CONTACT), expect=task("Предложить согласовать БЗ"), due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "BED0202", MEDIUM, "Первичный контакт, таблица",
            "Из «Первичного контакта» сделка идёт в «Согласование дизайна» или «Согласование БЗ» либо закрывается с "
            "отказом.",
            Condition(on=leaves(FIRST_CONTACT), that=goes_to(DESIGN_TALKS, FORM_TALKS, LOST)),
            reading="Индивидуальный заказ идёт в «Согласование дизайна», обычный — сразу в «Согласование БЗ».",
        ),
        Clause(
            "BED0203", LOW, "Первичный контакт, таблица, примечание",
            "Клиенту, отказавшемуся на «Первичном контакте», через две недели напоминают об акции: поставлена задача.",
            Response(
                on=closed(LOST), when=came_from(FIRST_CONTACT), expect=task("акци"), due=days(15),
            ),
            role=Role.ROBOT,
            reading="Засчитана задача, в которой сказано об акции; источник говорит «через 2 недели», день — запас.",
            assumed=("days",),
        ),
        # ── Согласование дизайна ──
        Clause(
            "BED0301", HIGH, "Согласование дизайна; Дизайн",
            "В «Дизайн» переводят только с оплаченным дизайном.",
            precedence(on=enters(DESIGN), when=NOT_BY_MISTAKE, needs=DESIGN_IS_PAID),
            reading="Оплачен — пришли деньги либо в поле «Оплата дизайна» стоит «да», дата или сумма; «нет» — не "
            "оплата. Сделку, которую до конца рабочего дня вернули в «Согласование дизайна», перевели по ошибке: пункт "
            "её не касается.",
            assumed=("until",),
        ),
        Clause(
            "BED0302", HIGH, "Согласование дизайна; Дизайн",
            "В «Дизайн» переводят только с приложенным брифом.",
            precedence(on=enters(DESIGN), when=NOT_BY_MISTAKE, needs=BRIEF_IS_THERE),
            reading="Бриф — поле «Бриф» или файл с этим словом в названии. Сделку, которую до конца рабочего дня "
            "вернули в «Согласование дизайна», перевели по ошибке, и пункт её не касается.",
            assumed=("until",),
        ),
        # ── Дизайн ──
        Clause(
            "BED0401", MEDIUM, "Дизайн",
            "Менеджер закрывает задачу-подтверждение об оплате и брифе.",
            Response(
                on=PAYMENT_ASKED.during(DESIGN), expect=same_task(task().done), until=BACK_TO_TALKS,
                due=end_of_next_working_day,
            ),
            reading="Закрыть надо именно ту задачу, которую поставила CRM. Если её удалили или сделку вернули в "
            "«Согласование дизайна», обязанности нет. Срока источник не называет.",
            assumed=("due",),
        ),
        Clause(
            "BED0402", MEDIUM, "Дизайн",
            "Сделку, переведённую в «Дизайн» без оплаты или брифа, возвращают в «Согласование дизайна».",
            Response(
                on=enters(DESIGN), when=~(DESIGN_IS_PAID & BRIEF_IS_THERE),
                expect=enters(DESIGN_TALKS) | holding(DESIGN_IS_PAID & BRIEF_IS_THERE), due=end_of_next_working_day,
            ),
            reading="Засчитано и то, что недостающее появилось. Что такое оплата и бриф, говорят BED0301 и BED0302. "
            "Срока источник не называет.",
            assumed=("due",),
        ),
        Clause(
            "BED0403", MEDIUM, "Дизайн, задача-подтверждение",
            "Ответственным за сделку в «Дизайне» становится дизайнер.",
            Response(
                on=enters(DESIGN), expect=holding(held_by(Role.DESIGNER)), until=leaves(DESIGN), due=end_of_working_day,
            ),
            reading="Засчитан и дизайнер, ответственный ещё до перехода. Отвечает менеджер, у которого сделка была; он "
            "же отвечает за неё и дальше. Срока источник не называет.",
            assumed=("due",),
        ),
        Clause(
            "BED0404", LOW, "Дизайн",
            "Дизайнеру поставлена задача связаться с клиентом и уточнить детали.",
            Response(
                on=enters(DESIGN), expect=task("для уточнения деталей").to(Role.DESIGNER), due=minutes(5),
            ),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "BED0405", MEDIUM, "Дизайн, шаги 1–3",
            "Дизайнер связывается с клиентом за один рабочий день.",
            Response(
                on=enters(DESIGN), expect=(reached_out | call(ANSWERED)).by(Role.DESIGNER), until=enters(DESIGN_TALKS),
                due=working_days(1),
            ),
            role=Role.DESIGNER,
            reading="Засчитаны попытка связаться, разговор и выполненная задача о контакте, если автор — дизайнер. "
            "Сделка вернулась в «Согласование дизайна» — связываться незачем. Срока источник не называет.",
            assumed=("working_days",),
        ),
        Clause(
            "BED0406", MEDIUM, "Дизайн, шаги 5–6",
            "Конструктора спрашивают, когда картинка уже в карточке.",
            precedence(on=CONSTRUCTOR_ASKED, needs=once(file.during(DESIGN))),
            role=Role.DESIGNER,
            reading="Картинка — файл, приложенный на этапе «Дизайн». Считаются задачи конструктору от дизайнера: за "
            "чужую задачу он не отвечает.",
        ),
        Clause(
            "BED0407", LOW, "Дизайн, шаг 6a",
            "Задача дизайнера конструктору поставлена на тот же день.",
            Condition(on=CONSTRUCTOR_ASKED, that=due_ahead <= 0),
            role=Role.DESIGNER,
        ),
        Clause(
            "BED0408", MEDIUM, "Дизайн, шаг 6b",
            "Конструктор закрывает задачу дизайнера с ответом и ставит ему задачу.",
            Response(
                on=CONSTRUCTOR_ASKED,
                expect=both(same_task(task().done.when(result_filled)), task().to(Role.DESIGNER)),
                until=same_task(task_deleted), due=end_of_next_working_day,
            ),
            role=Role.CONSTRUCTOR,
            reading="Ответ — результат той же задачи. Если задачу удалили, обязанности нет. Срока источник не "
            "называет.",
            assumed=("due",),
        ),
        Clause(
            "BED0409", MEDIUM, "Дизайн, шаг 9",
            "Из «Дизайна» в «Согласование БЗ» сделка уходит с задачей магазину «Дизайн готов».",
            precedence(on=enters(FORM_TALKS), when=came_from(DESIGN), needs=once(DESIGN_READY)),
            role=Role.DESIGNER,
        ),
        Clause(
            "BED0410", MEDIUM, "Дизайн, шаг 8",
            "Готовый дизайн передают магазину после согласования с клиентом.",
            precedence(on=DESIGN_READY.by(Role.DESIGNER).during(DESIGN), needs=once(contact.during(DESIGN))),
            role=Role.DESIGNER,
            reading="Согласование — разговор или письменный ответ клиента на этапе «Дизайн», с кем бы он ни говорил. "
            "Считаются задачи «Дизайн готов», которые поставил дизайнер.",
        ),
        Clause(
            "BED0411", LOW, "Дизайн",
            "На этапе «Дизайн» поставлена задача-подтверждение об оплате и брифе.",
            Response(on=enters(DESIGN), expect=PAYMENT_ASKED, due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        # ── Согласование БЗ ──
        Clause(
            "BED0501", MEDIUM, "Согласование БЗ",
            "По задаче «Дизайн готов» менеджер переводит сделку в «Согласование БЗ».",
            Response(
                on=DESIGN_READY.during(DESIGN), expect=enters(FORM_TALKS).that_day, until=BACK_TO_TALKS,
                due=end_of_next_working_day,
            ),
            reading="Если задачу удалили или сделка вернулась в «Согласование дизайна», обязанности нет. Срока "
            "источник не называет.",
            assumed=("due",),
        ),
        Clause(
            "BED0502", MEDIUM, "Согласование БЗ",
            "Счёт выставляют после того, как БЗ согласован с клиентом.",
            precedence(on=enters(INVOICED), needs=FORM_AGREED),
            reading="Согласован — клиент ответил на этапе «Согласование БЗ». Обычный заказ согласуют и на «Первичном "
            "контакте»: такая сделка в дизайне не была.",
        ),
        # ── Счет выставлен ──
        # ── Оплачено ──
        # ── Раскрой, Производство ──
        # ── Грунтовка, Упаковка ──
        # ── Отгружено ──
        # ── Доставлено, Успешно реализовано ──
    ),
    by_hand=(
        ByHand("Первичный контакт", "Задать все вопросы для БЗ", "содержание разговора не выгружается"),
        ByHand(
            "Дизайн, шаги 2 и 4",
            "Прочитать бриф и нарисовать модель кровати",
            "в CRM видна только приложенная картинка: её проверяет BED0406",
        ),
        ByHand(
            "Дизайн, шаг 7a",
            "Переделать дизайн, если конструктор против",
            "что именно изменено, видно только человеку",
        ),
        ByHand("Дизайн, шаг 7a", "Учесть в дизайне замечания конструктора", "учтены ли они, видно только человеку"),
        ByHand("Раскрой", "Содержание чертежей и спецификаций", "документы для цеха не выгружаются"),
        ByHand(
            "Раскрой",
            "Пронумеровать листы раскроя и передать цеху бумаги",
            "передача на бумаге не выгружается; номер листа в комментарии проверяет BED0802",
        ),
    ),
)  # fmt: skip
