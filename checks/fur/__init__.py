"""FUR: регламент производителя кухонной мебели (Битрикс24): лиды, продажи, отложенный спрос, «Учёт клиентов»."""

from auditor.rules import Regulation
from checks.fur.by_hand import BY_HAND
from checks.fur.deferred import DEFERRED_CLAUSES
from checks.fur.leads import LEAD_CLAUSES
from checks.fur.pipelines import DEFERRED, LEADS, SALES
from checks.fur.sales import SALES_CLAUSES

FUR = Regulation(
    code="FUR",
    title="Кухонная мебель: лиды, продажи, отложенный спрос",
    pipelines=(LEADS, SALES, DEFERRED),
    clauses=(*LEAD_CLAUSES, *SALES_CLAUSES, *DEFERRED_CLAUSES),
    chapters={
        "FUR01": "Новый лид",
        "FUR02": "Недозвон",
        "FUR03": "Завершение работы с лидом",
        "FUR04": "Просчёт",
        "FUR05": "Перенос",
        "FUR06": "Предзамер",
        "FUR07": "Замер",
        "FUR08": "Повторный замер",
        "FUR09": "Преддоговор",
        "FUR10": "Сделка успешна",
        "FUR11": "Сделка проиграна",
        "FUR12": "Отложенный спрос",
    },
    by_hand=BY_HAND,
)
