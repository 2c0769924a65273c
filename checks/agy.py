"""AGY: регламент отдела продаж агентства (amoCRM): новые заявки и воронка."""

from auditor.patterns import (
    ANSWERED, IN, LOST, OUT, UNANSWERED, WON, Cadence, Condition, PerDay, Response, Suspect, amount, attempt,
    cadence, call, came_from, changed, closed, comment, contact, contact_on_record, contains, count, count_days,
    created, day_after_failing, days, days_ahead, email, empty, end_of_next_working_day, end_of_working_day, enters,
    enters_pipeline, field, file, filled, first_filled, first_of_all, goes_to, hours, in_pipeline, in_stage,
    invoice, leaves, letter, letter_opened, message, minutes, near_creation, never, not_since_letter, not_yet, once,
    open_task, or_planned, payment, precedence, reached_out, reopened, result_filled, result_says, silence, sms,
    task, task_moved, told_by, whenever, working_days, working_hours, working_minutes,
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

FROM_SITE = contains(SOURCE, *SITE)
EMAIL_ONLY = FROM_SITE & empty(PHONE) & filled(EMAIL)
TAGGED = filled(TAGS) & contains(TAGS, "#amoCRM")
TAG_CAME = (created.when(TAGGED) | changed(TAGS).when(TAGGED & near_creation(hours(1)))).first
MISSED_CALL = call(OUT, UNANSWERED)
CALLED = call(OUT) | call(ANSWERED)
MARKED_AS_MISSED = (
    comment.saying("не поднял") | task("не поднял") | task_moved.saying("не поднял")
    | task().done.resulting("не поднял")
)  # fmt: skip
FOUR_ATTEMPTS = (count(MISSED_CALL) >= 4) & (count_days(MISSED_CALL) >= 2)
CONTACTS_ASKED = letter("Запрос контактных данных")
QUALIFY, SEND_OFFER = task("Провести квалификацию"), task("Отправить КП")
OFFER_TEMPLATES = ("Отправка КП или оценки", "Отправка базового КП")
OFFER = letter(*OFFER_TEMPLATES)
OFFER_OPENED = letter_opened.saying(*OFFER_TEMPLATES).by_template
OFFER_BY_HAND = letter("Пустое письмо").with_file.flagged(Suspect.EMPTY_TEMPLATE)
OFFER_BY_ANY = email(OUT).with_file.flagged(Suspect.EMPTY_TEMPLATE)
TOLD = task().done.resulting("озвучил по телефону")
OFFER_STAGES = (OFFER_SENT, OFFER_DISCUSSED)
NO_TALK_SINCE = not_since_letter(contact)
LICENCE = contains(KIND, "лицензия")
BILLED = told_by(field(INVOICED), amount(invoice))
PAID = payment | first_filled(PAID_ON).when(days_ahead(PAID_ON) <= 0)
REFUSED = count(contact_on_record, within=days(30)) >= 1
WAITED_LONG = silence(contact) >= 21
WAITED = (count(attempt, since=contact) >= 3) & WAITED_LONG
OUT_OF_PLACE = came_from(NEW) & contains(REASON, *NOT_A_CLIENT)
CONTROL = task("Проконтролировать закрытие сделки")
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
            "AGY0001", HIGH, "Правила работы с новой заявкой, п. 1",
            "На пропущенный звонок с нового номера перезванивают до конца рабочего дня.",
            Response(
                on=first_of_all(call(IN, UNANSWERED)), when=near_creation(minutes(1)), until=contact,
                expect=CALLED, due=end_of_working_day,
            ),
            reading="Звонок с нового номера создаёт сделку: он в ней первое событие и не дальше минуты от её создания. "
            "Перезвонили — исходящий звонок или разговор с клиентом. Срока п. 1 не называет, а полчаса из п. 2.1 идут "
            "только с этапа «Взята в работу». Ответ клиента или закрытие сделки до срока снимает обязанность.",
            assumed=("minutes", "due"),
        ),
        Clause(
            "AGY0002", LOW, "Правила работы с новой заявкой, п. 1",
            "Звонок без ответа отмечают словами «не поднял».",
            Response(
                on=MISSED_CALL, when=not_yet(contact), until=contact,
                expect=MARKED_AS_MISSED, due=working_hours(1),
            ),
            reading="Годится комментарий, а у задачи — текст, перенос или результат. После первого ответа клиента "
            "пункт ничего не требует.",
            assumed=("working_hours",),
        ),
        Clause(
            "AGY0003", HIGH, "Правила работы с новой заявкой, п. 1",
            "После первого звонка без ответа второй раз звонят через час.",
            Response(
                on=MISSED_CALL.first, when=not_yet(contact), until=contact,
                expect=call(OUT).no_sooner_than(minutes(45)), due=working_hours(2),
            ),
            reading="«Через час» — не раньше чем через 45 минут и не позже чем через 2 рабочих часа. Ответ клиента или "
            "закрытие сделки до срока снимает обязанность.",
            assumed=("minutes", "working_hours"),
        ),
        Clause(
            "AGY0004", HIGH, "Правила работы с новой заявкой, п. 1",
            "Если за день два звонка остались без ответа, на следующий рабочий день звонят ещё дважды с перерывом в "
            "час.",
            PerDay(
                during=OPEN_STAGES, expect=call(OUT), at_least=2, apart=minutes(45),
                days=day_after_failing(MISSED_CALL, without=contact, at_least=2), until=contact | closed(),
            ),
            reading="«С перерывом в час» — от первого звонка того дня до последнего не меньше 45 минут. Ответ клиента "
            "или закрытие сделки в тот день снимает обязанность.",
            assumed=("grace_hours", "minutes"),
        ),
        Clause(
            "AGY0005", MEDIUM, "Правила работы с новой заявкой, п. 1",
            "После четырёх звонков без ответа не меньше чем за два дня сделку закрывают как «не дозвонился» или "
            "пробуют связаться ещё.",
            Response(
                on=MISSED_CALL.nth(4, on_days=2), when=not_yet(contact), until=contact,
                expect=closed(LOST).because(UNREACHED) | reached_out, due=end_of_next_working_day,
            ),
            reading="Пробовать дальше разрешает п. 9.6 воронки; сколько это может длиться, говорит AGY0907. Пункт "
            "касается клиента, который ещё ни разу не ответил. Ответ клиента или закрытие с другой причиной до срока "
            "снимает обязанность.",
            assumed=("due",),
        ),
        Clause(
            "AGY0006", HIGH, "Правила работы с новой заявкой, п. 1",
            "С причиной «не дозвонился» закрывают только после четырёх звонков без ответа не меньше чем за два дня.",
            precedence(on=closed(LOST).because(UNREACHED), when=never(contact), needs=FOUR_ATTEMPTS),
            reading="Если клиент когда-то отвечал, закрытие проверяют AGY0903–AGY0906.",
        ),
        Clause(
            "AGY0007", MEDIUM, "Правила работы с новой заявкой, п. 2",
            "По заявке с сайта или из чата, где указан телефон, звонят до конца рабочего дня.",
            Response(
                on=created, when=FROM_SITE & filled(PHONE), until=contact, expect=CALLED, due=end_of_working_day,
            ),
            reading="Откуда заявка, говорит поле «Источник». Засчитан исходящий звонок или разговор с клиентом. Срока "
            "п. 2 не называет. Ответ клиента или закрытие сделки до срока снимает обязанность.",
            assumed=("due",),
        ),
        Clause(
            "AGY0008", MEDIUM, "Правила работы с новой заявкой, п. 3",
            "После первого звонка без ответа уходит письмо по шаблону «Не могу дозвониться».",
            Response(
                on=MISSED_CALL.first, when=filled(EMAIL) & not_yet(contact), until=contact,
                expect=letter("Не могу дозвониться"), due=end_of_working_day,
            ),
            reading="Проверяется, если почта известна и клиент ещё не отвечал. Ответ клиента или закрытие сделки до "
            "срока снимает обязанность.",
            assumed=("due",),
        ),
        Clause(
            "AGY0009", MEDIUM, "Правила работы с новой заявкой, п. 4",
            "По заявке с сайта или из чата, где указана только почта, уходит письмо «Запрос контактных данных».",
            Response(
                on=created, when=EMAIL_ONLY, until=contact, expect=CONTACTS_ASKED, due=end_of_working_day,
            ),
            reading="Откуда заявка, говорит поле «Источник». Ответ клиента или закрытие сделки до срока снимает "
            "обязанность.",
            assumed=("due",),
        ),
        Clause(
            "AGY0010", MEDIUM, "Правила работы с новой заявкой, п. 4",
            "На «Запрос контактных данных» не ответили — на следующий день запрос повторяют.",
            Response(
                on=CONTACTS_ASKED.by_template.first, when=EMAIL_ONLY, until=contact,
                expect=email(OUT), due=end_of_next_working_day,
            ),
            reading="Речь о заявке с сайта или из чата, где указана только почта. Повтор — любое исходящее письмо до "
            "конца следующего рабочего дня; требуется один раз. Ответ клиента или закрытие сделки до срока снимает "
            "обязанность.",
        ),
        Clause(
            "AGY0011", LOW, "Правила работы с новой заявкой, п. 6",
            "В заявке не с сайта и не из чата указан контакт или компания.",
            Condition(
                on=created, when=filled(SOURCE) & ~FROM_SITE, that=filled(CONTACT) | filled(COMPANY)
            ),
            reading="Откуда заявка, говорит поле «Источник»; если оно пусто, пункт ничего не требует.",
        ),
        # ── Новая заявка ──
        Clause(
            "AGY0101", MEDIUM, "Воронка продаж, п. 1.2",
            "Из «Новой заявки» сделка идёт в «Взята в работу» или закрывается с отказом.",
            Condition(on=leaves(NEW), that=goes_to(TAKEN, LOST)),
        ),
        Clause(
            "AGY0102", MEDIUM, "Воронка продаж, п. 1.2",
            "При переходе на этап «Взята в работу» заполнено поле «Площадка».",
            Condition(on=enters(TAKEN), that=filled(PLACE)),
        ),
        Clause(
            "AGY0103", LOW, "Воронка продаж, п. 1.3",
            "По метке #amoCRM клиенту уходит приветственное SMS.",
            Response(on=TAG_CAME, expect=sms(OUT).since_creation.ever, due=minutes(30)),
            role=Role.ROBOT,
            reading="Метка стоит при создании сделки или поставлена в течение часа; срок идёт от создания, а если "
            "метка пришла позже, то от неё. Засчитано всё, что ушло после создания, хотя бы и до метки.",
            assumed=("minutes", "hours"),
        ),
        Clause(
            "AGY0104", LOW, "Воронка продаж, п. 1.3",
            "По метке #amoCRM клиенту уходит приветственное письмо.",
            Response(on=TAG_CAME, expect=email(OUT).since_creation.ever, due=minutes(30)),
            role=Role.ROBOT,
            reading="Метка стоит при создании сделки или поставлена в течение часа; срок идёт от создания, а если "
            "метка пришла позже, то от неё. Засчитано всё, что ушло после создания, хотя бы и до метки.",
            assumed=("minutes", "hours"),
        ),
        # ── Взята в работу ──
        Clause(
            "AGY0201", LOW, "Воронка продаж, п. 2.1",
            "На этапе «Взята в работу» поставлена задача связаться с клиентом и провести квалификацию.",
            Response(on=enters(TAKEN), expect=QUALIFY, due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "AGY0202", HIGH, "Воронка продаж, п. 2.1",
            "После перехода на этап «Взята в работу» с клиентом связываются за 30 рабочих минут.",
            Response(
                on=enters(TAKEN),
                expect=(
                    call(OUT) | message(OUT) | (sms(OUT) | email(OUT)).when(empty(PHONE)) | contact
                ).that_day,
                due=working_minutes(30),
            ),
            reading="Засчитаны звонок или сообщение клиенту и его ответ, а где телефон не указан, любая попытка "
            "связаться. Сделку часто переводят после разговора, поэтому засчитано и то, что было раньше в тот же день.",
        ),
        Clause(
            "AGY0203", HIGH, "Воронка продаж, пп. 2.3–2.4",
            "Квалифицируют клиента только после разговора с ним.",
            precedence(on=enters(QUALIFIED), needs=once(contact)),
            reading="Разговор — состоявшийся звонок либо сообщение или письмо, которым клиент ответил; заявка им не "
            "считается.",
        ),
        Clause(
            "AGY0204", LOW, "Воронка продаж, п. 2.5",
            "Задачу о квалификации закрывают с записью о разговоре.",
            Condition(on=QUALIFY.done.during(TAKEN), that=result_filled),
            reading="Запись — результат задачи. Проверяется, пока сделка на этапе «Взята в работу».",
        ),
        Clause(
            "AGY0205", MEDIUM, "Воронка продаж, п. 2.6",
            "При переходе на этап «Квалифицирован» заполнены поля «Ниша» и «Источник».",
            Condition(on=enters(QUALIFIED), that=filled(NICHE, SOURCE)),
        ),
        Clause(
            "AGY0206", MEDIUM, "Воронка продаж, п. 2.6",
            "Из «Взята в работу» сделка идёт в «Квалифицирован» или закрывается с отказом.",
            Condition(on=leaves(TAKEN), that=goes_to(QUALIFIED, LOST)),
        ),
        # ── Квалифицирован ──
        Clause(
            "AGY0301", LOW, "Воронка продаж, п. 3.1",
            "На этапе «Квалифицирован» поставлена задача отправить предложение.",
            Response(on=enters(QUALIFIED), expect=SEND_OFFER, due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "AGY0302", HIGH, "Воронка продаж, п. 3.1",
            "После перехода на этап «Квалифицирован» предложение уходит за четыре рабочих часа.",
            Response(
                on=enters(QUALIFIED),
                expect=(OFFER | OFFER_BY_ANY | SEND_OFFER.done.resulting("озвучил")).that_day,
                due=working_hours(4),
            ),
            reading="Засчитано письмо по шаблону предложения или задача «Отправить КП» с результатом «озвучил», в том "
            "числе раньше в тот же день. Любое другое письмо с вложением засчитано и помечено: здесь важен срок, а "
            "шаблон проверяет AGY0303.",
        ),
        Clause(
            "AGY0303", MEDIUM, "Воронка продаж, пп. 3.3–3.6",
            "Перед этапом «Отправлено КП» предложение отправлено по шаблону или озвучено по телефону.",
            precedence(
                on=enters(OFFER_SENT),
                needs=once(OFFER | OFFER_BY_HAND) | once(TOLD),
            ),
            reading="Озвучено — так сказано в результате задачи. Письмо по шаблону «Пустое письмо» с вложением "
            "засчитано и помечено.",
        ),
        Clause(
            "AGY0304", LOW, "Воронка продаж, п. 3.7",
            "В результате задачи «Отправить КП» сказано «отправил» или «озвучил по телефону».",
            Condition(on=SEND_OFFER.done.during(QUALIFIED), that=result_says("отправил", "озвучил по телефону")),
            reading="Проверяется, когда задачу выполнили на этапе «Квалифицирован».",
        ),
        Clause(
            "AGY0305", HIGH, "Воронка продаж, п. 3.8",
            "При переходе на этап «Отправлено КП» заполнено поле «Бюджет».",
            Condition(on=enters(OFFER_SENT), that=field(BUDGET) > 0),
            reading="Ноль — не бюджет.",
        ),
        Clause(
            "AGY0306", MEDIUM, "Воронка продаж, п. 3.9",
            "Из «Квалифицирован» сделка идёт в «Отправлено КП» или закрывается с отказом.",
            Condition(on=leaves(QUALIFIED), that=goes_to(OFFER_SENT, LOST)),
        ),
        # ── Отправлено КП, Обсудили КП ──
        Clause(
            "AGY0401", LOW, "Воронка продаж, п. 4.1",
            "На этапе «Отправлено КП» поставлена задача обработать возражения.",
            Response(on=enters(OFFER_SENT), expect=task("обработать возражения"), due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "AGY0402", HIGH, "Воронка продаж, п. 4.1",
            "После перехода на этап «Отправлено КП» с клиентом связываются за один рабочий день, чтобы снять "
            "возражения.",
            Response(on=enters(OFFER_SENT), expect=reached_out | contact, due=working_days(1)),
            reading="Засчитаны любая попытка связаться и любой ответ клиента. «Один день» понят как рабочий.",
        ),
        Clause(
            "AGY0403", MEDIUM, "Воронка продаж, п. 4.2",
            "Клиент открыл письмо с предложением — с ним связываются до конца рабочего дня.",
            Response(
                on=OFFER_OPENED.during(*OFFER_STAGES), when=NO_TALK_SINCE, expect=reached_out | contact,
                due=end_of_working_day,
            ),
            reading="Засчитаны любая попытка связаться и любой ответ клиента. Если клиент отвечал уже после этого "
            "письма, пункт ничего не требует. Срока источник не называет.",
            assumed=("due",),
        ),
        Clause(
            "AGY0404", MEDIUM, "Воронка продаж, п. 4.2",
            "Письмо с предложением не открыто сутки — клиенту напоминают о нём.",
            Response(
                on=OFFER.unopened(hours(24)).during(*OFFER_STAGES), when=NO_TALK_SINCE, expect=reached_out | contact,
                due=end_of_working_day,
            ),
            reading="Засчитаны любая попытка связаться и любой ответ клиента после этих суток. Если клиент отвечал уже "
            "после письма, пункт ничего не требует.",
            assumed=("due",),
        ),
        Clause(
            "AGY0405", MEDIUM, "Воронка продаж, п. 4.4",
            "Клиент не отвечает на звонок — в тот же день уходит письмо «Реактивация по КП».",
            Response(
                on=MISSED_CALL.during(*OFFER_STAGES, TWO_ATTEMPTS).last_of_day, when=filled(EMAIL).if_exported,
                until=contact, expect=letter("Реактивация по КП").that_day, due=end_of_working_day,
            ),
            reading="Проверяется от «Отправлено КП» до «2 попытки и более», если почта не пуста. Сколько бы звонков "
            "без ответа ни было за день, нужно одно письмо; годится и отправленное раньше в тот же день. Ответ клиента "
            "или закрытие сделки до срока снимает обязанность.",
            assumed=("due",),
        ),
        Clause(
            "AGY0406", MEDIUM, "Воронка продаж, пп. 4.5–4.8",
            "Из «Отправлено КП» сделка идёт в «Согласован старт», «2 попытки и более», «Обсудили КП» или закрывается "
            "с отказом.",
            Condition(on=leaves(OFFER_SENT), that=goes_to(START_AGREED, TWO_ATTEMPTS, OFFER_DISCUSSED, LOST)),
            reading="«Обсудили КП» названо в п. 4.8, но не в списке этапов; оно принято.",
        ),
        # ── 2 попытки и более ──
        Clause(
            "AGY0501", HIGH, "Воронка продаж, пп. 4.7 и 5.1",
            "На этапе «2 попытки и более» с клиентом связываются каждую неделю, если он не назвал более поздний день.",
            cadence(during=(TWO_ATTEMPTS,), expect=reached_out | contact, every=or_planned(days(7))),
            reading="Засчитаны любая попытка связаться и ответ клиента. Более поздний день — срок задачи о контакте, "
            "поставленной в течение рабочего дня после ответа клиента и до следующей попытки.",
            assumed=("working_days",),
        ),
        Clause(
            "AGY0502", MEDIUM, "Воронка продаж, п. 5.1",
            "На этапе «2 попытки и более» сделка не остаётся без открытой задачи.",
            Response(
                on=enters(TWO_ATTEMPTS) | task().done.during(TWO_ATTEMPTS), expect=open_task(whenever),
                due=end_of_working_day, until=leaves(TWO_ATTEMPTS),
            ),
            reading="Проверяется при переходе на этап и после каждой задачи, которую на нём выполнили; срок — конец "
            "рабочего дня. Годится любая открытая задача.",
            assumed=("due",),
        ),
        Clause(
            "AGY0503", LOW, "Воронка продаж, пп. 5.1–5.2",
            "Из «2 попытки и более» сделка идёт в «Согласован старт», «Отправлено КП», «Обсудили КП» или закрывается с "
            "отказом.",
            Condition(on=leaves(TWO_ATTEMPTS), that=goes_to(START_AGREED, LOST, OFFER_SENT, OFFER_DISCUSSED)),
            reading="В «Отправлено КП» и «Обсудили КП» сделку возвращают с изменённым предложением.",
        ),
        # ── Согласован старт ──
        Clause(
            "AGY0601", LOW, "Воронка продаж, п. 6.1",
            "На этапе «Согласован старт» поставлена задача подготовить договор и выставить счёт.",
            Response(on=enters(START_AGREED), expect=task("Подготовить договор"), due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "AGY0602", HIGH, "Воронка продаж, п. 6.1",
            "Договор и счёт выставляют за один рабочий день.",
            Response(on=enters(START_AGREED), expect=enters(CONTRACT_SENT), due=working_days(1)),
            reading="Засчитан переход в «Выставлен договор/счет». «Один день» понят как рабочий.",
        ),
        Clause(
            "AGY0603", MEDIUM, "Воронка продаж, п. 6.2",
            "Перед этапом «Выставлен договор/счет» ушло письмо по шаблону «Договор+счет на услуги».",
            precedence(on=enters(CONTRACT_SENT), needs=once(letter("Договор+счет на услуги"))),
        ),
        Clause(
            "AGY0604", LOW, "Воронка продаж, п. 6.3",
            "Счёт, если это не лицензия, выставлен на половину стоимости.",
            Condition(
                on=enters(CONTRACT_SENT), when=~LICENCE,
                that=BILLED.equals(field(BUDGET) * 0.5, within=0.01, of=field(BUDGET)),
            ),
            reading="Регламент говорит «как правило», поэтому важность низкая. Стоимость — «Бюджет»; отклонение до 1 % "
            "от него допустимо. Сумму говорит поле «Сумма счета» или выставленный счёт; если они расходятся или счетов "
            "несколько, сумма неизвестна.",
            assumed=("within",),
        ),
        Clause(
            "AGY0605", LOW, "Воронка продаж, п. 6.4",
            "Счёт за лицензию выставлен на всю стоимость.",
            Condition(
                on=enters(CONTRACT_SENT), when=LICENCE,
                that=BILLED.equals(field(BUDGET), within=0.01, of=field(BUDGET)),
            ),
            reading="Лицензия — то, о чём так говорит поле «Тип»; стоимость — «Бюджет», отклонение до 1 % от него "
            "допустимо. Сумму говорит поле «Сумма счета» или выставленный счёт, как в AGY0604.",
            assumed=("within",),
        ),
        Clause(
            "AGY0606", MEDIUM, "Воронка продаж, п. 6.5",
            "При переходе на этап «Выставлен договор/счет» в поле «Договор» стоит ссылка.",
            Condition(on=enters(CONTRACT_SENT), that=filled(CONTRACT) & contains(CONTRACT, *URL)),
        ),
        # ── Выставлен договор/счет ──
        Clause(
            "AGY0701", HIGH, "Воронка продаж, пп. 7.2 и 7.5",
            "В «Запущено в работу» переводят только после подтверждённой оплаты.",
            precedence(on=enters(STARTED), needs=once(payment) | filled(PAID_ON)),
            reading="Оплату подтверждает поступление в выгрузке или заполненная «Дата оплаты».",
        ),
        Clause(
            "AGY0702", MEDIUM, "Воронка продаж, п. 7.3",
            "В «Запущено в работу» переводят только с копией договора от клиента.",
            precedence(on=enters(STARTED), needs=once(file.saying("договор"))),
            reading="Копия — приложенный файл, в названии которого есть «договор».",
            assumed=("words",),
        ),
        Clause(
            "AGY0703", MEDIUM, "Воронка продаж, п. 7.5",
            "Оплаченную сделку переводят в «Запущено в работу».",
            Response(on=PAID.during(CONTRACT_SENT).first, expect=enters(STARTED).in_passing, due=working_days(1)),
            reading="Оплачена — пришли деньги или впервые заполнена «Дата оплаты», и не будущим днём. Срок идёт от "
            "того, что случилось раньше.",
            assumed=("working_days",),
        ),
        Clause(
            "AGY0704", MEDIUM, "Воронка продаж, п. 7.6",
            "Работа закончена и оплачена — клиенту уходит письмо «Акт выполненных работ».",
            Response(
                on=closed(WON), when=in_pipeline(PRODUCTION), expect=letter("Акт выполненных работ").ever,
                due=working_days(1),
            ),
            reading="Закончена и оплачена — сделка успешно закрыта в «ПРОДАКШН». Засчитано и письмо, которое ушло "
            "раньше.",
            assumed=("working_days",),
        ),
        # ── Запущено в работу ──
        Clause(
            "AGY0801", LOW, "Воронка продаж, п. 8.1",
            "Из «Запущено в работу» сделка сама переходит в воронку «ПРОДАКШН».",
            Response(on=enters(STARTED), expect=enters_pipeline(PRODUCTION), due=hours(1)),
            role=Role.ROBOT, assumed=("hours",),
        ),
        # ── Отказ/отложено ──
        Clause(
            "AGY0901", HIGH, "Воронка продаж, п. 9.2",
            "При закрытии с отказом заполнена причина отказа.",
            Condition(on=closed(LOST), that=filled(REASON)),
        ),
        Clause(
            "AGY0902", HIGH, "Воронка продаж, п. 9.3",
            "Отказ клиента подтверждён: письменно или разговором, запись которого есть в сделке.",
            precedence(on=closed(LOST).not_because(*SILENT), when=~OUT_OF_PLACE, needs=REFUSED),
            reading="Отказ — письмо или сообщение клиента либо состоявшийся звонок за последние 30 дней; запись звонка "
            "нужна, только если в выгрузке есть такая колонка. Заявка отказом не считается. Не касается спама, дублей "
            "и обращений не по адресу, закрытых прямо из «Новой заявки».",
            assumed=("days",),
        ),
        Clause(
            "AGY0903", HIGH, "Воронка продаж, п. 9.4",
            "Молчащего клиента закрывают не раньше чем после трёх попыток.",
            precedence(
                on=closed(LOST).because(*SILENT), when=once(contact) | ~contains(REASON, UNREACHED),
                needs=count(attempt, since=contact) >= 3,
            ),
            reading="Молчащий — закрытый с причиной «не отвечает» или «не дозвонился». Попытки считаются после "
            "последнего ответа клиента. Если клиент ни разу не ответил и причина — «не дозвонился», закрытие проверяет "
            "AGY0006.",
        ),
        Clause(
            "AGY0904", HIGH, "Воронка продаж, п. 9.5",
            "Молчащего клиента не закрывают раньше трёх недель после последнего ответа.",
            Condition(on=closed(LOST).because(*SILENT), when=once(contact), that=WAITED_LONG),
            reading="Молчащий — закрытый с причиной «не отвечает» или «не дозвонился». Считаются календарные дни. Если "
            "клиент ни разу не ответил, пункт ничего не требует.",
        ),
        Clause(
            "AGY0905", MEDIUM, "Воронка продаж, п. 9.5",
            "Последняя попытка связаться с молчащим клиентом — через три недели после его ответа или позже.",
            precedence(
                on=closed(LOST).because(*SILENT), when=once(contact) & WAITED_LONG,
                needs=count(attempt, since=contact, no_sooner=days(21)) >= 1,
            ),
            reading="Молчащий — закрытый с причиной «не отвечает» или «не дозвонился». Если клиент ни разу не ответил "
            "или сделку закрыли раньше трёх недель, пункт ничего не требует: о раннем закрытии говорит AGY0904.",
        ),
        Clause(
            "AGY0906", LOW, "Воронка продаж, п. 9.5",
            "Причину «не дозвонился» ставят, только если у клиента известен один телефон, без почты.",
            Condition(on=closed(LOST).because(UNREACHED), when=once(contact), that=empty(EMAIL)),
            reading="Проверяется, если клиент когда-то отвечал: без единого ответа известная почта не мешает.",
        ),
        Clause(
            "AGY0907", HIGH, "Воронка продаж, п. 9.7",
            "Без ответа клиента сделка живёт не дольше восьми недель, потом её закрывают.",
            Cadence(
                on=created | reopened | FEEDBACK.last_of_day, when=~(in_stage(STARTED) | in_pipeline(PRODUCTION)),
                expect=FEEDBACK | closed(), due=days(56), until=enters(STARTED) | enters_pipeline(PRODUCTION),
            ),
            reading="Срок идёт от создания и от последнего ответа каждого дня, пока сделка не запущена в работу. Ответ "
            "до создания сделки не считается.",
        ),
        Clause(
            "AGY0908", LOW, "Воронка продаж, п. 9.8",
            "После закрытия с отказом клиенту уходит письмо об этом.",
            Response(on=closed(LOST), when=filled(EMAIL), expect=email(OUT), due=days(1)),
            role=Role.ROBOT,
            reading="Проверяется, если почта известна.",
            assumed=("days",),
        ),
        Clause(
            "AGY0909", HIGH, "Воронка продаж, п. 9.8",
            "Сделку закрывают, только если клиент отказался или если выждали срок и сделали все попытки.",
            Condition(
                on=closed(LOST), when=~OUT_OF_PLACE, that=REFUSED | WAITED | (never(contact) & FOUR_ATTEMPTS)
            ),
            reading="Какой бы ни была причина, есть одно из трёх: отказ за последние 30 дней, как его понимает "
            "AGY0902; три попытки и три недели после последнего ответа (без ответов — после создания); четыре звонка "
            "без ответа не меньше чем за два дня, если клиент ни разу не ответил. Не касается спама, дублей и "
            "обращений не по адресу, закрытых прямо из «Новой заявки». Пункт повторяет запрет для любой причины, "
            "поэтому одно закрытие может нарушить и его, и AGY0006, AGY0902, AGY0903 или AGY0904.",
            assumed=("days",),
        ),
        Clause(
            "AGY0910", MEDIUM, "Воронка продаж, п. 9.9",
            "Руководитель получает задачу проверить закрытие сделки.",
            Response(on=closed(LOST), expect=CONTROL.to(Role.HEAD), due=hours(1)),
            role=Role.ROBOT, assumed=("hours",),
        ),
        Clause(
            "AGY0911", MEDIUM, "Воронка продаж, п. 9.9",
            "Руководитель проверяет закрытие сделки.",
            Response(on=closed(LOST), expect=CONTROL.done.by(Role.HEAD).to(Role.HEAD), due=working_days(5)),
            role=Role.HEAD,
            reading="Засчитана выполненная им задача «Проконтролировать закрытие сделки».",
            assumed=("working_days",),
        ),
    ),
    by_hand=(
        ByHand(
            "Правила работы с новой заявкой, п. 1",
            "Перенести задачу на час, потом на день",
            "важны сами попытки: их проверяют AGY0003 и AGY0004",
        ),
        ByHand(
            "Правила работы с новой заявкой, п. 5",
            "Разобрать письма в ящике, по которым нет сделки",
            "ящик не выгружается",
        ),
        ByHand("Правила работы с новой заявкой, п. 7", "Скрипт приветствия", "содержание разговора не выгружается"),
        ByHand("Воронка продаж, п. 1.2", "Понять, спам ли это", "содержание заявки видно только человеку"),
        ByHand("Воронка продаж, п. 2.2", "Найти сведения о клиенте в интернете", "поиск не оставляет следа в CRM"),
        ByHand("Воронка продаж, п. 2.4", "Задать все вопросы квалификации", "видны только обязательные поля"),
        ByHand("Воронка продаж, п. 3.2", "Содержание коммерческого предложения", "текст вложения не выгружается"),
        ByHand(
            "Воронка продаж, п. 3.8",
            "Из нескольких цен в бюджет внести наибольшую",
            "цены вариантов стоят во вложении; заполнен ли бюджет, проверяет AGY0305",
        ),
        ByHand(
            "Воронка продаж, п. 3.4", "Убрать из базового предложения лишний файл", "вложения видны только человеку"
        ),
        ByHand(
            "Воронка продаж, п. 3.6",
            "Озвучивать по телефону только небольшую сумму",
            "какая сумма небольшая, регламент не говорит",
        ),
        ByHand(
            "Воронка продаж, пп. 4.5–4.7 и 5.2",
            "Выбрать этап по словам клиента",
            "слова клиента в выгрузку не попадают; на какие этапы можно перейти, проверяют AGY0406 и AGY0503",
        ),
        ByHand("Воронка продаж, п. 7.1", "Добиться подтверждения, что договор получен", "видно только по переписке"),
        ByHand("Воронка продаж, п. 7.4", "Документы", "раздел в источнике не приведён"),
        ByHand("Воронка продаж, п. 9.1", "Объективная причина отказа", "объективна ли она, видно только человеку"),
        ByHand(
            "Воронка продаж, п. 9.9",
            "Руководитель изучает историю и звонит некоторым клиентам",
            "видно только, что его задача выполнена: AGY0911",
        ),
    ),
)  # fmt: skip
