"""Воронки, стадии и подписи полей."""

from auditor.rules import Pipeline

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

MEASURED_ON = "Предполагаемая дата замера"
PREPAID = "Предоплата"
CONTRACT_NUMBER = "№ договора"
CONTRACT_SUM = "Сумма договора"
DISCOUNT = "Скидка"
CONTRACT_NAME = "Имя (Договор)"
CONTRACT_EXPECTED_ON = "Предполагаемая дата заключения"
