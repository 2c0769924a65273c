"""AGY: регламент отдела продаж агентства (amoCRM): новые заявки и воронка."""

from auditor.patterns import (
    IN, LOST, OUT, UNANSWERED, WON, Condition, PerDay, Response, Suspect, attempt, cadence, call, came_from, closed,
    comment, contact, contact_on_record, contains, count, count_days, created, day_after_failing, days, email, empty,
    end_of_next_working_day, end_of_working_day, enters, enters_pipeline, field, file, filled, first_of_all, goes_to,
    hours, in_pipeline, in_stage, leaves, letter, letter_opened, message, minutes, never, not_yet, once, open_task,
    or_planned, payment, precedence, reopened, result_filled, result_says, silence, sms, task, whenever, working_days,
    working_hours, working_minutes,
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

OPEN_STAGES = tuple(SALES)

PHONE, EMAIL, CONTACT, COMPANY = "Телефон", "E-mail", "Контакт", "Компания"
PLACE, NICHE, SOURCE, TAGS = "Площадка", "Ниша", "Источник", "Теги"
BUDGET, INVOICED, KIND, CONTRACT, PAID_ON = "Бюджет", "Сумма счета", "Тип", "Договор", "Дата оплаты"
REASON = "Причина отказа"
UNREACHED, SILENT = "не дозвонился", ("не отвечает", "не дозвонился")
NOT_A_CLIENT = ("спам", "не по адресу", "дубль")
SITE = ("сайт", "чат")
URL = ("http://", "https://", "www.", ".com/", ".ru/", ".рф/")

TAGGED = filled(TAGS) & contains(TAGS, "#amoCRM")
MISSED_CALL = call(OUT, UNANSWERED)
FOUR_ATTEMPTS = (count(MISSED_CALL) >= 4) & (count_days(MISSED_CALL) >= 2)
CONTACTS_ASKED = letter("Запрос контактных данных")
QUALIFY, SEND_OFFER = task("Провести квалификацию"), task("Отправить КП")
OFFER_TEMPLATES = ("Отправка КП или оценки", "Отправка базового КП")
OFFER = letter(*OFFER_TEMPLATES)
OFFER_OPENED = letter_opened.saying(*OFFER_TEMPLATES).by_template
OFFER_BY_HAND = letter("Пустое письмо").with_file.flagged(Suspect.EMPTY_TEMPLATE)
OFFER_STAGES = (OFFER_SENT, OFFER_DISCUSSED)
LICENCE = contains(KIND, "лицензия")
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
            "AGY0002", LOW, "Правила, п. 1",
            "Попытка без ответа отмечена словами «не поднял».",
            Response(
                on=MISSED_CALL, when=not_yet(contact), until=contact,
                expect=comment.saying("не поднял") | task().done.resulting("не поднял"), due=working_hours(1),
            ),
            reading="Годится комментарий или результат задачи.", assumed=("working_hours",),
        ),
        Clause(
            "AGY0003", HIGH, "Правила, п. 1",
            "После первого недозвона вторая попытка делается через час.",
            Response(
                on=MISSED_CALL.first, when=not_yet(contact), until=contact,
                expect=call(OUT).no_sooner_than(minutes(45)), due=working_hours(2),
            ),
            reading="«Через час» — не раньше чем через 45 минут и не позже чем через 2 рабочих часа.",
            assumed=("minutes", "working_hours"),
        ),
        Clause(
            "AGY0004", HIGH, "Правила, п. 1",
            "На следующий рабочий день после двух недозвонов — ещё две попытки с перерывом в час.",
            PerDay(
                during=OPEN_STAGES, expect=call(OUT), at_least=2, apart=minutes(45),
                days=day_after_failing(MISSED_CALL, without=contact, at_least=2), until=contact | closed(),
            ),
            reading="Первая и последняя попытки дня разделены хотя бы 45 минутами; закрытие или ответ клиента в тот "
            "день снимают обязанность.",
            assumed=("minutes",),
        ),
        Clause(
            "AGY0005", MEDIUM, "Правила, п. 1",
            "После четырёх попыток за два дня сделку закрывают как «не дозвонился».",
            Response(
                on=MISSED_CALL.nth(4, on_days=2), when=not_yet(contact), until=contact,
                expect=closed(LOST).because(UNREACHED), due=end_of_next_working_day,
            ),
            assumed=("due",),
        ),
        Clause(
            "AGY0006", HIGH, "Правила, п. 1",
            "«Не дозвонился» закрывают только после четырёх попыток за два дня.",
            precedence(on=closed(LOST).because(UNREACHED), when=never(contact), needs=FOUR_ATTEMPTS),
        ),
        Clause(
            "AGY0007", HIGH, "Правила, п. 2",
            "По заявке с сайта или из чата с телефоном звонят за 30 рабочих минут.",
            Response(
                on=created, when=contains(SOURCE, *SITE) & filled(PHONE), until=contact, expect=call(OUT),
                due=working_minutes(30),
            ),
        ),
        Clause(
            "AGY0008", MEDIUM, "Правила, п. 3",
            "Не дозвонились — уходит письмо по шаблону «Не могу дозвониться».",
            Response(
                on=MISSED_CALL.first, when=filled(EMAIL) & never(contact), until=contact,
                expect=letter("Не могу дозвониться"), due=end_of_working_day,
            ),
            assumed=("due",),
        ),
        Clause(
            "AGY0009", MEDIUM, "Правила, п. 4",
            "Известна только почта — уходит письмо «Запрос контактных данных».",
            Response(
                on=created, when=empty(PHONE) & filled(EMAIL), expect=CONTACTS_ASKED, due=end_of_working_day,
            ),
            assumed=("due",),
        ),
        Clause(
            "AGY0010", MEDIUM, "Правила, п. 4",
            "Ответа нет — на следующий день запрос повторяют.",
            Response(
                on=CONTACTS_ASKED.by_template.first, when=empty(PHONE) & filled(EMAIL), until=contact,
                expect=email(OUT), due=end_of_next_working_day,
            ),
        ),
        Clause(
            "AGY0011", LOW, "Правила, п. 6",
            "В заявке из другого источника указан контакт или компания.",
            Condition(
                on=created, when=~contains(SOURCE, *SITE).when_empty("другой"), that=filled(CONTACT) | filled(COMPANY)
            ),
        ),
        # ── Новая заявка ──
        Clause(
            "AGY0101", MEDIUM, "п. 1.2",
            "Из «Новой заявки» сделку берут в работу или закрывают.",
            Condition(on=leaves(NEW), that=goes_to(TAKEN, LOST)),
        ),
        Clause(
            "AGY0102", MEDIUM, "п. 1.2",
            "У взятой в работу сделки заполнена площадка.",
            Condition(on=enters(TAKEN), that=filled(PLACE)),
        ),
        Clause(
            "AGY0103", LOW, "п. 1.3",
            "По метке #amoCRM клиенту уходит приветственное SMS.",
            Response(on=enters(TAKEN), when=TAGGED, expect=sms(OUT), due=minutes(30)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "AGY0104", LOW, "п. 1.3",
            "По метке #amoCRM клиенту уходит приветственное письмо.",
            Response(on=enters(TAKEN), when=TAGGED, expect=email(OUT), due=minutes(30)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        # ── Взята в работу ──
        Clause(
            "AGY0201", LOW, "п. 2.1",
            "Поставлена задача связаться с клиентом и провести квалификацию.",
            Response(on=enters(TAKEN), expect=QUALIFY, due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
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
        Clause(
            "AGY0204", LOW, "п. 2.5",
            "Задача о квалификации закрыта с результатом.",
            Condition(on=QUALIFY.done.during(TAKEN), that=result_filled),
        ),
        Clause(
            "AGY0205", MEDIUM, "п. 2.6",
            "У квалифицированной сделки заполнены ниша и источник.",
            Condition(on=enters(QUALIFIED), that=filled(NICHE, SOURCE)),
        ),
        # ── Квалифицирован ──
        Clause(
            "AGY0301", LOW, "п. 3.1",
            "Поставлена задача отправить предложение.",
            Response(on=enters(QUALIFIED), expect=SEND_OFFER, due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "AGY0302", HIGH, "п. 3.1",
            "Предложение уходит за четыре рабочих часа.",
            Response(
                on=enters(QUALIFIED), expect=OFFER | OFFER_BY_HAND | SEND_OFFER.done.resulting("озвучил"),
                due=working_hours(4),
            ),
            reading="Годится и задача с результатом «озвучил»; письмо по пустому шаблону с вложением засчитано с "
            "пометкой.",
        ),
        Clause(
            "AGY0303", MEDIUM, "пп. 3.3–3.6",
            "Предложение отправлено по шаблону или озвучено по телефону.",
            precedence(
                on=enters(OFFER_SENT),
                needs=once(OFFER | OFFER_BY_HAND) | once(task().done.resulting("озвучил по телефону")),
            ),
        ),
        Clause(
            "AGY0304", LOW, "п. 3.7",
            "В результате задачи сказано, отправлено предложение или озвучено.",
            Condition(on=SEND_OFFER.done.during(QUALIFIED), that=result_says("отправил", "озвучил по телефону")),
        ),
        Clause(
            "AGY0305", HIGH, "п. 3.8",
            "У отправленного предложения заполнен бюджет.",
            Condition(on=enters(OFFER_SENT), that=field(BUDGET) > 0),
        ),
        Clause(
            "AGY0306", MEDIUM, "п. 3.9",
            "Из «Квалифицирован» сделка идёт в «Отправлено КП» или закрывается.",
            Condition(on=leaves(QUALIFIED), that=goes_to(OFFER_SENT, LOST)),
        ),
        # ── Отправлено КП, Обсудили КП ──
        Clause(
            "AGY0401", LOW, "п. 4.1",
            "Поставлена задача обработать возражения.",
            Response(on=enters(OFFER_SENT), expect=task("обработать возражения"), due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "AGY0402", HIGH, "п. 4.1",
            "С возражениями работают за один рабочий день.",
            Response(on=enters(OFFER_SENT), expect=attempt | contact, due=working_days(1)),
        ),
        Clause(
            "AGY0403", MEDIUM, "п. 4.2",
            "Клиент открыл письмо — с ним связываются.",
            Response(on=OFFER_OPENED.during(*OFFER_STAGES), expect=attempt, due=end_of_working_day),
            assumed=("due",),
        ),
        Clause(
            "AGY0404", MEDIUM, "п. 4.2",
            "Письмо не открыто сутки — клиенту напоминают.",
            Response(
                on=OFFER.unopened(hours(24)).during(*OFFER_STAGES), expect=attempt, due=end_of_working_day,
            ),
            assumed=("due",),
        ),
        Clause(
            "AGY0405", MEDIUM, "п. 4.4",
            "Не отвечает — уходит письмо «Реактивация по КП».",
            Response(
                on=MISSED_CALL.during(*OFFER_STAGES, TWO_ATTEMPTS), when=filled(EMAIL), until=contact,
                expect=letter("Реактивация по КП"), due=end_of_working_day,
            ),
            assumed=("due",),
        ),
        Clause(
            "AGY0406", MEDIUM, "пп. 4.5–4.8",
            "Из «Отправлено КП» сделка идёт в согласование старта, в повторные попытки, в обсуждение или закрывается.",
            Condition(on=leaves(OFFER_SENT), that=goes_to(START_AGREED, TWO_ATTEMPTS, OFFER_DISCUSSED, LOST)),
        ),
        # ── 2 попытки и более ──
        Clause(
            "AGY0501", HIGH, "пп. 4.7 и 5.1",
            "Клиенту звонят каждую неделю, если он сам не назвал более поздний день.",
            cadence(during=(TWO_ATTEMPTS,), expect=attempt | contact, every=or_planned(days(7))),
            reading="Более поздний день — срок задачи о контакте, поставленной в течение рабочего дня после разговора "
            "и до следующей попытки.",
        ),
        Clause(
            "AGY0502", MEDIUM, "п. 5.1",
            "Задачи ставят вручную: сделка не остаётся без открытой задачи.",
            Response(
                on=enters(TWO_ATTEMPTS) | task().done.during(TWO_ATTEMPTS), expect=open_task(whenever),
                due=end_of_working_day, until=leaves(TWO_ATTEMPTS),
            ),
        ),
        Clause(
            "AGY0503", LOW, "пп. 5.1–5.2",
            "Отсюда сделка идёт в согласование старта, назад к предложению или закрывается.",
            Condition(on=leaves(TWO_ATTEMPTS), that=goes_to(START_AGREED, LOST, OFFER_SENT, OFFER_DISCUSSED)),
        ),
        # ── Согласован старт ──
        Clause(
            "AGY0601", LOW, "п. 6.1",
            "Поставлена задача подготовить договор и выставить счёт.",
            Response(on=enters(START_AGREED), expect=task("Подготовить договор"), due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "AGY0602", HIGH, "п. 6.1",
            "Договор и счёт выставляют за один рабочий день.",
            Response(on=enters(START_AGREED), expect=enters(CONTRACT_SENT), due=working_days(1)),
        ),
        Clause(
            "AGY0603", MEDIUM, "п. 6.2",
            "Договор и счёт отправлены по своему шаблону.",
            precedence(on=enters(CONTRACT_SENT), needs=once(letter("Договор+счет на услуги"))),
        ),
        Clause(
            "AGY0604", LOW, "п. 6.3",
            "Счёт — обычно половина стоимости.",
            Condition(on=enters(CONTRACT_SENT), when=~LICENCE, that=field(INVOICED).equals(field(BUDGET) * 0.5)),
        ),
        Clause(
            "AGY0605", LOW, "п. 6.4",
            "За лицензию счёт — вся стоимость.",
            Condition(on=enters(CONTRACT_SENT), when=LICENCE, that=field(INVOICED).equals(field(BUDGET))),
        ),
        Clause(
            "AGY0606", MEDIUM, "п. 6.5",
            "В поле «Договор» стоит ссылка.",
            Condition(on=enters(CONTRACT_SENT), that=filled(CONTRACT) & contains(CONTRACT, *URL)),
        ),
        # ── Выставлен договор/счет ──
        Clause(
            "AGY0701", HIGH, "пп. 7.2 и 7.5",
            "В работу запускают только после подтверждённой оплаты.",
            precedence(on=enters(STARTED), needs=once(payment) | filled(PAID_ON)),
        ),
        Clause(
            "AGY0702", MEDIUM, "п. 7.3",
            "И с экземпляром договора от клиента.",
            precedence(on=enters(STARTED), needs=once(file.saying("договор"))),
        ),
        Clause(
            "AGY0703", MEDIUM, "п. 7.5",
            "Оплаченную сделку переводят в «Запущено в работу».",
            Response(on=payment.during(CONTRACT_SENT), expect=enters(STARTED), due=working_days(1)),
            assumed=("working_days",),
        ),
        Clause(
            "AGY0704", MEDIUM, "п. 7.6",
            "Работа закончена и оплачена — уходит письмо с актом.",
            Response(
                on=closed(WON), when=in_pipeline(PRODUCTION), expect=letter("Акт выполненных работ").ever,
                due=working_days(1),
            ),
            assumed=("working_days",),
        ),
        # ── Запущено в работу ──
        Clause(
            "AGY0801", LOW, "п. 8.1",
            "Запущенная сделка сама переходит в «ПРОДАКШН».",
            Response(on=enters(STARTED), expect=enters_pipeline(PRODUCTION), due=hours(1)),
            role=Role.ROBOT, assumed=("hours",),
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
