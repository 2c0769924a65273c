"""FUR: воронка «Лиды»."""

from auditor.patterns import (
    ANSWERED, CONVERTED, IN, OUT, REJECTED, UNANSWERED, Condition, PerDay, Response, all_day, call, closed, contact,
    created, email, end_of_day, end_of_next_working_day, end_of_working_day, enters, filled, first_unanswered_day,
    in_lead_or_deal, is_, is_lead, known_elsewhere, linked_deal_begins, message, planned_contact, request_delivered,
    task_is_open, working_minutes,
)  # fmt: skip
from auditor.rules import HIGH, LOW, MEDIUM, Clause
from checks.fur.pipelines import (
    ASKED_AT, CONTACT, EMAIL, ESTIMATE, FINISHING, METHOD, NEW_LEAD, NO_ANSWER, PHONE, REASON, SECRETARY_TOLD, SOURCE,
)  # fmt: skip

BY_PHONE = is_(METHOD, "телефон").when_empty("телефон")
BY_MAIL = is_(METHOD, "почта").when_empty("телефон")
BY_MESSENGER = is_(METHOD, "WhatsApp").when_empty("телефон")

AFTER_CONVERSION = (
    "Регламент просит заполнить поле в окне, которое открывается уже после конвертации, поэтому срок — конец того же "
    "дня."
)

LEAD_CLAUSES = (
    # ── Новый лид ──
    Clause(
        "FUR0101", HIGH, "Новый лид: телефон, п. 4; WhatsApp, п. 3",
        "Менеджер звонит клиенту не позже чем через 10 рабочих минут после поступления заявки.",
        Response(
            on=request_delivered(ASKED_AT), when=is_lead & ~BY_MAIL, expect=call(OUT), due=working_minutes(10),
            until=call(IN, ANSWERED),
        ),
        reading="Заявка поступила во «Время заявки», без него — с первым входящим письмом, формой или пропущенным "
        "звонком клиента не позже создания лида. Если и этого нет, вывод — «неизвестно»: время создания лида ничего не "
        "говорит о заявке, кроме лида, который создал робот или интеграция. Звонок, создавший лид, засчитан. Клиент "
        "дозвонился сам — звонить ему уже не нужно. Минуты рабочие; пустой способ связи — телефон.",
        assumed=("working_minutes",),
    ),
    Clause(
        "FUR0102", MEDIUM, "Новый лид: WhatsApp, п. 6",
        "Клиенту, который просил писать в WhatsApp, в день первого звонка уходит приветственное сообщение.",
        Response(
            on=call(OUT).first.during(NEW_LEAD).from_before, when=is_lead & BY_MESSENGER,
            expect=message(OUT).that_day, due=end_of_working_day,
        ),
        reading="Считается первый звонок, если лид ещё в «Новом лиде»; звонок до создания лида отсчитан с создания. "
        "Засчитано любое исходящее сообщение этого дня, и до звонка тоже.",
        assumed=("due",),
    ),
    Clause(
        "FUR0103", MEDIUM, "Новый лид: почта, пп. 2–4",
        "В лиде с заявки по почте заполнены E-mail и имя контакта.",
        Condition(on=created, when=is_lead & BY_MAIL, that=filled(EMAIL, CONTACT)),
        reading="Лид с почты — тот, чей «Способ связи» — почта.",
    ),
    Clause(
        "FUR0104", MEDIUM, "Новый лид: телефон, п. 7",
        "Не дозвонились или ответил автоответчик — лид переходит в «Недозвон».",
        Response(
            on=call(OUT, UNANSWERED).first.during(NEW_LEAD).from_before, when=BY_PHONE, expect=enters(NO_ANSWER),
            until=contact, due=end_of_working_day,
        ),
        reading="Считается первый звонок без ответа, если лид ещё в «Новом лиде»; звонок до создания лида отсчитан с "
        "создания. Ответ клиента снимает обязанность. Пустой способ связи — телефон; о клиентах, которые просили "
        "писать, говорит FUR0105.",
        assumed=("due",),
    ),
    Clause(
        "FUR0105", LOW, "Завершение работы с лидом, последний абзац",
        "Лид, чей клиент просил писать, уходит в «Недозвон», не дожидаясь ответа.",
        Response(
            on=created, when=is_lead & is_(METHOD, "WhatsApp", "почта").when_empty("телефон"),
            expect=(enters(NO_ANSWER, FINISHING) | closed()).ever, until=contact, due=end_of_working_day,
        ),
        reading="Абзац не называет способ связи; он отнесён к WhatsApp и почте. Лид, созданный сразу в «Недозвоне», "
        "засчитан; засчитаны и более поздняя стадия, и закрытие.",
        assumed=("due",),
    ),
    # ── Недозвон ──
    Clause(
        "FUR0201", HIGH, "Недозвон, абзац о работе в стадии",
        "Пока лид в «Недозвоне», менеджер звонит клиенту не реже трёх раз каждый рабочий день.",
        PerDay(during=NO_ANSWER, expect=call(OUT), at_least=3, days=all_day(filled(PHONE).if_exported)),
        reading="День, когда клиент ответил, ничего не требует. День входа считается, если от него оставалось не "
        "меньше 4 рабочих часов. Пока в лиде нет телефона, звонить некуда: считаются дни, когда он был заполнен и в "
        "начале, и в конце.",
        assumed=("grace_hours",),
    ),
    Clause(
        "FUR0202", HIGH, "Недозвон, абзац о работе в стадии",
        "Пока лид в «Недозвоне», клиенту каждый рабочий день уходит хотя бы одно сообщение или письмо.",
        PerDay(during=NO_ANSWER, expect=message(OUT) | email(OUT)),
        reading="День, когда клиент ответил, ничего не требует. День входа считается, если от него оставалось не "
        "меньше 4 рабочих часов.",
        assumed=("grace_hours",),
    ),
    Clause(
        "FUR0203", MEDIUM, "Недозвон, абзац о работе в стадии",
        "Если за день в «Недозвоне» дозвониться не удалось, менеджер сообщает секретарю, чтобы она проверила номер.",
        Response(
            on=first_unanswered_day(call(OUT, UNANSWERED), without=contact, during=NO_ANSWER),
            expect=SECRETARY_TOLD, until=contact, due=end_of_next_working_day,
        ),
        reading="Считается первый день в стадии, когда был звонок без ответа, а клиент так и не ответил. Засчитаны "
        "задача секретарю, её приглашение, комментарий или сообщение чата, где она названа, с утра того дня. Клиент "
        "ответил позже — сообщать не нужно.",
        assumed=("due",),
    ),
    # ── Завершение работы с лидом ──
    Clause(
        "FUR0301", HIGH, "Завершение работы с лидом, ответ положительный, пп. 1–3",
        "Подтверждённый лид становится сделкой в «Продажах» на стадии «Просчёт».",
        Condition(on=closed(CONVERTED), that=linked_deal_begins(ESTIMATE)),
        reading="Если сделки этого лида в выгрузке нет, вывод — «неизвестно».",
    ),
    Clause(
        "FUR0302", MEDIUM, "Завершение работы с лидом, ответ положительный, пп. 2 и 5",
        "У конвертированного лида заполнено имя контакта.",
        Condition(on=closed(CONVERTED), that=filled(CONTACT), grace=end_of_day),
        reading=AFTER_CONVERSION,
        assumed=("due",),
    ),
    Clause(
        "FUR0303", MEDIUM, "Завершение работы с лидом, ответ положительный, п. 4",
        "У конвертированного лида заполнен источник обращения.",
        Condition(on=closed(CONVERTED), that=filled(SOURCE), grace=end_of_day),
        reading=AFTER_CONVERSION,
        assumed=("due",),
    ),
    Clause(
        "FUR0304", MEDIUM, "Завершение работы с лидом, ответ положительный, п. 6",
        "У конвертированного лида заполнен телефон.",
        Condition(on=closed(CONVERTED), that=filled(PHONE), grace=end_of_day),
        reading=AFTER_CONVERSION,
        assumed=("due",),
    ),
    Clause(
        "FUR0305", MEDIUM, "Завершение работы с лидом, п. 6.1",
        "Когда конвертируют лид повторного клиента, которого вёл другой менеджер, об этом сообщают секретарю.",
        Response(
            on=closed(CONVERTED).when(known_elsewhere), expect=in_lead_or_deal(SECRETARY_TOLD).ever,
            due=end_of_next_working_day,
        ),
        reading="Клиент повторный, если его телефон есть в более раннем лиде или сделке другого менеджера. Засчитаны "
        "задача секретарю, её приглашение, комментарий или сообщение чата, где она названа, — в лиде или в его сделке, "
        "и до конвертации тоже. Забракованный лид ничего не требует.",
        assumed=("due",),
    ),
    Clause(
        "FUR0306", MEDIUM, "Завершение работы с лидом, ответ отрицательный, пп. 1–3",
        "Забракованный лид помечен «отказ» или «отказ мусор».",
        Condition(on=closed(REJECTED), that=filled(REASON) & is_(REASON, "отказ", "отказ мусор")),
        reading="Стадия «Отказ» или «Отказ мусор» — тоже такая пометка. Пустая причина — нарушение, если такая колонка "
        "в выгрузке есть.",
    ),
    Clause(
        "FUR0307", MEDIUM, "Завершение работы с лидом, ответ положительный, введение",
        "Лид, чей клиент ответил, завершают: сделкой или отказом.",
        Response(
            on=contact.first.from_before, when=is_lead, expect=closed(CONVERTED, REJECTED),
            due=end_of_next_working_day, unless=task_is_open(planned_contact),
        ),
        reading="Срок отсчитан от первого ответа клиента; ответ до создания лида — от создания. Если к сроку открыта "
        "задача о контакте, клиент просил связаться позже: пункт ничего не требует.",
        assumed=("due",),
    ),
)  # fmt: skip
