"""BED: порядок работы с индивидуальным заказом кровати (amoCRM): от обращения до доставки и отзыва."""

from auditor.patterns import (
    ANSWERED, LOST, OUT, WON, Condition, Response, attached, both, call, came_from, closed, comment, contact, contains,
    created, day_of, days, days_ahead, document, done_by, due_ahead, due_days, due_on, email, end_of, end_of_day,
    end_of_next_working_day, end_of_working_day, enters, file, filled, first_filled, goes_to, held_by, holding,
    in_order, invoice, leaves, message, minutes, named_day, never, not_followed_by, not_since_entering, not_yet, once,
    payment, planned, precedence, reached_out, result_filled, same_task, says_yes, sms, task, task_deleted,
    working_days,
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
TASK_DONE, TASK_DELETED = same_task(task().done), same_task(task_deleted)
BACK_TO_TALKS = enters(DESIGN_TALKS) | TASK_DELETED
CONSTRUCTOR_ASKED = task().to(Role.CONSTRUCTOR).by(Role.DESIGNER).during(DESIGN)
FORM_AGREED = once(contact.during(FORM_TALKS)) | (
    once(contact.during(FIRST_CONTACT)) & never(enters(DESIGN_TALKS, DESIGN))
)

MONEY_IN = payment | day_of(PAID_ON)
UNPAID = not_since_entering(payment, FORM_TALKS) & not_yet(day_of(PAID_ON))
BILL_PAID = payment | first_filled(PAID_ON).when(days_ahead(PAID_ON) <= 0)
TAKE_THE_ORDER = task("Принять в работу")
PAPERS_READY = task("Документация готова").to(Role.PRODUCTION_HEAD)
CHECK_DEBT, CONFIRM_RECEIPT = task("задолж"), task("Подтвердить получение")
WORKSHOP = (SAWING, MILLING, DRILLING, ASSEMBLING, FINISHING, SANDING, PRIMING, PAINTING, PACKING)
SHOP = (NEW, FIRST_CONTACT, DESIGN_TALKS, DESIGN, FORM_TALKS, INVOICED, PAID, SHIPPED, DELIVERED)
IN_ORDER = in_order(
    tuple(ORDERS),
    back=(DESIGN, FORM_TALKS),
    also=((FIRST_CONTACT, FORM_TALKS), (DESIGN_TALKS, FORM_TALKS), (FORM_TALKS, DESIGN_TALKS)),
    won_from=(SHIPPED, DELIVERED),
)
RECEIVED = leaves(SHIPPED).when(goes_to(DELIVERED, WON))
STILL_TO_ASSEMBLE = says_yes(ASSEMBLY) & goes_to(DELIVERED)
NOTHING_TO_ASSEMBLE = ~says_yes(ASSEMBLY) & goes_to(WON)

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
        "BED06": "Счет выставлен",
        "BED07": "Оплачено",
        "BED08": "Раскрой, Производство",
        "BED09": "Грунтовка, Упаковка",
        "BED10": "Отгружено",
        "BED11": "Доставлено, Успешно реализовано",
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
                on=PAYMENT_ASKED.during(DESIGN), expect=TASK_DONE, until=BACK_TO_TALKS,
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
                until=TASK_DELETED, due=end_of_next_working_day,
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
        Clause(
            "BED0601", HIGH, "Счет выставлен, список",
            "Когда счёт выставлен, в сделке есть ФИО, e-mail, телефон, паспорт, адрес доставки и бюджет.",
            Condition(on=enters(INVOICED), that=filled(FULL_NAME, EMAIL, PHONE, PASSPORT, ADDRESS, BUDGET)),
            reading="Проверяется при переходе на этап «Счет выставлен».",
        ),
        Clause(
            "BED0602", LOW, "Счет выставлен",
            "Поставлена задача проверить оплату счёта через три дня.",
            planned(on=enters(INVOICED), window=due_on(2, 3), by=minutes(5)),
            role=Role.ROBOT,
            reading="Срок задачи — третий день после перехода на этап «Счет выставлен»; годится и второй: третий, если "
            "считать и день перехода.",
            assumed=("day", "minutes"),
        ),
        Clause(
            "BED0603", HIGH, "Счет выставлен",
            "Если счёт за три дня не оплачен, с клиентом связываются.",
            Response(
                on=enters(INVOICED).after(days(3)).during(INVOICED), when=UNPAID, until=MONEY_IN | enters(PAID),
                expect=reached_out | contact, due=end_of_next_working_day,
            ),
            reading="Третий день считается от последнего перехода на этап «Счет выставлен», и сделка ещё на нём. "
            "Оплачено — пришли деньги не раньше согласования БЗ, наступила «Дата оплаты» или сделка перешла в "
            "«Оплачено». Засчитаны любая попытка связаться и любой ответ клиента с начала третьего дня. Срока "
            "источник не называет.",
            assumed=("due",),
        ),
        Clause(
            "BED0604", MEDIUM, "Счет выставлен",
            "Оплаченную сделку переводят в «Оплачено».",
            Response(on=BILL_PAID.during(INVOICED).first, expect=enters(PAID), due=working_days(1)),
            reading="Оплачена — на этапе «Счет выставлен» пришли деньги или впервые заполнена «Дата оплаты», и не "
            "будущим днём. Срок идёт от того, что случилось раньше; источник его не называет.",
            assumed=("working_days",),
        ),
        Clause(
            "BED0605", MEDIUM, "Счет выставлен",
            "В «Счет выставлен» переводят, когда счёт ушёл клиенту.",
            precedence(
                on=enters(INVOICED),
                needs=once(invoice | document) | once(email(OUT) | message(OUT), since=enters(FORM_TALKS)),
            ),
            reading="Счёт — выставленный счёт или документ в сделке либо письмо или сообщение клиенту после перехода в "
            "«Согласование БЗ».",
        ),
        # ── Оплачено ──
        Clause(
            "BED0701", HIGH, "Оплачено, список",
            "При переходе в «Оплачено» заполнены дата оплаты, предоплата, задолженность, крайний срок отгрузки, тип и "
            "город доставки.",
            Condition(on=enters(PAID), that=filled(PAID_ON, PREPAID, DEBT, SHIP_BY, CARRIED_BY, CITY)),
            reading="Ноль в сумме задолженности — ответ.",
        ),
        Clause(
            "BED0702", LOW, "Оплачено",
            "На этапе «Оплачено» поставлена задача прикрепить БЗ для производства.",
            Response(on=enters(PAID), expect=task("Прикрепить БЗ"), due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "BED0703", HIGH, "Оплачено",
            "В «Раскрой» переводят только с приложенным БЗ для производства.",
            precedence(on=enters(CUTTING), needs=attached(PRODUCTION_FORM, "БЗ")),
            reading="БЗ — поле «БЗ для производства» или файл с этим словом в названии.",
        ),
        Clause(
            "BED0704", LOW, "Оплачено, снимок экрана",
            "После перехода в «Оплачено» клиенту уходит SMS.",
            Response(on=enters(PAID), expect=sms(OUT), due=working_days(1)),
            reading="Засчитано любое исходящее SMS. Срока источник не называет.",
            assumed=("working_days",),
        ),
        # ── Раскрой, Производство ──
        Clause(
            "BED0801", MEDIUM, "Раскрой",
            "Конструктор принимает оплаченный заказ в работу: закрывает свою задачу.",
            Response(
                on=TAKE_THE_ORDER.to(Role.CONSTRUCTOR).during(CUTTING), expect=TASK_DONE,
                until=TASK_DELETED, due=working_days(1),
            ),
            role=Role.CONSTRUCTOR,
            reading="Закрыть надо именно ту задачу, которую поставили конструктору в «Раскрое». Если её удалили, "
            "обязанности нет. Срока источник не называет.",
            assumed=("working_days",),
        ),
        Clause(
            "BED0802", MEDIUM, "Раскрой",
            "Перед «Производством» конструктор пишет в комментарии, на каком листе раскроя заказ.",
            precedence(on=enters(PRODUCTION), needs=once(comment.by(Role.CONSTRUCTOR).during(CUTTING))),
            role=Role.CONSTRUCTOR,
            reading="Засчитан любой комментарий конструктора на этапе «Раскрой».",
        ),
        Clause(
            "BED0803", LOW, "Производство",
            "Начальнику производства поставлена задача принять заказ в работу.",
            Response(on=enters(PRODUCTION), expect=PAPERS_READY, due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "BED0804", LOW, "Распил; Отгружено",
            "По этапам цеха и в «Отгружено» заказ переводит начальник производства.",
            Condition(on=enters(*WORKSHOP, SHIPPED), that=done_by(Role.PRODUCTION_HEAD)),
            role=Role.PRODUCTION_HEAD,
            reading="Этапы цеха — от «Распила» до «Упаковки». По имени не отвечает никто: перевести мог кто угодно. "
            "Кто перевёл, не сказано — неизвестно.",
        ),
        Clause(
            "BED0805", MEDIUM, "порядок этапов",
            "Сделка идёт по этапам магазина по порядку, без пропусков и возвратов.",
            Condition(on=leaves(*SHOP), that=IN_ORDER),
            reading="Обычный заказ идёт из «Первичного контакта» сразу в «Согласование БЗ», индивидуальный из "
            "«Согласования дизайна» — тоже: на доске источника эти этапы стоят рядом. Назад сделку переводят из "
            "«Дизайна» в «Согласование дизайна» и из «Согласования БЗ» в любой из них. Отказаться можно всюду, успешно "
            "закрыть — из «Отгружено» и «Доставлено». От «Раскроя» до «Упаковки» порядка нет: этап там — место, где "
            "заказ сейчас.",
        ),
        Clause(
            "BED0806", LOW, "Раскрой",
            "На этапе «Раскрой» конструктору поставлена задача принять заказ в работу.",
            Response(on=enters(CUTTING), expect=TAKE_THE_ORDER, due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "BED0807", LOW, "Раскрой",
            "В «Производство» заказ переводит конструктор.",
            Condition(on=enters(PRODUCTION), that=done_by(Role.CONSTRUCTOR)),
            role=Role.CONSTRUCTOR,
            reading="По имени не отвечает никто: перевести мог кто угодно. Кто перевёл, не сказано — неизвестно.",
        ),
        Clause(
            "BED0808", LOW, "Производство",
            "Начальник производства принимает заказ в работу: закрывает свою задачу.",
            Response(
                on=PAPERS_READY.during(PRODUCTION), expect=TASK_DONE, until=TASK_DELETED,
                due=working_days(1),
            ),
            role=Role.PRODUCTION_HEAD,
            reading="Закрыть надо именно ту задачу, которую ему поставили в «Производстве». Если её удалили, "
            "обязанности нет. Срока источник не называет.",
            assumed=("working_days",),
        ),
        # ── Грунтовка, Упаковка ──
        Clause(
            "BED0901", LOW, "Грунтовка",
            "На этапе «Грунтовка» магазину поставлена задача проверить задолженность.",
            Response(on=enters(PRIMING), expect=CHECK_DEBT, due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "BED0902", LOW, "Упаковка",
            "На этапе «Упаковка» магазину поставлена задача согласовать доставку.",
            Response(on=enters(PACKING), expect=task("доставк"), due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "BED0903", MEDIUM, "Упаковка",
            "Когда заказ упаковывают, с клиентом связываются о доставке.",
            Response(on=enters(PACKING), expect=reached_out | contact, due=working_days(1)),
            reading="Засчитаны любая попытка связаться и любой ответ клиента. Срока источник не называет.",
            assumed=("working_days",),
        ),
        Clause(
            "BED0904", LOW, "Грунтовка",
            "Задолженность проверяют: задача о ней закрыта.",
            Response(
                on=CHECK_DEBT.during(PRIMING), expect=TASK_DONE | payment, until=TASK_DELETED,
                due=working_days(1),
            ),
            reading="Закрыть надо именно ту задачу, которую поставили в «Грунтовке»; засчитана и оплата. Если задачу "
            "удалили, обязанности нет. Срока источник не называет.",
            assumed=("working_days",),
        ),
        # ── Отгружено ──
        Clause(
            "BED1001", LOW, "Отгружено",
            "Данные транспортной компании уходят клиенту в SMS.",
            Response(
                on=enters(SHIPPED), when=contains(CARRIED_BY, "тк", "транспорт"), expect=sms(OUT), due=working_days(1),
            ),
            reading="Нужны, если транспортная компания названа в поле «Тип доставки». Засчитано любое исходящее SMS. "
            "Срока источник не называет.",
            assumed=("values", "working_days"),
        ),
        Clause(
            "BED1002", MEDIUM, "Отгружено",
            "Менеджер ставит задачу подтвердить получение заказа на день после плановой доставки.",
            planned(on=enters(SHIPPED), window=named_day(DELIVERY_PLANNED, 1), what=CONFIRM_RECEIPT),
            reading="Если этот день — выходной, годится и он, и следующий рабочий. Задачу ставят до конца рабочего "
            "дня: срока источник не называет.",
            assumed=("due",),
        ),
        Clause(
            "BED1003", MEDIUM, "Отгружено, поле «Крайний срок отгрузки»",
            "Заказ отгружают не позже крайнего срока отгрузки.",
            Response(on=enters(PAID), expect=enters(SHIPPED), until=enters(INVOICED), due=end_of(SHIP_BY)),
            role=Role.PRODUCTION_HEAD,
            reading="Срок следует за полем, пока не прошёл. Сделка вернулась в «Счет выставлен» — отгружать незачем.",
        ),
        Clause(
            "BED1004", LOW, "Отгружено",
            "Если заказу нужна сборка, поставлена задача её согласовать.",
            Response(on=enters(SHIPPED), when=says_yes(ASSEMBLY), expect=task("сборк"), due=minutes(5)),
            role=Role.ROBOT,
            reading="Нужна ли сборка, говорит поле «Сборка».",
            assumed=("minutes",),
        ),
        Clause(
            "BED1005", MEDIUM, "Отгружено",
            "В день задачи «Подтвердить получение» с клиентом связываются.",
            Response(
                on=due_days(CONFIRM_RECEIPT).during(SHIPPED), until=leaves(SHIPPED),
                expect=(reached_out | contact | TASK_DONE).that_day, due=end_of_day,
            ),
            reading="Засчитаны любая попытка связаться, любой ответ клиента и сама задача, выполненная в тот день. "
            "Задача, перенесённая или закрытая раньше своего дня, ничего не требует, как и сделка, ушедшая в тот день "
            "из «Отгружено».",
        ),
        Clause(
            "BED1006", LOW, "Доставлено",
            "Из «Отгружено» заказ, которому нужна сборка, переводят в «Доставлено», остальные успешно закрывают.",
            Condition(on=RECEIVED, when=filled(ASSEMBLY), that=STILL_TO_ASSEMBLE | NOTHING_TO_ASSEMBLE),
            reading="Нужна ли сборка, говорит поле «Сборка»; если оно пусто, пункт ничего не требует.",
        ),
        # ── Доставлено, Успешно реализовано ──
        Clause(
            "BED1101", HIGH, "Доставлено",
            "Заказ считают доставленным только после разговора с клиентом.",
            precedence(on=RECEIVED, needs=once(contact, since=enters(SHIPPED))),
            reading="Доставлен — сделка ушла из «Отгружено» в «Доставлено» или успешно закрыта. Нужен ответ клиента "
            "после перехода в «Отгружено».",
        ),
        Clause(
            "BED1102", LOW, "Успешно реализовано",
            "Через неделю после успеха стоит задача взять отзыв и напомнить об акции.",
            planned(on=closed(WON), window=due_on(7), by=minutes(5)),
            role=Role.ROBOT,
            reading="Засчитана любая задача со сроком на седьмой день.",
            assumed=("minutes",),
        ),
        Clause(
            "BED1103", MEDIUM, "Успешно реализовано",
            "В день этой задачи с клиентом связываются или выполняют её.",
            Response(
                on=due_days(task("отзыв", "акци")).even_closed, when=once(closed(WON)),
                expect=TASK_DONE | reached_out, due=end_of_next_working_day,
            ),
            reading="Задача — та, где сказано об отзыве или акции, в успешно закрытой сделке. Срока источник не "
            "называет: он — конец следующего рабочего дня.",
            assumed=("words", "due"),
        ),
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
