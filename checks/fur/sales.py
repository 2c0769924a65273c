"""FUR: воронка «Продажи»."""

from auditor.patterns import (
    ANSWERED, LOST, OUT, WON, Absence, Cadence, Condition, LastingResponse, PerDay, Response, after_date, after_last,
    after_later, agreed_to_the_hour, attached, attaching, both, call, came_from, changed, chat, closed, comment,
    contact, contains, count, day_of, days, days_ahead, done_another_day, due_ahead, due_days, due_moments, empty,
    end_of_day, end_of_next_working_day, end_of_this_working_day, end_of_working_day, enters, enters_pipeline, eve_of,
    field, file, filled, first_days, first_filled, first_known, from_day, given_up, goes_to, holding, in_ledger,
    in_stage, invited, is_, leads_to, leaves, ledger_equals, ledger_says, ledger_updated, message, moved, named_day,
    next_working_day, no_way_back, not_followed_by, not_later, not_since_entering, not_yet, on_working_day, once,
    open_task, opened, parts_in, planned, planned_contact, precedence, reached_out, silence, start_of, task,
    task_given_up, task_is_open, while_, working_dates,
)  # fmt: skip
from auditor.rules import HIGH, LOW, MEDIUM, Clause, Role
from checks.fur.pipelines import (
    ADDRESS, BEFORE_MEASURING, CALL_AFTER, CONTRACT_DATE, CONTRACT_EXPECTED_ON, CONTRACT_NAME, CONTRACT_NUMBER,
    CONTRACT_SUM, DEFERRED, DISCOUNT, ESTIMATE, ESTIMATE_SHEET, ESTIMATE_SUM, FILMING, KEPT_IN_TOUCH, KEY_NEEDS,
    MEASURED_ON, MEASURING, MEASURING_AGAIN, MEASURING_SHEET, NEEDS, NO_SHEET, ON_ITS_DAY, PRECONTRACT, PREPAID,
    PUT_OFF, REASON, RESULT, SOURCE,
)  # fmt: skip

FORWARD = goes_to(PUT_OFF, BEFORE_MEASURING, MEASURING)
SHEET = attaching(ESTIMATE_SHEET)
CALL_OR_WRITE = call(OUT) | message(OUT)
PLANNED_OR_DONE = due_moments(task()) | done_another_day | CALL_OR_WRITE
NOT_FINISHED = "работа со сделкой не завершена"
UNFINISHED = comment.saying(NOT_FINISHED).pinned
NO_DATA_GIVEN = empty(NEEDS, KEY_NEEDS) & ~attached(ESTIMATE_SHEET)
DATA_GIVEN = first_filled(NEEDS, KEY_NEEDS) | SHEET
TALK = call(ANSWERED)
SHORT_TALK, PRESENTED = (some.during(ESTIMATE).when(once(SHEET)) for some in (TALK.shorter_than(60), TALK.lasting(60)))
THREE_DAYS_AFTER_TALK = after_last(TALK, working_dates(3), otherwise=enters(PUT_OFF))
AGREED = ("договорил", "по договорённости")
NOT_AGREED = not_yet(task(*AGREED) | comment.saying(*AGREED)) & ~agreed_to_the_hour

FROM_MEASURING_ON = (BEFORE_MEASURING, MEASURING, MEASURING_AGAIN, NO_SHEET, CALL_AFTER, PRECONTRACT)
BACKWARD, ALL_EXITS = no_way_back(FROM_MEASURING_ON, (ESTIMATE, PUT_OFF))
ADDRESS_WORDS = (
    "г", "город", "ул", "улица", "пр-т", "пер", "д", "дом", "к", "корп", "кв", "квартира", "под", "подъезд", "эт",
    "этаж", "домофон", "дмф", "код", "частный",
)  # fmt: skip
ADDRESS_PARTS = parts_in(ADDRESS, *ADDRESS_WORDS)
FULL_ADDRESS = filled(ADDRESS) & (
    (ADDRESS_PARTS >= 7) | ((ADDRESS_PARTS >= 3) & contains(ADDRESS, "частный", "коттедж", "дача"))
)
BOOKED_BEFORE_MEASURING = enters(BEFORE_MEASURING).when(filled(MEASURED_ON)) | first_filled(MEASURED_ON).during(
    BEFORE_MEASURING
)
MEASURED_DATE_BOOKED = ledger_equals("measurement_date", MEASURED_ON)
SUM_BOOKED = ledger_equals("amount", ESTIMATE_SUM)
MEASURED = day_of(MEASURED_ON).during(MEASURING)
MEASURED_AGAIN = day_of(MEASURED_ON).during(MEASURING_AGAIN).when(days_ahead(MEASURED_ON) >= 0)
HEARD_THAT_DAY = (comment | chat | call()).that_day
MEASURING_CHAT = chat.in_channel("замер")
SHEET_NAMES = ("замерн",)
MEASURING_SHEETS = attached(MEASURING_SHEET, *SHEET_NAMES)
AFTER_THE_VISIT = (days_ahead(MEASURED_ON) <= 0) & ~goes_to(WON) & empty(CONTRACT_NUMBER)
THREE_DAYS_BEFORE, TWO_OR_THREE_DAYS_BEFORE = named_day(MEASURED_ON, -3), named_day(MEASURED_ON, -3, -2)
BY_QUARTER_TO_ELEVEN, BY_ELEVEN = next_working_day("10:45"), next_working_day("11:00")
MORNING_AFTER = after_date(MEASURED_ON, BY_ELEVEN)
TO_NO_SHEET, TO_CALL_AFTER = (
    goes_to(stage, MEASURING_AGAIN, PRECONTRACT, LOST, DEFERRED) for stage in (NO_SHEET, CALL_AFTER)
)
NOT_PUT_OFF = not_followed_by(moved(MEASURED_ON), MORNING_AFTER)
MORNING_AFTER_BOTH = after_later(MEASURED_ON, BY_ELEVEN)
HEAD_AGREED = (comment.saying("соглас", but_not="не соглас") | chat.saying("соглас", but_not="не соглас")).by(Role.HEAD)
CONTRACT_DAY = first_known(
    day_of(CONTRACT_DATE),
    first_filled(CONTRACT_NUMBER).when(empty(CONTRACT_DATE) & ~in_stage(PRECONTRACT) & ~leads_to(PRECONTRACT)),
)
AFTER_CONTRACT = after_last(CONTRACT_DAY, BY_ELEVEN)
VISIT = day_of(MEASURED_ON).during(MEASURING, MEASURING_AGAIN)
MEASURED_BEFORE_TODAY = (once(VISIT) & (silence(VISIT) >= 1)) | MEASURING_SHEETS

SALES_CLAUSES = (
    # ── Просчёт ──
    Clause(
        "FUR0401", LOW, "Просчёт, клиент не дал данных, п. 1",
        "В «Просчёте» заполнен источник обращения.",
        Condition(on=enters(ESTIMATE), that=filled(SOURCE), grace=end_of_day),
        reading="Срок — конец дня, когда сделка вошла в стадию.",
        assumed=("due",),
    ),
    Clause(
        "FUR0402", HIGH, "Просчёт, клиент не дал данных, п. 4",
        "Первую неделю после заявки на каждый рабочий день менеджера назначен звонок или сообщение, пока клиент не "
        "ответил и не дал данных.",
        PerDay(
            during=ESTIMATE, expect=PLANNED_OR_DONE, days=first_days(7) & while_(NO_DATA_GIVEN), until=contact,
        ),
        reading="Засчитаны задача со сроком в этот день, поставленная не позже него, и сам звонок или сообщение. День "
        "входа в «Просчёт» считается, если от него оставалось не меньше 4 рабочих часов. День, к концу которого "
        "заполнены потребности или приложен лист, ничего не требует: клиент дал данные.",
        assumed=("grace_hours",),
    ),
    Clause(
        "FUR0403", HIGH, "Просчёт, клиент не дал данных, п. 5",
        "Через неделю после заявки с клиентом, который не ответил и не дал данных, связываются каждые два–три дня.",
        Cadence(
            on=from_day(8, during=ESTIMATE, then=PLANNED_OR_DONE), when=not_since_entering(contact) & NO_DATA_GIVEN,
            expect=PLANNED_OR_DONE, due=on_working_day(days(3)), until=leaves(ESTIMATE) | contact | DATA_GIVEN,
        ),
        reading="Первый срок отсчитан от начала восьмого дня после заявки. «Два–три дня» — не позже третьего; срок, "
        "который выпал на выходной, переходит на следующий рабочий день. Потребности заполнены или лист приложен — "
        "клиент дал данные: пункт больше ничего не требует.",
    ),
    Clause(
        "FUR0404", MEDIUM, "Просчёт, клиент не дал данных, п. 6",
        "Клиент ответил, но данных не дал — следующий контакт назначен.",
        Response(
            on=contact.during(ESTIMATE).last_of_day, when=NO_DATA_GIVEN, expect=open_task() | leaves(ESTIMATE),
            due=end_of_working_day, until=DATA_GIVEN,
        ),
        reading="После последнего за день ответа клиента открыта задача со сроком, или сделка ушла из «Просчёта». "
        "Потребности заполнены или лист приложен — клиент дал данные, и назначать нечего.",
        assumed=("due",),
    ),
    Clause(
        "FUR0405", HIGH, "Просчёт, клиент не дал данных, п. 6",
        "Контакт, назначенный в «Просчёте», происходит в свой день.",
        Response(on=due_days(planned_contact).during(ESTIMATE), expect=KEPT_IN_TOUCH, due=ON_ITS_DAY),
        reading="Засчитаны попытка связаться, ответ клиента, выполнение задачи или её перенос до конца дня, на который "
        "назначена задача о контакте: о контакте договорились на день, а не на рабочие часы. Задачу на выходной можно "
        "исполнить и в следующий рабочий день: в выходной никто ничего не должен.",
    ),
    Clause(
        "FUR0406", HIGH, "Просчёт, клиент дал данные, пп. 1–7",
        "Перед переходом дальше в сделке заполнены сведения о клиенте, потребностях, продукции и скидке.",
        Condition(
            on=leaves(ESTIMATE), when=FORWARD,
            that=filled(
                "Статус клиента", "Город", SOURCE, NEEDS, KEY_NEEDS, "Тип сделки", "Тип продукции",
                "Скидка для заказчика предварительная",
            ),
        ),
        reading="Переход дальше — в «Перенос», «Предзамер» или «Замер».",
    ),
    Clause(
        "FUR0407", MEDIUM, "Просчёт, клиент дал данные, п. 8.1",
        "Если лист не готов к концу рабочего дня, приложен файл с промежуточным эскизом или просчётом и закреплён "
        "комментарий, что работа не завершена.",
        Response(
            on=first_filled(NEEDS, KEY_NEEDS).during(ESTIMATE),
            expect=SHEET.ever | both(file.that_day, UNFINISHED.that_day), due=end_of_this_working_day,
            until=leaves(ESTIMATE),
        ),
        reading="Данные клиента получены, когда в «Просчёте» заполнено первое из полей потребностей. Засчитан лист, а "
        "без него — любой файл этого дня вместе с закреплённым комментарием этого дня со словами «работа со сделкой не "
        "завершена». Сделка ушла из «Просчёта» раньше — лист проверяет FUR0408.",
    ),
    Clause(
        "FUR0408", HIGH, "Просчёт, клиент дал данные, п. 9",
        "Перед переходом дальше лист просчёта приложен в своём поле.",
        Condition(on=leaves(ESTIMATE), when=FORWARD, that=attached(ESTIMATE_SHEET)),
        reading="Переход дальше — в «Перенос», «Предзамер» или «Замер». Файл с таким именем тоже засчитан.",
    ),
    Clause(
        "FUR0409", HIGH, "Просчёт, клиент дал данные, п. 10",
        "Перед переходом дальше заполнена сумма предварительного просчёта.",
        Condition(on=leaves(ESTIMATE), when=FORWARD, that=field(ESTIMATE_SUM) > 0),
        reading="Переход дальше — в «Перенос», «Предзамер» или «Замер». Ноль — не сумма.",
    ),
    Clause(
        "FUR0410", HIGH, "Просчёт, клиент дал данные, пп. 12–13",
        "Просчёт показывают по телефону; письменно — только если в чате сделки спросили разрешения руководителя.",
        precedence(
            on=leaves(ESTIMATE), when=FORWARD,
            needs=(count(TALK, since=SHEET.first) >= 1) | once(invited(Role.HEAD), since=enters(ESTIMATE)),
        ),
        reading="Перед переходом в «Перенос», «Предзамер» или «Замер» есть состоявшийся звонок, исходящий или "
        "входящий, после первого листа (когда лист появился, неизвестно — любой) или приглашение руководителя с тех "
        "пор, как сделка вошла в «Просчёт».",
    ),
    Clause(
        "FUR0411", MEDIUM, "Просчёт, клиент дал данные, п. 14",
        "Клиент не может говорить — новый звонок назначен.",
        Response(
            on=SHORT_TALK, expect=leaves(ESTIMATE) | open_task(what=planned_contact), due=end_of_working_day,
        ),
        reading="«Не может говорить» — состоявшийся разговор короче 60 секунд, когда лист уже приложен. Засчитана "
        "открытая задача о контакте; сделка ушла из «Просчёта» — назначать нечего.",
        assumed=("due", "seconds"),
    ),
    Clause(
        "FUR0412", MEDIUM, "Просчёт, клиент дал данные, п. 15",
        "Просчёт представлен, замер не заказан, отказа нет — сделка уходит в «Перенос».",
        Response(
            on=PRESENTED.first, expect=leaves(ESTIMATE), due=end_of_working_day, unless=task_is_open(planned_contact),
        ),
        reading="Презентация — первый разговор не короче 60 секунд, когда лист уже приложен; засчитан любой уход из "
        "«Просчёта». Если к сроку открыта задача о контакте, презентация ещё не окончена: пункт ничего не требует.",
        assumed=("due", "seconds"),
    ),
    Clause(
        "FUR0413", MEDIUM, "Просчёт, клиент дал данные, п. 15",
        "При входе в «Перенос» заполнено имя в разделе «Договор».",
        Condition(on=enters(PUT_OFF), that=filled(CONTRACT_NAME)),
    ),
    Clause(
        "FUR0414", MEDIUM, "Просчёт, клиент дал данные, п. 17",
        "Сделку, отложенную больше чем на 32 дня, переводят в «Отложенный спрос».",
        Response(
            on=planned_contact.during(ESTIMATE, PUT_OFF, NO_SHEET, CALL_AFTER), when=due_ahead > 32,
            expect=enters_pipeline(DEFERRED), due=end_of_working_day, until=task_given_up(32),
        ),
        reading="Отложена — значит в «Просчёте», «Переносе», «Нет замерного листа» или «Созвоне после замера» "
        "поставлена задача о контакте со сроком дальше 32 дней. Если ту же задачу удалили или перенесли ближе, сделка "
        "не отложена.",
        assumed=("due",),
    ),
    # ── Перенос ──
    Clause(
        "FUR0501", MEDIUM, "Перенос, введение",
        "При входе в «Перенос» ссылка на сделку уходит в чат «Работа с заявкой».",
        Response(on=enters(PUT_OFF), expect=chat.in_channel("Работа с заявкой").that_day, due=end_of_working_day),
        reading="Засчитано сообщение в чате с таким названием, в тот день и до перевода тоже.",
        assumed=("due",),
    ),
    Clause(
        "FUR0502", HIGH, "Перенос, п. 1",
        "При входе в «Перенос» назначены дата и время следующего контакта.",
        planned(on=enters(PUT_OFF)),
        reading="До конца рабочего дня открыта задача со сроком.",
        assumed=("due",),
    ),
    Clause(
        "FUR0503", MEDIUM, "Перенос, п. 2",
        "Если с клиентом не договорились, контакт назначен не позже трёх рабочих дней после презентации.",
        Condition(
            on=enters(PUT_OFF), when=task_is_open() & NOT_AGREED, that=task_is_open(by=THREE_DAYS_AFTER_TALK),
            grace=end_of_working_day,
        ),
        reading="Считаются даты; презентация — последний состоявшийся разговор. Если его не было или три дня после "
        "него прошли ещё до входа в стадию, считают от входа. Договорились, если об этом сказано в задаче или "
        "комментарии или если у открытой задачи есть час, а поставили её не позже чем через рабочий день после "
        "разговора с клиентом. Если открытой задачи со сроком нет вовсе, об этом говорит только FUR0502.",
        assumed=("due", "words", "working_days"),
    ),
    Clause(
        "FUR0504", MEDIUM, "Перенос, п. 3",
        "Пересчёт делается только в «Переносе».",
        Absence(
            on=moved(ESTIMATE_SUM).during(MEASURING, MEASURING_AGAIN, PRECONTRACT),
            among=moved(ESTIMATE_SUM).during(PUT_OFF, *FROM_MEASURING_ON),
        ),
        reading="Нарушение — сумма изменена в «Замере», «Повторном замере» или «Преддоговоре». В «Предзамере» "
        "пересчёт разрешён: его просит примечание к этой стадии.",
    ),
    Clause(
        "FUR0505", MEDIUM, "Перенос, п. 4",
        "К каждой новой цене в «Переносе» приложен свой лист просчёта.",
        Response(
            on=moved(ESTIMATE_SUM).during(PUT_OFF), expect=SHEET.that_day_or_since(changed(ESTIMATE_SUM)),
            due=end_of_working_day,
        ),
        reading="Срок — конец рабочего дня, когда изменилась сумма. Годится и лист, приложенный в тот день до неё или "
        "с тех пор, как появилась прежняя сумма.",
        assumed=("due",),
    ),
    # ── Предзамер ──
    Clause(
        "FUR0601", HIGH, "Предзамер, важное примечание",
        "Из «Предзамера» и более поздних стадий сделка не возвращается в «Просчёт» и «Перенос».",
        Absence(on=BACKWARD, among=ALL_EXITS),
        reading="Обход через другую воронку не нарушение, но отмечается как подозрительный.",
    ),
    Clause(
        "FUR0602", MEDIUM, "Предзамер, введение",
        "В «Предзамер» попадает сделка, до замера которой больше трёх дней.",
        Condition(on=BOOKED_BEFORE_MEASURING, that=days_ahead(MEASURED_ON) > 3),
        reading="Считаются календарные дни от входа в стадию, а если даты при входе ещё не было — от дня, когда её "
        "впервые внесли в «Предзамере». Заполнена ли дата, проверяет FUR0605.",
    ),
    Clause(
        "FUR0603", MEDIUM, "Предзамер, введение и п. 7",
        "Если до замера больше 32 дней, сделка в тот же день уходит в «Отложенный спрос».",
        Response(
            on=enters(BEFORE_MEASURING) | changed(MEASURED_ON).during(BEFORE_MEASURING),
            when=filled(MEASURED_ON) & (days_ahead(MEASURED_ON) > 32),
            expect=enters_pipeline(DEFERRED), due=end_of_working_day,
            until=changed(MEASURED_ON).when(empty(MEASURED_ON) | (days_ahead(MEASURED_ON) <= 32)),
        ),
        reading="Проверяется при входе в «Предзамер» и при каждой перемене даты; срок — конец рабочего дня. Если дату "
        "до срока приблизили или стёрли, пункт ничего не требует.",
        assumed=("due",),
    ),
    Clause(
        "FUR0604", MEDIUM, "Предзамер, п. 1",
        "Адрес замера полный: город, улица, дом, квартира, подъезд, этаж, домофон.",
        Condition(on=enters(BEFORE_MEASURING), that=FULL_ADDRESS, grace=end_of_day),
        reading="Нужны семь частей; для частного дома (в адресе есть слово «частный», «коттедж» или «дача») — три: "
        "город, улица и дом. Часть начинается с запятой, точки с запятой, новой строки или слова вроде «ул.», «кв.», "
        "«этаж»; вместо неизвестной можно поставить прочерк. Срок — конец дня, когда сделка вошла в стадию.",
        assumed=("parts", "parts_2", "part_words", "values", "due"),
    ),
    Clause(
        "FUR0605", HIGH, "Предзамер, п. 2",
        "В «Предзамере» заполнена предполагаемая дата замера.",
        Condition(on=enters(BEFORE_MEASURING), that=filled(MEASURED_ON), grace=end_of_day),
        reading="Срок — конец дня, когда сделка вошла в стадию.",
        assumed=("due",),
    ),
    Clause(
        "FUR0606", MEDIUM, "Предзамер, п. 3",
        "В «Предзамере» есть ответ, разрешена ли видеосъёмка.",
        Condition(on=enters(BEFORE_MEASURING), that=filled(FILMING).answered, grace=end_of_day),
        reading="Отказ — тоже ответ. Срок — конец дня, когда сделка вошла в стадию.",
        assumed=("due",),
    ),
    Clause(
        "FUR0607", HIGH, "Предзамер, п. 4",
        "Для «Предзамера» в «Учёте клиентов» есть запись с той же датой замера, что в сделке.",
        Condition(
            on=enters(BEFORE_MEASURING), that=MEASURED_DATE_BOOKED, grace=end_of_working_day,
            until=given_up(MEASURED_ON),
        ),
        reading="Срок — конец рабочего дня, когда сделка вошла в стадию. Дату до срока изменили — новую проверяет "
        "FUR0613.",
        assumed=("due",),
    ),
    Clause(
        "FUR0608", HIGH, "Предзамер, п. 4",
        "Для «Предзамера» сумма в «Учёте клиентов» равна сумме предварительного просчёта.",
        Condition(
            on=enters(BEFORE_MEASURING), when=in_ledger(), that=SUM_BOOKED, grace=end_of_working_day,
            until=given_up(ESTIMATE_SUM),
        ),
        reading="Срок — конец рабочего дня, когда сделка вошла в стадию. Есть ли запись, проверяет FUR0607; сумму до "
        "срока изменили — новую проверяет FUR0614.",
        assumed=("due",),
    ),
    Clause(
        "FUR0609", MEDIUM, "Предзамер, п. 5",
        "В «Предзамере» поставлена задача подтвердить замер за три дня до него.",
        planned(on=BOOKED_BEFORE_MEASURING, when=days_ahead(MEASURED_ON) >= 3, window=THREE_DAYS_BEFORE),
        reading="Проверяется при входе, а если даты при входе ещё не было — когда её впервые внесли в «Предзамере». "
        "Срок задачи — в тот день; если он выходной, годится и время с предыдущего рабочего дня. Поставить её нужно до "
        "конца рабочего дня. До замера меньше трёх дней или дату за это время перенесли — пункт ничего не требует.",
        assumed=("due",),
    ),
    Clause(
        "FUR0610", HIGH, "Предзамер, п. 6",
        "За три дня до замера менеджер связывается с клиентом.",
        Response(on=day_of(MEASURED_ON, -3).during(BEFORE_MEASURING), expect=reached_out | contact, due=end_of_day),
        reading="Засчитаны любая попытка связаться и любой ответ клиента в тот день; если он выходной — с предыдущего "
        "рабочего дня.",
    ),
    Clause(
        "FUR0611", MEDIUM, "Предзамер, п. 7",
        "Замер перенесли — поставлена новая задача за три дня до новой даты.",
        planned(
            on=moved(MEASURED_ON).during(BEFORE_MEASURING), when=days_ahead(MEASURED_ON) >= 3,
            window=THREE_DAYS_BEFORE,
        ),
        reading="Задача открыта до конца рабочего дня, когда изменена дата; если день её срока выходной, годится и "
        "время с предыдущего рабочего дня. До новой даты меньше трёх дней — пункт ничего не требует.",
        assumed=("due",),
    ),
    Clause(
        "FUR0612", MEDIUM, "Предзамер, второй п. 8",
        "Клиент подтвердил дату — до замера сделка переходит в «Замер».",
        Response(
            on=contact.during(BEFORE_MEASURING).when(opened(THREE_DAYS_BEFORE)).first_of_value(MEASURED_ON),
            expect=enters(MEASURING) | moved(MEASURED_ON) | enters_pipeline(DEFERRED) | closed(),
            due=start_of(MEASURED_ON),
        ),
        reading="Подтверждение — первый ответ клиента не раньше чем за три дня до замера (если тот день выходной — с "
        "предыдущего рабочего дня), пока сделка в «Предзамере». Срок — час замера, без часа — конец его дня. Засчитаны "
        "и перенос даты, и «Отложенный спрос», и закрытие сделки.",
        assumed=("clock",),
    ),
    Clause(
        "FUR0613", MEDIUM, "Предзамер, п. 7",
        "Замер перенесли — в «Учёте клиентов» стоит новая дата.",
        Condition(
            on=moved(MEASURED_ON).during(BEFORE_MEASURING), that=MEASURED_DATE_BOOKED, grace=end_of_working_day,
            until=given_up(MEASURED_ON),
        ),
        reading="Срок — конец рабочего дня, когда изменена дата. Изменили дату ещё раз до срока — проверяется "
        "последняя.",
        assumed=("due",),
    ),
    Clause(
        "FUR0614", MEDIUM, "Предзамер, примечание о пересчёте",
        "Цену пересчитали — приложен новый лист, а сумма в «Учёте клиентов» — новая.",
        Response(
            on=moved(ESTIMATE_SUM).during(BEFORE_MEASURING),
            expect=both(SHEET.that_day_or_since(changed(ESTIMATE_SUM)), holding(SUM_BOOKED)),
            due=end_of_working_day, until=given_up(ESTIMATE_SUM),
        ),
        reading="Срок — конец рабочего дня, когда изменена сумма просчёта. Засчитан и лист, приложенный раньше: в тот "
        "же день или после того, как внесли прежнюю сумму. Изменили сумму ещё раз до срока — проверяется последняя.",
        assumed=("due",),
    ),
    # ── Замер ──
    Clause(
        "FUR0701", MEDIUM, "Замер, введение",
        "Сразу в «Замер», без «Предзамера», сделка попадает, только если до замера не больше трёх дней.",
        Condition(on=enters(MEASURING), when=~came_from(BEFORE_MEASURING), that=days_ahead(MEASURED_ON) <= 3),
        reading="Считаются календарные дни от входа в стадию.",
    ),
    Clause(
        "FUR0702", MEDIUM, "Замер, п. 1",
        "Для «Замера» адрес полный: город, улица, дом, квартира, подъезд, этаж, домофон.",
        Condition(on=enters(MEASURING), that=FULL_ADDRESS, grace=end_of_day),
        reading="Нужны семь частей; для частного дома (в адресе есть слово «частный», «коттедж» или «дача») — три: "
        "город, улица и дом. Часть начинается с запятой, точки с запятой, новой строки или слова вроде «ул.», «кв.», "
        "«этаж»; вместо неизвестной можно поставить прочерк. Срок — конец дня, когда сделка вошла в стадию.",
        assumed=("parts", "parts_2", "part_words", "values", "due"),
    ),
    Clause(
        "FUR0703", HIGH, "Замер, п. 2",
        "В «Замере» заполнена предполагаемая дата замера.",
        Condition(on=enters(MEASURING), that=filled(MEASURED_ON), grace=end_of_day),
        reading="Срок — конец дня, когда сделка вошла в стадию.",
        assumed=("due",),
    ),
    Clause(
        "FUR0704", MEDIUM, "Замер, п. 3",
        "В «Замере» есть ответ, разрешена ли видеосъёмка.",
        Condition(on=enters(MEASURING), that=filled(FILMING).answered, grace=end_of_day),
        reading="Отказ — тоже ответ. Срок — конец дня, когда сделка вошла в стадию.",
        assumed=("due",),
    ),
    Clause(
        "FUR0705", HIGH, "Замер, п. 4",
        "Для «Замера» в «Учёте клиентов» есть запись с той же датой замера, что в сделке.",
        Condition(on=enters(MEASURING), that=MEASURED_DATE_BOOKED, grace=end_of_working_day),
        reading="Срок — конец рабочего дня, когда сделка вошла в стадию.",
        assumed=("due",),
    ),
    Clause(
        "FUR0706", HIGH, "Замер, п. 4",
        "Для «Замера» сумма в «Учёте клиентов» равна сумме предварительного просчёта.",
        Condition(on=enters(MEASURING), when=in_ledger(), that=SUM_BOOKED, grace=end_of_working_day),
        reading="Срок — конец рабочего дня, когда сделка вошла в стадию. Есть ли запись, проверяет FUR0705.",
        assumed=("due",),
    ),
    Clause(
        "FUR0707", HIGH, "Замер, п. 5",
        "К 16:00 накануне замера в сделке есть отметка технолога.",
        Response(
            on=enters(MEASURING), expect=(comment | chat | file).by(Role.TECHNOLOGIST).ever,
            due=eve_of(MEASURED_ON, "16:00"),
        ),
        reading="Отметка — комментарий, сообщение в чате или файл технолога; годится и сделанная раньше. Пока срок не "
        "прошёл, он следует за датой замера.",
    ),
    Clause(
        "FUR0708", MEDIUM, "Замер, п. 6",
        "До замера в чат сделки приглашён менеджер по коммуникациям.",
        Response(on=enters(MEASURING), expect=invited(Role.COMMUNICATIONS).ever, due=start_of(MEASURED_ON)),
        reading="Срок — час замера, без часа — конец его дня. Засчитано и приглашение, сделанное раньше.",
        assumed=("clock",),
    ),
    Clause(
        "FUR0709", MEDIUM, "Замер, п. 7",
        "До начала замера менеджер пишет в чат замера о клиенте и проекте.",
        Response(on=MEASURING_CHAT.first, expect=MEASURING_CHAT.by(Role.MANAGER).ever, due=start_of(MEASURED_ON)),
        reading="Чат замера — тот, в названии которого есть «замер»; создан он первым сообщением. Засчитано сообщение "
        "менеджера, что бы в нём ни было; первое — тоже. Срок — час замера, без часа — конец его дня.",
        assumed=("words", "clock"),
    ),
    Clause(
        "FUR0710", HIGH, "Замер, п. 9",
        "На следующий рабочий день после замера к 11:00 сделка уходит из «Замера».",
        Response(on=MEASURED, expect=leaves(MEASURING), due=BY_ELEVEN, until=moved(MEASURED_ON)),
        reading="Выпадает следующий день на выходной — срок в первый рабочий день.",
    ),
    Clause(
        "FUR0711", MEDIUM, "Замер, п. 9",
        "На следующий рабочий день после замера к 11:00 обновлён «Учёт клиентов».",
        LastingResponse(on=MEASURED, expect=ledger_updated, due=BY_ELEVEN, until=moved(MEASURED_ON)),
        reading="Видно только последнее обновление записи: если оно позже срока, вывод — «неизвестно».",
    ),
    Clause(
        "FUR0712", LOW, "Замер, п. 11",
        "Договора нет — к 10:45 следующего рабочего дня у инженера просят замерные листы.",
        Response(
            on=MEASURED, when=~leads_to(WON, MEASURING_AGAIN),
            expect=HEARD_THAT_DAY | attaching(MEASURING_SHEET, *SHEET_NAMES).that_day | leaves(MEASURING),
            due=BY_QUARTER_TO_ELEVEN, until=moved(MEASURED_ON),
        ),
        reading="Засчитаны комментарий, сообщение в чате или звонок в день замера и позже, приложенные листы и уход из "
        "«Замера». Если дальше успех или «Повторный замер», пункт ничего не требует.",
    ),
    Clause(
        "FUR0713", MEDIUM, "Замер, п. 11",
        "Ни договора, ни листов — после замера сделка уходит в «Нет замерного листа».",
        Condition(
            on=leaves(MEASURING), when=AFTER_THE_VISIT & ~MEASURING_SHEETS & (TO_NO_SHEET | NOT_PUT_OFF),
            that=TO_NO_SHEET,
        ),
        reading="Договора нет, если пуст «№ договора». Разрешены и «Повторный замер», «Преддоговор», «Отложенный "
        "спрос» и закрытие с отказом. Дату до 11:00 следующего рабочего дня перенесли — замера не было, и пункт ничего "
        "не требует.",
    ),
    Clause(
        "FUR0714", MEDIUM, "Замер, п. 12",
        "Договора нет, листы есть — после замера сделка уходит в «Созвон после замера».",
        Condition(
            on=leaves(MEASURING), when=AFTER_THE_VISIT & MEASURING_SHEETS & (TO_CALL_AFTER | NOT_PUT_OFF),
            that=TO_CALL_AFTER,
        ),
        reading="Договора нет, если пуст «№ договора». Разрешены и «Повторный замер», «Преддоговор», «Отложенный "
        "спрос» и закрытие с отказом. Дату до 11:00 следующего рабочего дня перенесли — замера не было, и пункт ничего "
        "не требует.",
    ),
    # ── Повторный замер ──
    Clause(
        "FUR0801", LOW, "Повторный замер, п. 1",
        "Нужен повторный замер — результат первого получен от инженера к 10:45 следующего рабочего дня.",
        LastingResponse(
            on=MEASURED, when=leads_to(MEASURING_AGAIN), expect=HEARD_THAT_DAY | leaves(MEASURING),
            due=BY_QUARTER_TO_ELEVEN, until=moved(MEASURED_ON),
        ),
        reading="Проверяется, если из «Замера» сделка ушла в «Повторный замер». Засчитаны комментарий, сообщение в "
        "чате или звонок в день замера и позже, а также сам уход из «Замера»: кто перевёл сделку, знает результат.",
    ),
    Clause(
        "FUR0802", MEDIUM, "Повторный замер, п. 3",
        "При входе в «Повторный замер» новая дата внесена в «Предполагаемую дату замера».",
        Condition(on=enters(MEASURING_AGAIN), that=filled(MEASURED_ON) & (days_ahead(MEASURED_ON) >= 0)),
        reading="Новая — не раньше дня входа.",
    ),
    Clause(
        "FUR0803", MEDIUM, "Повторный замер, п. 5",
        "Поставлена задача связаться с клиентом за два–три дня до повторного выезда.",
        planned(on=enters(MEASURING_AGAIN), when=days_ahead(MEASURED_ON) >= 3, window=TWO_OR_THREE_DAYS_BEFORE),
        reading="Срок задачи — в один из этих дней; если первый из них выходной, годится и время с предыдущего "
        "рабочего дня. Поставить её нужно до конца рабочего дня входа. До выезда меньше трёх дней — пункт ничего не "
        "требует.",
        assumed=("due",),
    ),
    Clause(
        "FUR0804", MEDIUM, "Повторный замер, п. 6",
        "Для повторного выезда в «Учёте клиентов» стоят статус «Повторный выезд» и та же дата.",
        Condition(
            on=enters(MEASURING_AGAIN), that=MEASURED_DATE_BOOKED & ledger_says("status", "Повторный выезд"),
            grace=end_of_working_day,
        ),
        reading="Срок — конец рабочего дня, когда сделка вошла в стадию.",
        assumed=("due",),
    ),
    Clause(
        "FUR0805", MEDIUM, "Повторный замер, п. 7",
        "Контакт, назначенный в «Повторном замере», происходит в свой день.",
        Response(on=due_days(planned_contact).during(MEASURING_AGAIN), expect=KEPT_IN_TOUCH, due=ON_ITS_DAY),
        reading="Засчитаны попытка связаться, ответ клиента, выполнение задачи или её перенос до конца дня, на который "
        "назначена задача о контакте. Задачу на выходной можно исполнить и в следующий рабочий день.",
    ),
    Clause(
        "FUR0806", MEDIUM, "Повторный замер, п. 7",
        "Повторный выезд перенесли — в «Учёте клиентов» новая дата, поставлена новая задача.",
        Response(
            on=moved(MEASURED_ON).during(MEASURING_AGAIN),
            expect=both(
                open_task(TWO_OR_THREE_DAYS_BEFORE) | holding(days_ahead(MEASURED_ON) < 3),
                holding(MEASURED_DATE_BOOKED),
            ),
            due=end_of_working_day, until=given_up(MEASURED_ON),
        ),
        reading="Задача — за два–три дня до новой даты; до новой даты меньше трёх дней — задача не нужна. Срок — конец "
        "рабочего дня, когда изменена дата.",
        assumed=("due",),
    ),
    Clause(
        "FUR0807", LOW, "Повторный замер, п. 8",
        "Результат повторного выезда получен от инженера к 10:45 следующего рабочего дня.",
        LastingResponse(
            on=MEASURED_AGAIN, expect=HEARD_THAT_DAY | leaves(MEASURING_AGAIN), due=BY_QUARTER_TO_ELEVEN,
            until=moved(MEASURED_ON),
        ),
        reading="Засчитаны комментарий, сообщение в чате или звонок в день выезда и позже, а также уход из «Повторного "
        "замера»: кто перевёл сделку, знает результат. Если дата прошла ещё до входа в стадию, выезда не было.",
    ),
    Clause(
        "FUR0808", LOW, "Повторный замер, п. 8",
        "После повторного выезда договора нет — записано, какую скидку предложили, предлагали ли рассрочку и почему "
        "клиент отказался.",
        Condition(
            on=leaves(MEASURING_AGAIN),
            when=~goes_to(WON) & once(MEASURED_AGAIN) & (days_ahead(MEASURED_ON) < 0),
            that=(filled("Скидка на замере", "Причина отказа от договора") & filled("Рассрочка").answered)
            | (count(comment.by(Role.MANAGER), since=MEASURED_AGAIN) >= 1),
        ),
        reading="Проверяется при уходе из «Повторного замера» не в успех, если день выезда прошёл в этой стадии. "
        "Вместо трёх полей годится комментарий менеджера, оставленный в день выезда или позже.",
    ),
    Clause(
        "FUR0809", HIGH, "Повторный замер, п. 9",
        "На следующий рабочий день после выезда к 11:00 сделка уходит из «Повторного замера».",
        Response(on=MEASURED_AGAIN, expect=leaves(MEASURING_AGAIN), due=BY_ELEVEN, until=moved(MEASURED_ON)),
        reading="Выпадает следующий день на выходной — срок в первый рабочий день. Если дата прошла ещё до входа в "
        "стадию, выезда не было: о старой дате говорит FUR0802.",
    ),
    Clause(
        "FUR0810", MEDIUM, "Повторный замер, п. 9",
        "На следующий рабочий день после выезда к 11:00 обновлён «Учёт клиентов».",
        LastingResponse(on=MEASURED_AGAIN, expect=ledger_updated, due=BY_ELEVEN, until=moved(MEASURED_ON)),
        reading="Видно только последнее обновление записи: если оно позже срока, вывод — «неизвестно». Если дата "
        "прошла ещё до входа в стадию, выезда не было.",
    ),
    Clause(
        "FUR0811", LOW, "Повторный замер, введение",
        "До результата повторного выезда сделка остаётся в «Повторном замере».",
        Absence(
            on=leaves(MEASURING_AGAIN).when(
                (days_ahead(MEASURED_ON) > 0) & ~goes_to(WON, LOST, PRECONTRACT, DEFERRED)
            ),
            among=leaves(MEASURING_AGAIN),
        ),
        reading="Нарушение — уход до дня выезда. Разрешены «Преддоговор», «Отложенный спрос», закрытие с отказом и "
        "успешное: договор могут подписать и без выезда.",
    ),
    # ── Преддоговор ──
    Clause(
        "FUR0901", HIGH, "Преддоговор, введение",
        "В «Преддоговор» сделка входит с предоплатой не меньше 10 000 ₽.",
        Condition(on=enters(PRECONTRACT), that=field(PREPAID) >= 10_000),
    ),
    Clause(
        "FUR0902", HIGH, "Преддоговор, введение и п. 5",
        "В «Преддоговоре» сделка не дольше 30 календарных дней; дольше — с согласия руководителя.",
        Response(on=enters(PRECONTRACT), expect=leaves(PRECONTRACT), due=days(30)),
        excused_by=HEAD_AGREED,
        reading="Согласие — комментарий руководителя или его сообщение в чате об этом, пока сделка в стадии. Согласие "
        "вышестоящего руководства указывают в таблице исключений.",
        assumed=("words", "but_not"),
    ),
    Clause(
        "FUR0903", MEDIUM, "Преддоговор, пп. 1 и 2",
        "К 11:00 следующего после замера рабочего дня внесены номер, сумма и скидка договора, имя клиента и дата "
        "заключения.",
        Condition(
            on=enters(PRECONTRACT), grace=MORNING_AFTER_BOTH,
            that=filled(CONTRACT_NUMBER, CONTRACT_SUM, DISCOUNT, CONTRACT_NAME, CONTRACT_EXPECTED_ON),
        ),
        reading="Вошла сделка в «Преддоговор» позже дня замера — считают от дня входа.",
    ),
    Clause(
        "FUR0905", MEDIUM, "Преддоговор, п. 3",
        "За датой заключения договора следит задача.",
        planned(on=enters(PRECONTRACT), window=not_later(days(30))),
        reading="Задача открыта до конца рабочего дня входа, её срок — в пределах 30 дней.",
        assumed=("due",),
    ),
    Clause(
        "FUR0906", MEDIUM, "Преддоговор, п. 4",
        "К 11:00 следующего после замера рабочего дня в «Учёте клиентов» стоит согласованная дата договора.",
        Condition(
            on=enters(PRECONTRACT), when=filled(CONTRACT_EXPECTED_ON), grace=MORNING_AFTER_BOTH,
            that=ledger_equals("measurement_date", CONTRACT_EXPECTED_ON),
        ),
        reading="Сравнивается с «Предполагаемой датой заключения»; заполнена ли она, проверяет FUR0903. Вошла сделка в "
        "«Преддоговор» позже дня замера — считают от дня входа.",
    ),
    Clause(
        "FUR0907", MEDIUM, "Преддоговор, пп. 6 и 7",
        "Из «Преддоговора» сделку закрывают — успешной или проигранной.",
        Condition(on=leaves(PRECONTRACT), that=goes_to(WON, LOST, DEFERRED, MEASURING_AGAIN)),
        reading="Разрешены и «Отложенный спрос», и «Повторный замер»: их требуют другие пункты.",
    ),
    # ── Сделка успешна ──
    Clause(
        "FUR1001", HIGH, "Сделка успешна, пп. 1–2",
        "К 11:00 следующего после договора рабочего дня внесены номер, сумма и скидка договора и имя клиента.",
        Condition(
            on=closed(WON), that=filled(CONTRACT_NUMBER, CONTRACT_SUM, DISCOUNT, CONTRACT_NAME), grace=AFTER_CONTRACT,
        ),
        reading="День договора — как в FUR1002, а если он неизвестен — день закрытия; срок не бывает раньше закрытия "
        "сделки.",
    ),
    Clause(
        "FUR1002", HIGH, "Сделка успешна, п. 3",
        "К 11:00 следующего после договора рабочего дня сделка закрыта как успешная.",
        Response(on=CONTRACT_DAY, expect=closed(WON), due=BY_ELEVEN, until=closed(LOST) | enters(PRECONTRACT)),
        reading="День договора — «Дата договора», без неё — день, когда впервые заполнен номер: поля с датой регламент "
        "не называет. Номер, заполненный в «Преддоговоре» или перед входом в него, — номер преддоговора: он не "
        "считается.",
    ),
    Clause(
        "FUR1003", MEDIUM, "Сделка успешна, п. 4",
        "К 11:00 следующего после договора рабочего дня в «Учёте клиентов» есть сумма и номер договора.",
        Condition(on=closed(WON), that=in_ledger("amount", "contract_number"), grace=AFTER_CONTRACT),
        reading="День договора — как в FUR1002, а если он неизвестен — день закрытия; срок не бывает раньше закрытия "
        "сделки.",
    ),
    Clause(
        "FUR1004", MEDIUM, "Сделка успешна, п. 5",
        "Номер договора в «Учёте клиентов» — тот же, что в сделке.",
        Condition(
            on=closed(WON), when=in_ledger(), that=ledger_equals("contract_number", CONTRACT_NUMBER),
            grace=AFTER_CONTRACT,
        ),
        reading="Срок регламент не называет; взят тот же: 11:00 рабочего дня после договора. Есть ли запись, "
        "проверяет FUR1003.",
        assumed=("clock",),
    ),
    # ── Сделка проиграна ──
    Clause(
        "FUR1101", HIGH, "Сделка проиграна, п. 1",
        "До закрытия отказ объяснён в закреплённом комментарии.",
        precedence(on=closed(LOST), needs=once(comment.saying(but_not=NOT_FINISHED).pinned)),
        reading="Засчитан любой закреплённый до закрытия комментарий, кроме того, которого просит FUR0407.",
        assumed=("but_not",),
    ),
    Clause(
        "FUR1102", MEDIUM, "Сделка проиграна, п. 1",
        "Результат закрытия верно говорит, отказались до замера или после.",
        Condition(
            on=closed(LOST),
            that=(is_(RESULT, "Отказ после замера") & (once(VISIT) | MEASURING_SHEETS))
            | (is_(RESULT, "Отказ перед замером") & ~MEASURED_BEFORE_TODAY),
        ),
        reading="Замер был, если в его день сделка стояла в «Замере» или «Повторном замере» или приложены замерные "
        "листы. В сам день замера верен любой из двух результатов.",
    ),
    Clause(
        "FUR1103", MEDIUM, "Сделка проиграна, п. 2",
        "При закрытии с отказом указана сумма предварительного просчёта; где её не считали — 1 ₽.",
        Condition(on=closed(LOST), that=field(ESTIMATE_SUM) > 0),
        reading="Засчитана любая сумма больше нуля.",
    ),
    Clause(
        "FUR1104", MEDIUM, "Сделка проиграна, п. 3",
        "При закрытии с отказом заполнена его причина.",
        Condition(on=closed(LOST), that=filled(REASON)),
    ),
    Clause(
        "FUR1105", MEDIUM, "Сделка проиграна, пп. 5 и 6",
        "Отказ после назначенного или прошедшего замера виден в «Учёте клиентов».",
        Response(
            on=closed(LOST), when=once(enters(BEFORE_MEASURING, MEASURING)) & in_ledger(),
            expect=ledger_updated.that_day, due=end_of_next_working_day,
        ),
        reading="Проверяется, если сделка побывала в «Предзамере» или «Замере» и в «Учёте клиентов» есть её запись. "
        "Засчитано и обновление в день закрытия, до него. Видно только последнее обновление записи: если оно позже "
        "срока, вывод — «неизвестно».",
        assumed=("due",),
    ),
)  # fmt: skip
