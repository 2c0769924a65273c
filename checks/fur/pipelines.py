"""Воронки, стадии, подписи полей и слова, общие для всех воронок."""

from auditor.patterns import (
    chat, comment, contact, end_of_day, invited, on_working_day, reached_out, task, task_moved,
)  # fmt: skip
from auditor.rules import Pipeline, Role

LEADS = Pipeline("Лиды", ("Новый лид", "Недозвон", "Завершение работы с лидом"))
SALES = Pipeline(
    "Продажи",
    (
        "Просчёт", "Перенос", "Предзамер", "Замер", "Нет замерного листа", "Созвон после замера", "Повторный замер",
        "Преддоговор",
    ),
)  # fmt: skip
DEFERRED = Pipeline(
    "Отложенный спрос",
    (
        "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь",
        "Декабрь",
    ),
)  # fmt: skip

NEW_LEAD, NO_ANSWER, FINISHING = LEADS
ESTIMATE, PUT_OFF, BEFORE_MEASURING, MEASURING, NO_SHEET, CALL_AFTER, MEASURING_AGAIN, PRECONTRACT = SALES
MONTHS = tuple(DEFERRED)

ASKED_AT, METHOD = "Время заявки", "Способ связи"
PHONE, EMAIL, CONTACT = "Телефон", "E-mail", "Контакт"
SOURCE, REASON = "Источник обращения", "Причина отказа"
NEEDS, KEY_NEEDS = "Общие потребности", "Ключевые потребности"
ESTIMATE_SHEET, ESTIMATE_SUM = "Лист просчёта", "Сумма предварительного просчёта"
ADDRESS, MEASURED_ON = "Город, улица, дом, квартира, подъезд, этаж, домофон", "Предполагаемая дата замера"
FILMING, MEASURING_SHEET = "Видеосъемка разрешена", "Замерный лист"
PREPAID, CONTRACT_NUMBER, CONTRACT_SUM = "Предоплата", "№ договора", "Сумма договора"
DISCOUNT, CONTRACT_NAME, CONTRACT_EXPECTED_ON = "Скидка", "Имя (Договор)", "Предполагаемая дата заключения"
CONTRACT_DATE, RESULT = "Дата договора", "Результат отказа"

SECRETARY_TOLD = (
    task().to(Role.SECRETARY) | invited(Role.SECRETARY) | comment.naming(Role.SECRETARY) | chat.naming(Role.SECRETARY)
)
ON_ITS_DAY = on_working_day(end_of_day)
KEPT_IN_TOUCH = reached_out | contact | task_moved
