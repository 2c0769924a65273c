"""KLD: лиды магазина кухонь (Битрикс24): от обращения до назначенного замера."""

from auditor.patterns import (
    ANSWERED, IN, OUT, UNANSWERED, Condition, Exclusive, Response, attempt, both, call, contact, contains, count,
    created, day_of, email, empty, end_of_day, end_of_working_day, enters, filled, first_of_all, held_by_caller,
    held_by_somebody, holding, hours, in_order, is_lead, later_than, leaves, minutes, moved, named_day,
    near_creation, once, perhaps, planned, planned_contact, precedence, reached_out, sms, task, the_sooner,
    when_booked, working_days,
)  # fmt: skip
from auditor.rules import HIGH, LOW, MEDIUM, ByHand, Clause, Pipeline, Regulation, Role

LEADS = Pipeline("Лиды", ("Новый лид", "Клиент наш", "Каталог и КП отправлены", "Замер назначен"))

NEW, CLIENT, OFFER_SENT, MEASURING = LEADS

NAME, TOPIC, KIND = "Имя клиента", "Тема обращения", "Тип клиента"
EMAIL, SOURCE = "E-mail", "Источник"
ON_THE_MAP, MEASURER, MEASURED_ON = "Адрес объекта на карте", "Замерщик", "Дата замера"
IN_WRITING = ("почт", "mail", "форм", "сайт", "соц", "vk", "вк")

MADE_BY_THE_CALL = is_lead & near_creation(minutes(1))
MISSED = first_of_all(call(IN, UNANSWERED)).when(MADE_BY_THE_CALL)
ANSWERED_CALL = first_of_all(call(IN, ANSWERED)).when(MADE_BY_THE_CALL)
SEND_OFFER = task("КП")
OBJECTIONS = task("вопрос", "возражен")
CONFIRM = task("подтверд", "соглас")
FAR_AHEAD = filled(MEASURED_ON) & later_than(MEASURED_ON, working_days(1))
DAY_BEFORE = named_day(MEASURED_ON, -1)

KLD = Regulation(
    code="KLD",
    title="Магазин кухонь: лиды",
    pipelines=(LEADS,),
    chapters={
        "KLD01": "Новый лид",
        "KLD02": "Клиент наш",
        "KLD03": "Каталог и КП отправлены",
        "KLD04": "Замер назначен",
    },
    clauses=(
        # ── Новый лид ──
        Clause(
            "KLD0101", LOW, "Новый лид, пропущенный звонок",
            "По пропущенному звонку лиду назначен ответственный и поставлена задача перезвонить.",
            Response(
                on=MISSED, expect=both(holding(held_by_somebody), planned_contact.that_day), due=minutes(5),
            ),
            role=Role.ROBOT,
            reading="Лид создан звонком — звонок в нём первое событие, не дальше минуты от создания. Задача — о звонке "
            "или встрече, по виду или по словам; робот — не ответственный.",
            assumed=("minutes", "minutes_2"),
        ),
        Clause(
            "KLD0102", HIGH, "Новый лид, пропущенный звонок",
            "На пропущенный звонок перезванивают до конца рабочего дня.",
            Response(on=MISSED, until=contact, expect=call(OUT) | call(ANSWERED), due=end_of_working_day),
            reading="Лид создан звонком, как в KLD0101. Засчитан исходящий звонок или состоявшийся разговор. Ответ "
            "клиента или закрытие лида до срока снимает обязанность. Срока источник не называет.",
            assumed=("minutes", "due"),
        ),
        Clause(
            "KLD0103", LOW, "Новый лид, принятый звонок",
            "Кто ответил на звонок, создавший лид, становится ответственным за него.",
            Response(on=ANSWERED_CALL, expect=held_by_caller, due=minutes(5)),
            role=Role.ROBOT,
            reading="Лид создан звонком, как в KLD0101. Кто ответил — автор звонка; если он не назван, вывод — "
            "«неизвестно».",
            assumed=("minutes", "minutes_2"),
        ),
        Clause(
            "KLD0104", HIGH, "Новый лид, письменное обращение",
            "Клиенту, который написал сам, отвечают до конца рабочего дня.",
            Response(
                on=created.during(NEW), when=is_lead & filled(SOURCE) & contains(SOURCE, *IN_WRITING),
                expect=reached_out | contact, due=end_of_working_day,
            ),
            reading="Написал — поле «Источник» говорит о почте, форме, сайте или социальной сети; пустое ничего не "
            "требует. Засчитаны любая попытка связаться и любой ответ клиента. Срока источник не называет.",
            assumed=("due",),
        ),
        # ── Клиент наш ──
        Clause(
            "KLD0201", HIGH, "Клиент наш, обязательные поля",
            "При переходе на этап «Клиент наш» заполнены имя, тема обращения и тип клиента.",
            Condition(on=enters(CLIENT), that=filled(NAME, TOPIC, KIND)),
        ),
        Clause(
            "KLD0202", MEDIUM, "Клиент наш",
            "На этап «Клиент наш» переводят после разговора с клиентом.",
            Condition(
                on=enters(CLIENT), that=once(contact) | perhaps(count(attempt, within=hours(24)) >= 1),
                grace=end_of_day,
            ),
            reading="Разговор — состоявшийся звонок или письменный ответ клиента, раньше или в тот же день. Если в тот "
            "день были только попытки, вывод — «неизвестно».",
            assumed=("due",),
        ),
        # ── Каталог и КП отправлены ──
        Clause(
            "KLD0301", LOW, "Каталог и КП отправлены",
            "На этапе «Клиент наш» поставлена задача отправить каталог и КП.",
            Response(on=enters(CLIENT), expect=SEND_OFFER, due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "KLD0302", HIGH, "Каталог и КП отправлены",
            "При переходе на этап «Каталог и КП отправлены» известна почта клиента.",
            Condition(on=enters(OFFER_SENT), that=filled(EMAIL)),
        ),
        Clause(
            "KLD0303", HIGH, "Каталог и КП отправлены",
            "На этап «Каталог и КП отправлены» переводят, когда КП отправлено.",
            precedence(on=enters(OFFER_SENT), needs=once(email(OUT), since=enters(CLIENT))),
            reading="Отправлено — исходящее письмо после перехода на этап «Клиент наш».",
        ),
        Clause(
            "KLD0304", LOW, "Каталог и КП отправлены",
            "Задача о КП закрыта — лид сам переходит в «Каталог и КП отправлены».",
            Response(on=SEND_OFFER.done.during(CLIENT), expect=enters(OFFER_SENT), due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "KLD0305", LOW, "Каталог и КП отправлены",
            "Задача о КП закрыта, а почты нет — поставлена задача о почте.",
            Response(on=SEND_OFFER.done.during(CLIENT), when=empty(EMAIL), expect=task("почт"), due=minutes(5)),
            role=Role.ROBOT, assumed=("minutes",),
        ),
        Clause(
            "KLD0306", LOW, "Каталог и КП отправлены",
            "К переходу на этап «Замер назначен» поставлена задача спросить о вопросах и возражениях.",
            Response(
                on=enters(MEASURING), expect=OBJECTIONS.that_day_or_since(enters(OFFER_SENT).first), due=minutes(5),
            ),
            role=Role.ROBOT,
            reading="Засчитана задача, поставленная с первого перехода на этап «Каталог и КП отправлены», а если его "
            "не было, то любая прежняя.",
            assumed=("minutes",),
        ),
        # ── Замер назначен ──
        Clause(
            "KLD0401", MEDIUM, "Замер назначен",
            "После отправки КП клиента за рабочий день спрашивают о вопросах и возражениях.",
            Response(on=enters(OFFER_SENT), expect=(reached_out | contact).that_day, due=working_days(1)),
            reading="Засчитаны любая попытка связаться и любой ответ клиента, в том числе раньше в тот же день. Срока "
            "источник не называет.",
            assumed=("working_days",),
        ),
        Clause(
            "KLD0402", HIGH, "Замер назначен",
            "При переходе на этап «Замер назначен» заполнены адрес на карте, замерщик и дата замера.",
            Condition(on=enters(MEASURING), that=filled(ON_THE_MAP, MEASURER, MEASURED_ON)),
        ),
        Clause(
            "KLD0403", HIGH, "Замер назначен, график замеров",
            "Замерщик свободен: на один выезд отведено три часа.",
            Exclusive(
                during=MEASURING, key=MEASURER, start=MEASURED_ON, window=the_sooner(hours(3), end_of_day),
            ).by_the_hour,
            reading="Три часа считаются по часам от даты замера, не дальше конца её дня. Нарушает тот, кто назначил "
            "позже. Без часа замера вывод — «неизвестно».",
        ),
        Clause(
            "KLD0404", MEDIUM, "Замер назначен, за день до замера",
            "До замера больше рабочего дня — поставлена задача за день подтвердить его.",
            planned(on=enters(MEASURING), when=FAR_AHEAD, what=CONFIRM, window=DAY_BEFORE, by=minutes(5)),
            role=Role.ROBOT,
            reading="Срок задачи — день перед замером, а если это выходной, то с последнего рабочего дня перед ним. "
            "Дата без часа — начало рабочего дня.",
            assumed=("minutes",),
        ),
        Clause(
            "KLD0405", HIGH, "Замер назначен, за день до замера",
            "За день до замера с клиентом связываются.",
            Response(
                on=day_of(MEASURED_ON, -1).during(MEASURING), when=when_booked(MEASURED_ON, FAR_AHEAD),
                expect=reached_out | contact, due=end_of_day,
            ),
            reading="Если замер назначали больше чем за рабочий день. Выходной день переносится на рабочий перед ним. "
            "Засчитаны любая попытка связаться и любой ответ клиента.",
        ),
        Clause(
            "KLD0406", LOW, "Замер назначен, перенос",
            "Замер перенесён — поставлена новая задача подтвердить его.",
            planned(
                on=moved(MEASURED_ON).during(MEASURING), when=FAR_AHEAD, what=CONFIRM, window=DAY_BEFORE, by=minutes(5),
            ),
            role=Role.ROBOT,
            reading="Если до новой даты больше рабочего дня; срок задачи — как в KLD0404.",
            assumed=("minutes",),
        ),
        Clause(
            "KLD0407", LOW, "Замер назначен, согласование",
            "Замер подтверждён — замерщику поставлена задача, клиенту ушло SMS.",
            Response(
                on=CONFIRM.done.during(MEASURING), expect=both(task().to(Role.MEASURER), sms(OUT)), due=hours(1),
            ),
            role=Role.ROBOT,
            reading="Подтверждён — выполнена задача, в которой сказано о подтверждении или согласовании.",
            assumed=("hours",),
        ),
        Clause(
            "KLD0408", MEDIUM, "Стадии лида",
            "Лид идёт по этапам по порядку, ни один не пропускают.",
            Condition(on=leaves(*LEADS), that=in_order(tuple(LEADS), converted_from=(MEASURING,))),
            reading="Сделкой лид становится с этапа «Замер назначен», забраковать его можно с любого.",
        ),
    ),
    by_hand=(
        ByHand("Новый лид", "Назначить именно свободного сотрудника", "занят ли он, не выгружается"),
        ByHand("Стадии лида", "Прочитать подсказку стадии", "чтение не видно"),
        ByHand(
            "Каталог и КП отправлены",
            "Подобрать каталог, следовать чек-листу задачи",
            "содержание письма видно только человеку; отправлено ли оно, проверяет KLD0303",
        ),
        ByHand(
            "Замер назначен",
            "Дать новое КП, если клиент просит",
            "содержание разговора не выгружается",
        ),
        ByHand("Замер назначен", "Чек-лист задачи замерщика", "содержание задачи видно только человеку"),
        ByHand("Замер", "Разработать дизайн-макет на месте", "работа на выезде не выгружается"),
        ByHand("Замер", "Ничего не брать с клиента за замер и дизайн", "обещание видно только человеку"),
    ),
)  # fmt: skip
