"""KDL: сделки магазина кухонь (Битрикс24): от договора до принятой работы."""

from auditor.patterns import (
    ANSWERED, LOST, OUT, WON, Condition, Exclusive, LastingResponse, Response, attached, attempt, becomes, both,
    by_date, call, chat, claim, closed, comment, contact, day_of, days, days_ahead, document, due_days, email, end_of,
    end_of_day, end_of_working_day, enters, field, filled, first_filled, first_told, goes_to, hours, in_order, invoice,
    is_, leaves, message, minutes, moment, moved, never, once, payment, planned, precedence, reached_out, same_task,
    sms, start_of, task, task_deleted, task_moved, the_sooner, total, whole_day_or, working_days,
)  # fmt: skip
from auditor.rules import HIGH, LOW, MEDIUM, ByHand, Clause, Pipeline, Regulation, Role

DEALS = Pipeline(
    "Общее",
    (
        "Подписать договор", "Предоплата получена", "Производство запущено", "Доплата получена",
        "Дата монтажа назначена", "Монтаж завершён",
    ),
)  # fmt: skip

SIGNING, PREPAID, MAKING, PAID, DATED, ASSEMBLED = DEALS

KIND, AMOUNT, CONTRACT, BILL = "Тип кухни", "Сумма", "Договор", "Счет"
PAID_ON, PREPAYMENT, REST = "Дата оплаты", "Сумма предоплаты", "Сумма доплаты"
WISHED, READY_ON = "Желаемая дата готовности", "Предварительная дата готовности"
ASSEMBLY_ON, MASTER, ADDRESS = "Дата монтажа", "Мастер", "Адрес"
ACT, CLAIM_TEXT = "Акт", "Претензия"

SIGN, SEND_BILL = task("договор"), task("счет")
FORWARD = leaves(SIGNING).when(~goes_to(LOST))
BILLED = once(invoice) | attached(BILL)
BILL_SENT = once(email(OUT).saying("счет") | message(OUT).saying("счет") | document.saying("счет"))
ASK_TECHNOLOGIST, ASK_MONEY = task("технолог"), task("оплат")
ASK_PRODUCTION = task().saying("производств", but_not="технолог")
CLIENT_TOLD = (attempt | contact).that_day | reached_out
TASK_DELETED = same_task(task_deleted)
PAYMENTS_DO = total(payment) >= field(AMOUNT) - 1
PAID_IN_FULL = first_told(total(payment), field(PREPAYMENT) + field(REST)) >= field(AMOUNT) - 1
CONTROL_CALL = task("контрольн", "подтверд")
MASTERS_TASK = task().to(Role.MASTER)
CLAIM = claim | first_filled(CLAIM_TEXT).when(~is_(CLAIM_TEXT, "нет", "нет претензий", "без претензий"))
HEAD_KNOWS = task().to(Role.HEAD) | comment.naming(Role.HEAD) | chat.naming(Role.HEAD) | comment.by(Role.HEAD)
ACCEPTED = attached(ACT) & (never(CLAIM) | once(task().done, since=CLAIM))

KDL = Regulation(
    code="KDL",
    title="Магазин кухонь: сделки",
    pipelines=(DEALS,),
    chapters={
        "KDL01": "Подписать договор",
        "KDL02": "Предоплата получена",
        "KDL03": "Производство запущено",
        "KDL04": "Доплата получена",
        "KDL05": "Дата монтажа назначена",
        "KDL06": "Монтаж завершён",
    },
    clauses=(
        # ── Подписать договор ──
        Clause(
            "KDL0101", LOW, "Подписать договор",
            "На этапе «Подписать договор» поставлена задача подготовить и подписать договор.",
            Response(on=enters(SIGNING), expect=SIGN, due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "KDL0102", MEDIUM, "Подписать договор, договор",
            "Прежде чем сделать договор, в сделке указывают тип кухни и сумму.",
            Condition(on=document.saying("договор").during(SIGNING) | FORWARD, that=filled(KIND) & (field(AMOUNT) > 0)),
            reading="Проверяется, когда сделан документ со словом «договор», и когда сделка уходит с этапа дальше, не "
            "в отказ. Ноль — не сумма.",
            assumed=("words",),
        ),
        Clause(
            "KDL0103", MEDIUM, "Подписать договор, папка сделки",
            "С этапа «Подписать договор» сделка уходит с приложенным договором.",
            precedence(on=FORWARD, needs=attached(CONTRACT)),
            reading="Договор — поле «Договор» или файл с этим словом в названии. Отказа пункт не касается.",
        ),
        Clause(
            "KDL0104", MEDIUM, "Подписать договор, счёт",
            "Задачу о счёте закрывают, когда счёт выставлен или отправлен.",
            precedence(on=SEND_BILL.done.during(SIGNING), needs=BILLED | BILL_SENT),
            reading="Счёт — выставленный счёт, поле или файл «Счет», документ, письмо или сообщение клиенту с этим "
            "словом.",
        ),
        Clause(
            "KDL0105", HIGH, "Подписать договор, счёт",
            "Счёт выставляют в каждой сделке, кто бы ни был покупатель.",
            precedence(on=enters(PREPAID), needs=BILLED),
            reading="Счёт — выставленный счёт либо поле или файл «Счет».",
        ),
        Clause(
            "KDL0106", LOW, "Подписать договор, счёт",
            "Договор подписан — поставлена задача выставить счёт.",
            Response(on=SIGN.done.during(SIGNING), expect=SEND_BILL, due=minutes(5)),
            role=Role.ROBOT,
            reading="Подписан — задача о договоре выполнена.",
            assumed=("minutes",),
        ),
        # ── Предоплата получена ──
        Clause(
            "KDL0201", HIGH, "Предоплата получена",
            "В «Предоплата получена» переводят, только когда пришли деньги.",
            precedence(on=enters(PREPAID), needs=once(payment) | filled(PAID_ON)),
            reading="Пришли — оплата есть в выгрузке или заполнена «Дата оплаты».",
        ),
        Clause(
            "KDL0202", HIGH, "Предоплата получена, обязательные поля",
            "При переходе в «Предоплата получена» заполнены сумма предоплаты и желаемая дата готовности.",
            Condition(on=enters(PREPAID), that=filled(PREPAYMENT, WISHED)),
        ),
        Clause(
            "KDL0203", MEDIUM, "Предоплата получена, задача",
            "Менеджер закрывает задачу связаться с технологом.",
            Response(
                on=ASK_TECHNOLOGIST.during(PREPAID), expect=same_task(task().done), until=TASK_DELETED,
                due=working_days(1),
            ),
            reading="Закрыть надо именно ту задачу, которую поставили на этапе «Предоплата получена». Если её удалили, "
            "обязанности нет. Срока источник не называет.",
            assumed=("working_days",),
        ),
        Clause(
            "KDL0204", HIGH, "Предоплата получена, пункт a",
            "При переходе в «Производство запущено» заполнена предварительная дата готовности.",
            Condition(on=enters(MAKING), that=filled(READY_ON)),
        ),
        Clause(
            "KDL0205", MEDIUM, "Предоплата получена, порядок",
            "В «Производство запущено» переводят после закрытой задачи с технологом.",
            precedence(on=enters(MAKING), needs=once(ASK_TECHNOLOGIST.done)),
        ),
        Clause(
            "KDL0206", LOW, "Предоплата получена, задача",
            "На этапе «Предоплата получена» поставлена задача связаться с технологом.",
            Response(on=enters(PREPAID), expect=ASK_TECHNOLOGIST, until=leaves(PREPAID), due=working_days(1)),
            role=Role.ROBOT,
            reading="Источник ставит её, когда менеджер закрыл задачу о предоплате. Сделка ушла с этапа раньше — "
            "обязанности нет.",
            assumed=("working_days",),
        ),
        Clause(
            "KDL0207", MEDIUM, "Предоплата получена, порядок",
            "Задача с технологом закрыта — сделку переводят в «Производство запущено».",
            Response(on=ASK_TECHNOLOGIST.done.during(PREPAID), expect=enters(MAKING), due=working_days(1)),
            reading="Срока источник не называет.",
            assumed=("working_days",),
        ),
        # ── Производство запущено ──
        Clause(
            "KDL0301", MEDIUM, "Производство запущено, контрольный день",
            "На день не позже даты готовности поставлена задача связаться с производством.",
            planned(on=enters(MAKING), window=by_date(READY_ON, WISHED), what=ASK_PRODUCTION, by=minutes(5)),
            role=Role.ROBOT,
            reading="Дата готовности — предварительная, а если её нет, желаемая. Задача о технологе производства — "
            "другая.",
            assumed=("but_not", "minutes"),
        ),
        Clause(
            "KDL0302", MEDIUM, "Производство запущено, контрольный день",
            "В день этой задачи с производством говорят.",
            Response(
                on=due_days(ASK_PRODUCTION).during(MAKING), until=leaves(MAKING),
                expect=(same_task(task().done | task_moved) | comment | chat).that_day, due=end_of_day,
            ),
            reading="Засчитаны сама задача, выполненная или перенесённая в тот день, комментарий и сообщение в чате. "
            "Задача, закрытая или перенесённая раньше, ничего не требует, как и сделка, ушедшая в тот день с этапа.",
            assumed=("but_not",),
        ),
        Clause(
            "KDL0303", MEDIUM, "Производство запущено, готовность",
            "Кухня готова — клиенту говорят об этом и просят доплатить.",
            Response(
                on=ASK_PRODUCTION.done.during(MAKING), expect=CLIENT_TOLD, due=working_days(1),
            ),
            reading="Готова — задача о производстве выполнена: её закрывают только при полной готовности. Засчитаны "
            "любая попытка связаться и любой ответ клиента, в том числе раньше в тот же день. Срока источник не "
            "называет.",
            assumed=("but_not", "working_days"),
        ),
        Clause(
            "KDL0304", MEDIUM, "Производство запущено, готовность",
            "Кухня готова к обещанной дате.",
            Response(on=enters(MAKING), expect=ASK_PRODUCTION.done | enters(PAID), due=end_of(READY_ON)),
            role=Role.TECHNOLOGIST,
            reading="Обещанная — предварительная дата готовности; срок следует за ней, пока не прошёл. Готова — задача "
            "о производстве выполнена или сделка перешла в «Доплата получена». Отвечает технолог: опоздание "
            "цеха не вина менеджера.",
            assumed=("but_not",),
        ),
        Clause(
            "KDL0305", LOW, "Производство запущено, готовность",
            "Кухня готова — поставлена задача попросить доплату.",
            Response(on=ASK_PRODUCTION.done.during(MAKING), expect=ASK_MONEY, due=minutes(5)),
            role=Role.ROBOT, assumed=("but_not", "minutes"),
        ),
        Clause(
            "KDL0306", MEDIUM, "Производство запущено, готовность",
            "Задачу о доплате закрывают, когда счёт оплачен целиком.",
            precedence(on=ASK_MONEY.done.during(MAKING), needs=PAID_IN_FULL),
            reading="Оплачен целиком — как в KDL0401.",
            assumed=("leeway",),
        ),
        # ── Доплата получена ──
        Clause(
            "KDL0401", HIGH, "Доплата получена",
            "В «Доплата получена» переводят, только когда счёт оплачен целиком.",
            Condition(on=enters(PAID), that=PAID_IN_FULL),
            reading="Оплачен целиком — все оплаты вместе не меньше суммы сделки, без одного рубля. Если оплат в "
            "выгрузке нет, складываются «Сумма предоплаты» и «Сумма доплаты»: что они получены, — наше допущение; "
            "пусто одно из них — неизвестно.",
            assumed=("leeway",),
        ),
        Clause(
            "KDL0402", MEDIUM, "Доплата получена, задача",
            "С клиентом связываются о доставке и монтаже.",
            Response(on=enters(PAID), expect=CLIENT_TOLD, due=working_days(1)),
            reading="Засчитаны любая попытка связаться и любой ответ клиента, в том числе раньше в тот же день. Срока "
            "источник не называет.",
            assumed=("working_days",),
        ),
        Clause(
            "KDL0403", HIGH, "Доплата получена, карточка",
            "При переходе в «Дата монтажа назначена» заполнены дата монтажа, мастер и адрес.",
            Condition(on=enters(DATED), that=filled(ASSEMBLY_ON, MASTER, ADDRESS)),
        ),
        Clause(
            "KDL0404", MEDIUM, "Производство запущено, готовность",
            "Счёт оплачен целиком — сделку переводят в «Доплата получена».",
            Response(on=becomes(PAYMENTS_DO).during(MAKING).first, expect=enters(PAID), due=working_days(1)),
            reading="Оплачен целиком — оплаты вместе достигли суммы сделки без одного рубля. Срока источник не "
            "называет.",
            assumed=("leeway", "working_days"),
        ),
        # ── Дата монтажа назначена ──
        Clause(
            "KDL0501", HIGH, "Дата монтажа назначена, проверка",
            "Дата монтажа — не в прошлом.",
            Condition(on=enters(DATED), that=days_ahead(ASSEMBLY_ON) >= 0),
            reading="Проверяется при переходе в «Дата монтажа назначена»; годится и сам этот день.",
        ),
        Clause(
            "KDL0502", HIGH, "Дата монтажа назначена, проверка",
            "Мастер в это время свободен.",
            Exclusive(
                during=DATED, key=MASTER, start=ASSEMBLY_ON, window=whole_day_or(the_sooner(hours(8), end_of_day)),
            ),
            reading="Монтаж занимает восемь часов, не дальше конца дня, а если час не назван — весь день. Нарушает "
            "тот, кто назначил позже.",
            assumed=("hours",),
        ),
        Clause(
            "KDL0503", HIGH, "Дата монтажа назначена, накануне",
            "Накануне монтажа с клиентом связываются.",
            Response(on=day_of(ASSEMBLY_ON, -1).during(DATED), expect=reached_out | contact, due=end_of_day),
            reading="Засчитаны любая попытка связаться и любой ответ клиента. Если этот день — выходной, считается и "
            "последний рабочий день перед ним.",
        ),
        Clause(
            "KDL0504", MEDIUM, "Дата монтажа назначена, накануне",
            "Дату монтажа перенесли — сделку возвращают на согласование даты.",
            Response(
                on=moved(ASSEMBLY_ON).during(DATED), expect=enters(PAID).that_day | CONTROL_CALL,
                due=end_of_working_day,
            ),
            reading="Возвращают — в «Доплата получена»; засчитана и новая задача о контрольном звонке. Срока источник "
            "не называет.",
            assumed=("words", "due"),
        ),
        Clause(
            "KDL0505", LOW, "Дата монтажа назначена, накануне",
            "Клиент готов — ему уходит SMS, а мастеру поставлена задача.",
            Response(
                on=CONTROL_CALL.done.during(DATED), expect=both(sms(OUT), MASTERS_TASK),
                until=moved(ASSEMBLY_ON) | leaves(DATED), due=hours(1),
            ),
            role=Role.ROBOT,
            reading="Готов — задача о контрольном звонке выполнена. Если дату перенесли или сделка ушла с этапа, "
            "обязанности нет.",
            assumed=("words", "hours"),
        ),
        Clause(
            "KDL0506", MEDIUM, "Дата монтажа назначена, мастер, пункт a",
            "Мастер звонит клиенту за час до приезда.",
            Response(
                on=moment(ASSEMBLY_ON, before=hours(1.5)).during(DATED),
                expect=call(OUT).by(Role.MASTER) | call(ANSWERED).by(Role.MASTER), due=start_of(ASSEMBLY_ON),
            ),
            role=Role.MASTER,
            reading="Звонок засчитан с полутора часов до назначенного часа и до него. Без часа монтажа вывод — "
            "«неизвестно».",
            assumed=("hours", "clock"),
        ),
        Clause(
            "KDL0507", LOW, "Дата монтажа назначена, накануне",
            "Накануне монтажа поставлена задача о контрольном звонке.",
            Response(
                on=moment(ASSEMBLY_ON, before=days(1)).during(DATED), expect=CONTROL_CALL.ever, due=end_of_day,
            ),
            role=Role.ROBOT,
            reading="Накануне — сам день перед монтажом, хотя бы и выходной. Засчитана и задача, поставленная раньше.",
            assumed=("words", "due"),
        ),
        # ── Монтаж завершён ──
        Clause(
            "KDL0601", MEDIUM, "Монтаж завершён",
            "В «Монтаж завершён» переводят после закрытой задачи мастера.",
            precedence(on=enters(ASSEMBLED), needs=once(MASTERS_TASK.done)),
        ),
        Clause(
            "KDL0602", MEDIUM, "Монтаж завершён, мастер, пункт d",
            "К «Монтаж завершён» мастер подписал акт или принял претензию.",
            Condition(on=enters(ASSEMBLED), that=attached(ACT) | once(CLAIM)),
            role=Role.MASTER,
            reading="Акт — поле «Акт» или файл с этим словом в названии. Претензия — запись о ней или заполненное поле "
            "«Претензия», если в нём не сказано, что её нет.",
            assumed=("values",),
        ),
        Clause(
            "KDL0603", HIGH, "Монтаж завершён, обратная связь",
            "После монтажа с клиентом связываются.",
            Response(on=enters(ASSEMBLED), expect=CLIENT_TOLD, due=working_days(1)),
            reading="Засчитаны любая попытка связаться и любой ответ клиента, в том числе раньше в тот же день. Срока "
            "источник не называет.",
            assumed=("working_days",),
        ),
        Clause(
            "KDL0604", HIGH, "Монтаж завершён, претензия",
            "О претензии клиента узнаёт руководитель.",
            LastingResponse(on=CLAIM.even_closed, expect=HEAD_KNOWS, due=end_of_working_day),
            reading="На любом этапе и после закрытия. Засчитаны задача руководителю, комментарий или сообщение в чате, "
            "где он назван, и его собственный комментарий. Что такое претензия, говорит KDL0602. Срока источник не "
            "называет.",
            assumed=("values", "due"),
        ),
        Clause(
            "KDL0605", HIGH, "Монтаж завершён, успех",
            "Успешно закрывают с подписанным актом и без открытых претензий.",
            Condition(on=closed(WON), that=ACCEPTED),
            reading="Претензия закрыта, если после неё выполнена задача. Что такое акт и претензия, говорит KDL0602.",
            assumed=("values",),
        ),
        Clause(
            "KDL0606", MEDIUM, "порядок этапов",
            "Сделка идёт по этапам по порядку, без пропусков и возвратов.",
            Condition(
                on=leaves(*DEALS), that=in_order(tuple(DEALS), back=(DATED,), won_from=(ASSEMBLED,)),
            ),
            reading="Назад сделку переводят только из «Дата монтажа назначена» в «Доплата получена». Отказаться можно "
            "всюду, успешно закрыть — из «Монтаж завершён».",
        ),
        Clause(
            "KDL0607", LOW, "Монтаж завершён, мастер, пункт c",
            "Мастер сообщает менеджеру, чем кончился монтаж.",
            precedence(
                on=enters(ASSEMBLED), needs=once((comment | chat).by(Role.MASTER), since=day_of(ASSEMBLY_ON)),
            ),
            role=Role.MASTER,
            reading="Засчитаны комментарий и сообщение в чате от мастера в день монтажа или позже.",
        ),
        Clause(
            "KDL0608", MEDIUM, "Монтаж завершён, мастер, пункт e",
            "Мастер закрыл задачу — сделку переводят в «Монтаж завершён».",
            Response(on=MASTERS_TASK.done.during(DATED), expect=enters(ASSEMBLED), due=working_days(1)),
            reading="Срока источник не называет.",
            assumed=("working_days",),
        ),
        Clause(
            "KDL0609", MEDIUM, "Монтаж завершён, успех",
            "Акт подписан и претензий нет — сделку успешно закрывают.",
            Response(
                on=enters(ASSEMBLED).when(ACCEPTED) | becomes(ACCEPTED).during(ASSEMBLED), expect=closed(WON),
                until=CLAIM, due=working_days(2),
            ),
            reading="Срок идёт с того дня на этапе «Монтаж завершён», когда есть акт и закрыты претензии, как в "
            "KDL0605; новая претензия снимает обязанность. Срока источник не называет.",
            assumed=("values", "working_days"),
        ),
        Clause(
            "KDL0610", LOW, "Монтаж завершён, обратная связь",
            "На этапе «Монтаж завершён» поставлена задача о контрольном звонке.",
            Response(on=enters(ASSEMBLED), expect=task("контрольн", "обратн"), due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
    ),
    by_hand=(
        ByHand(
            "Предоплата получена, пункты b и c",
            "Получить уверения технолога",
            "содержание разговора не выгружается; что он был, проверяет KDL0203",
        ),
        ByHand("Дата монтажа назначена, мастер, пункт b", "Качество сборки", "видно только на месте"),
        ByHand(
            "Доплата получена", "Учесть особые пожелания, например режим тишины", "у пожеланий нет своего поля в сделке"
        ),
        ByHand("Подписать договор", "Папка сделки и что в ней лежит", "общий диск не выгружается"),
        ByHand(
            "Предоплата получена", "Закрепить комментарий об остатке", "источник это советует, но не требует"
        ),
        ByHand("все этапы", "Чек-листы задач", "отметки чек-листов не выгружаются"),
    ),
)  # fmt: skip
