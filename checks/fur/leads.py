"""FUR: воронка «Лиды»."""

from auditor.patterns import (
    OUT,
    UNANSWERED,
    PerDay,
    Response,
    call,
    comment,
    contact,
    email,
    end_of_next_working_day,
    first_unanswered_day,
    invited,
    message,
    task,
)  # fmt: skip
from auditor.rules import HIGH, MEDIUM, Clause, Role
from checks.fur.pipelines import NO_ANSWER

SECRETARY_TOLD = task().to(Role.SECRETARY) | invited(Role.SECRETARY) | comment.naming(Role.SECRETARY)

LEAD_CLAUSES = (
    # ── Недозвон ──
    Clause(
        "FUR0201", HIGH, "Недозвон, правило стадии",
        "Пока лид в «Недозвоне», менеджер звонит клиенту не реже трёх раз каждый рабочий день.",
        PerDay(during=NO_ANSWER, expect=call(OUT), at_least=3),
        reading="День, когда до клиента дозвонились, ничего не требует; день входа — если осталось не меньше 4 "
        "рабочих часов.",
    ),
    Clause(
        "FUR0202", HIGH, "Недозвон, правило стадии",
        "Пока лид в «Недозвоне», клиенту каждый рабочий день уходит хотя бы одно сообщение или письмо.",
        PerDay(during=NO_ANSWER, expect=message(OUT) | email(OUT)),
        reading="Дни считаются так же, как в FUR0201.",
    ),
    Clause(
        "FUR0203", MEDIUM, "Недозвон, правило стадии",
        "Если за день в «Недозвоне» дозвониться не удалось, об этом узнаёт секретарь и проверяет номер.",
        Response(
            on=first_unanswered_day(call(OUT, UNANSWERED), without=contact, during=NO_ANSWER),
            expect=SECRETARY_TOLD, due=end_of_next_working_day,
        ),
        reading="Считается задача или приглашение секретарю либо комментарий, где он назван, с начала того дня.",
        assumed=("due",),
    ),
)  # fmt: skip

