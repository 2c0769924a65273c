"""FUR: воронка «Продажи»."""

from auditor.patterns import (
    LOST,
    WON,
    Absence,
    Condition,
    Response,
    after_date,
    attempt,
    changed,
    comment,
    contact,
    day_of,
    days,
    days_ahead,
    end_of_day,
    end_of_working_day,
    enters,
    enters_pipeline,
    eve_of,
    field,
    filled,
    goes_to,
    leaves,
    ledger_equals,
    named_day,
    next_working_day,
    no_way_back,
    not_later,
    planned,
)  # fmt: skip
from auditor.rules import HIGH, MEDIUM, Clause, Role
from checks.fur.pipelines import (
    BEFORE_MEASURING,
    CALL_AFTER,
    CONTRACT_EXPECTED_ON,
    CONTRACT_NAME,
    CONTRACT_NUMBER,
    CONTRACT_SUM,
    DEFERRED,
    DISCOUNT,
    ESTIMATE,
    MEASURED_ON,
    MEASURING,
    MEASURING_AGAIN,
    NO_SHEET,
    PRECONTRACT,
    PREPAID,
    PUT_OFF,
)  # fmt: skip

FROM_MEASURING_ON = (BEFORE_MEASURING, MEASURING, MEASURING_AGAIN, NO_SHEET, CALL_AFTER, PRECONTRACT)
BACKWARD, ALL_EXITS = no_way_back(FROM_MEASURING_ON, (ESTIMATE, PUT_OFF))

SALES_CLAUSES = (
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
        Condition(on=enters(BEFORE_MEASURING), that=days_ahead(MEASURED_ON) > 3),
        reading="Считаются календарные даты; пустую дату судит FUR0605.",
    ),
    Clause(
        "FUR0603", MEDIUM, "Предзамер, введение и п. 7",
        "Если до замера больше 32 дней, сделка в тот же день уходит в «Отложенный спрос».",
        Response(
            on=enters(BEFORE_MEASURING) | changed(MEASURED_ON).during(BEFORE_MEASURING),
            when=filled(MEASURED_ON) & (days_ahead(MEASURED_ON) > 32),
            expect=enters_pipeline(DEFERRED), due=end_of_working_day,
        ),
    ),
    Clause(
        "FUR0605", HIGH, "Предзамер, п. 2",
        "В «Предзамере» заполнена предполагаемая дата замера.",
        Condition(on=enters(BEFORE_MEASURING), that=filled(MEASURED_ON), grace=end_of_day),
    ),
    Clause(
        "FUR0609", MEDIUM, "Предзамер, п. 5",
        "Поставлена задача подтвердить замер за три дня до него.",
        planned(on=enters(BEFORE_MEASURING), window=named_day(MEASURED_ON, -3)),
        reading="Срок задачи — в тот день; если он выходной, годится и время с предыдущего рабочего дня.",
    ),
    Clause(
        "FUR0610", HIGH, "Предзамер, п. 6",
        "За три дня до замера менеджер связывается с клиентом.",
        Response(on=day_of(MEASURED_ON, -3).during(BEFORE_MEASURING), expect=attempt | contact, due=end_of_day),
        reading="Засчитана любая исходящая попытка и любой ответ клиента; выходной переносит начало на рабочий день "
        "раньше.",
    ),
    # ── Замер ──
    Clause(
        "FUR0707", HIGH, "Замер, п. 5",
        "К 16:00 накануне замера в сделке есть отметка технолога.",
        Response(on=enters(MEASURING), expect=comment.by(Role.TECHNOLOGIST).ever, due=eve_of(MEASURED_ON, "16:00")),
        reading="Отметка, сделанная раньше, годится; срок следует за датой замера, пока не прошёл.",
    ),
    Clause(
        "FUR0710", HIGH, "Замер, п. 9",
        "На следующий рабочий день после замера к 11:00 сделка уходит из «Замера».",
        Response(on=day_of(MEASURED_ON).during(MEASURING), expect=leaves(MEASURING), due=next_working_day("11:00")),
    ),
    # ── Преддоговор ──
    Clause(
        "FUR0901", HIGH, "Преддоговор, введение",
        "В «Преддоговор» сделка входит с предоплатой не меньше 10 000 ₽.",
        Condition(on=enters(PRECONTRACT), that=field(PREPAID) >= 10_000),
    ),
    Clause(
        "FUR0902", HIGH, "Преддоговор, введение и п. 5",
        "Сделка стоит в «Преддоговоре» не дольше 30 календарных дней без согласия руководителя.",
        Response(on=enters(PRECONTRACT), expect=leaves(PRECONTRACT), due=days(30)),
        excused_by=comment.by(Role.HEAD).saying("соглас", but_not="не соглас"),
    ),
    Clause(
        "FUR0903", MEDIUM, "Преддоговор, пп. 1 и 2",
        "К 11:00 следующего после замера рабочего дня внесены номер, сумма и скидка договора, имя клиента и дата "
        "заключения.",
        Condition(
            on=enters(PRECONTRACT),
            that=filled(CONTRACT_NUMBER, CONTRACT_SUM, DISCOUNT, CONTRACT_NAME, CONTRACT_EXPECTED_ON),
            grace=after_date(MEASURED_ON, next_working_day("11:00")),
        ),
    ),
    Clause(
        "FUR0905", MEDIUM, "Преддоговор, п. 3",
        "За датой заключения договора следит задача.",
        planned(on=enters(PRECONTRACT), window=not_later(days(30))),
        reading="Задача открыта до конца рабочего дня входа, её срок — в пределах 30 дней.",
    ),
    Clause(
        "FUR0906", MEDIUM, "Преддоговор, п. 4",
        "К 11:00 следующего после замера рабочего дня дата в «Учёте клиентов» — согласованная дата заключения.",
        Condition(
            on=enters(PRECONTRACT), that=ledger_equals("measurement_date", CONTRACT_EXPECTED_ON),
            grace=after_date(MEASURED_ON, next_working_day("11:00")), when=filled(CONTRACT_EXPECTED_ON),
        ),
        reading="Пустую дату заключения судит FUR0903.",
    ),
    Clause(
        "FUR0907", MEDIUM, "Преддоговор, пп. 6 и 7",
        "Из «Преддоговора» сделка уходит только успешной или проигранной.",
        Condition(on=leaves(PRECONTRACT), that=goes_to(WON, LOST)),
    ),
)  # fmt: skip
