"""AGY: регламент отдела продаж агентства (amoCRM): новые заявки и воронка."""

from auditor.patterns import (
    IN,
    LOST,
    OUT,
    UNANSWERED,
    Condition,
    Response,
    attempt,
    call,
    came_from,
    closed,
    contact,
    contact_on_record,
    contains,
    count,
    count_days,
    created,
    days,
    email,
    empty,
    enters,
    enters_pipeline,
    filled,
    first_of_all,
    hours,
    in_pipeline,
    in_stage,
    message,
    minutes,
    never,
    once,
    precedence,
    reopened,
    silence,
    sms,
    task,
    working_days,
    working_hours,
    working_minutes,
)  # fmt: skip
from auditor.rules import HIGH, LOW, MEDIUM, ByHand, Clause, Pipeline, Regulation, Role

SALES = Pipeline(
    "Воронка продаж",
    (
        "Новая заявка", "Взята в работу", "Квалифицирован", "Отправлено КП", "Обсудили КП", "2 попытки и более",
        "Согласован старт", "Выставлен договор/счет", "Запущено в работу",
    ),
)  # fmt: skip
PRODUCTION = Pipeline("ПРОДАКШН", ())

NEW, TAKEN, QUALIFIED, OFFER_SENT, OFFER_DISCUSSED, TWO_ATTEMPTS, START_AGREED, CONTRACT_SENT, STARTED = SALES

REASON = "Причина отказа"
PHONE, EMAIL = "Телефон", "E-mail"
UNREACHED, SILENT = "не дозвонился", ("не отвечает", "не дозвонился")
NOT_A_CLIENT = ("спам", "не по адресу", "дубль")

MISSED_CALL = call(OUT, UNANSWERED)
FOUR_ATTEMPTS = (count(MISSED_CALL) >= 4) & (count_days(MISSED_CALL) >= 2)
REFUSED = count(contact_on_record, within=days(30)) >= 1
WAITED = (count(attempt, since=contact) >= 3) & (silence(contact) >= 21)
OUT_OF_PLACE = came_from(NEW) & contains(REASON, *NOT_A_CLIENT)
CONTROL = task("Проконтролировать закрытие сделки").to(Role.HEAD)
FEEDBACK = contact.since_creation

AGY = Regulation(
    code="AGY",
    title="Агентство: новые заявки и воронка продаж",
    pipelines=(SALES, PRODUCTION),
    chapters={
        "AGY00": "Правила работы с новой заявкой",
        "AGY01": "Новая заявка",
        "AGY02": "Взята в работу",
        "AGY03": "Квалифицирован",
        "AGY04": "Отправлено КП, Обсудили КП",
        "AGY05": "2 попытки и более",
        "AGY06": "Согласован старт",
        "AGY07": "Выставлен договор/счет",
        "AGY08": "Запущено в работу",
        "AGY09": "Отказ/отложено",
    },
    clauses=(
        # ── Правила работы с новой заявкой ──
        Clause(
            "AGY0001", HIGH, "Правила, п. 1",
            "На пропущенный звонок с нового номера менеджер перезванивает за 30 рабочих минут.",
            Response(
                on=first_of_all(call(IN, UNANSWERED)), when=count(created, within=minutes(1)) >= 1, expect=call(OUT),
                due=working_minutes(30),
            ),
            reading="Звонок создал сделку: он первый в ней и был не раньше минуты до её создания и не позже минуты "
            "после. Срок взят из п. 2.1.",
        ),
        Clause(
            "AGY0003", HIGH, "Правила, п. 1",
            "После первого недозвона вторая попытка делается через час.",
            Response(
                on=MISSED_CALL.first, when=never(contact), until=contact,
                expect=call(OUT).no_sooner_than(minutes(45)), due=working_hours(2),
            ),
            reading="«Через час» — не раньше чем через 45 минут и не позже чем через 2 рабочих часа.",
            assumed=("minutes", "working_hours"),
        ),
        Clause(
            "AGY0006", HIGH, "Правила, п. 1",
            "«Не дозвонился» закрывают только после четырёх попыток за два дня.",
            precedence(on=closed(LOST).because(UNREACHED), when=never(contact), needs=FOUR_ATTEMPTS),
        ),
        # ── Взята в работу ──
        Clause(
            "AGY0202", HIGH, "п. 2.1",
            "С клиентом связываются за 30 рабочих минут.",
            Response(
                on=enters(TAKEN),
                expect=call(OUT) | message(OUT) | (sms(OUT) | email(OUT)).when(empty(PHONE)),
                due=working_minutes(30),
            ),
            reading="Звонок или сообщение; где телефон не указан, годится любая попытка.",
        ),
        Clause(
            "AGY0203", HIGH, "пп. 2.3–2.4",
            "Квалифицируют клиента только после разговора с ним.",
            precedence(on=enters(QUALIFIED), needs=once(contact)),
        ),
        # ── Отказ/отложено ──
        Clause(
            "AGY0901", HIGH, "п. 9.2",
            "У закрытой сделки заполнена причина отказа.",
            Condition(on=closed(LOST), that=filled(REASON)),
        ),
        Clause(
            "AGY0902", HIGH, "п. 9.3",
            "Отказ клиента зафиксирован: письменно или записью разговора.",
            precedence(on=closed(LOST).not_because(*SILENT), when=~OUT_OF_PLACE, needs=REFUSED),
            reading="Запись разговора требуется, только если в выгрузке есть такая колонка; заявка отказом не "
            "считается. Не касается спама и чужих обращений, закрытых прямо из «Новой заявки».",
            assumed=("days",),
        ),
        Clause(
            "AGY0903", HIGH, "п. 9.4",
            "Молчащего клиента закрывают не раньше чем после трёх попыток.",
            precedence(
                on=closed(LOST).because(*SILENT), when=once(contact) | ~contains(REASON, UNREACHED),
                needs=count(attempt, since=contact) >= 3,
            ),
            reading="Попытки считаются после последнего ответа клиента; сделку без единого ответа, закрытую как «не "
            "дозвонился», судит AGY0006.",
        ),
        Clause(
            "AGY0904", HIGH, "п. 9.5",
            "Молчащего клиента не закрывают раньше трёх недель после последнего ответа.",
            Condition(on=closed(LOST).because(*SILENT), when=once(contact), that=silence(contact) >= 21),
        ),
        Clause(
            "AGY0905", MEDIUM, "п. 9.5",
            "Последняя попытка связаться с молчащим клиентом — после этих трёх недель.",
            precedence(
                on=closed(LOST).because(*SILENT), when=once(contact),
                needs=count(attempt, since=contact, no_sooner=days(21)) >= 1,
            ),
        ),
        Clause(
            "AGY0906", LOW, "п. 9.5",
            "«Не дозвонился» пишут только там, где известен один телефон.",
            Condition(on=closed(LOST).because(UNREACHED), when=once(contact), that=empty(EMAIL)),
        ),
        Clause(
            "AGY0907", HIGH, "п. 9.7",
            "Без ответа клиента сделка живёт не дольше восьми недель, потом её закрывают.",
            Response(
                on=created | reopened | FEEDBACK.last_of_day, when=~(in_stage(STARTED) | in_pipeline(PRODUCTION)),
                expect=FEEDBACK | closed(), due=days(56), until=enters(STARTED) | enters_pipeline(PRODUCTION),
            ),
            reading="Срок идёт от создания и от последнего ответа каждого дня, пока сделка не запущена в работу.",
        ),
        Clause(
            "AGY0908", LOW, "п. 9.8",
            "После отказа клиенту уходит прощальное письмо.",
            Response(on=closed(LOST), when=filled(EMAIL), expect=email(OUT), due=days(1)),
            role=Role.ROBOT, assumed=("days",),
        ),
        Clause(
            "AGY0909", HIGH, "п. 9.8",
            "Сделку закрывают только с зафиксированным отказом либо выждав срок и сделав попытки.",
            Condition(
                on=closed(LOST), when=~OUT_OF_PLACE, that=REFUSED | WAITED | (never(contact) & FOUR_ATTEMPTS)
            ),
            reading="Что бы ни говорила причина: отказ как в AGY0902, или три попытки и три недели после последнего "
            "ответа (без ответов — после создания), или четыре попытки за два дня, если ответа не было никогда.",
            assumed=("days",),
        ),
        Clause(
            "AGY0910", MEDIUM, "п. 9.9",
            "Руководитель получает задачу проверить закрытие сделки.",
            Response(on=closed(LOST), expect=CONTROL, due=hours(1)),
            role=Role.ROBOT, assumed=("hours",),
        ),
        Clause(
            "AGY0911", MEDIUM, "п. 9.9",
            "Руководитель проверяет закрытие.",
            Response(on=closed(LOST), expect=CONTROL.done.by(Role.HEAD), due=working_days(5)),
            role=Role.HEAD, assumed=("working_days",),
        ),
    ),
    by_hand=(
        ByHand("Правила, п. 7", "Скрипт приветствия", "содержание разговора не выгружается"),
        ByHand("п. 2.2", "Найти сведения о клиенте в интернете", "поиск не оставляет следа в CRM"),
        ByHand("п. 2.4", "Задать все вопросы квалификации", "видны только обязательные поля"),
        ByHand("Правила, п. 5", "Разобрать письма в ящике, по которым нет сделки", "ящик не выгружается"),
        ByHand("п. 3.2", "Содержание коммерческого предложения", "текст вложения не выгружается"),
        ByHand("п. 7.1", "Добиться подтверждения, что договор получен", "видно только по переписке"),
        ByHand("п. 7.4", "Документы", "раздел в источнике не приведён"),
    ),
)  # fmt: skip
