"""The HTML that Bitrix24 calls `.xls`."""

from collections.abc import Sequence

CALLS = (
    "Сотрудник", "Номер в Битрикс24", "Номер телефона", "Тип звонка", "Время звонка", "Дата вызова", "Статус",
    "Стоимость", "Стоимость расшифровки", "Оценка", "CRM", "Комментарий",
)  # fmt: skip


def person(name: str) -> str:
    """The cell of an employee: a picture of the direction, a picture of the person, the name."""
    return (
        '<span class="tel-stat-icon tel-stat-icon-outgoing"></span><span style="white-space: nowrap">'
        f"<span class='tel-stat-user-img user-avatar'></span>{name}</span>"
    )


def call_details(*rows: Sequence[str], charset: str = "UTF-8") -> str:
    """The call details: cells of captions are `<td>`."""
    return (
        f'<meta http-equiv="Content-type" content="text/html;charset={charset}" />\n'
        "<style>td {mso-number-format:\\@;} .number0 {mso-number-format:0;}</style>\n"
        f'<table border="1">\n<thead>\n{_row("td", CALLS)}</thead>\n<tbody>\n'
        + "".join(_row("td", row) for row in rows)
        + "</tbody>\n</table>"
    )


def crm_list(captions: Sequence[str], *rows: Sequence[str], charset: str = "UTF-8") -> str:
    """A list of deals, leads or activities: cells of captions are `<th>`."""
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body>'
        f'<table border="1"><thead>{_row("th", captions)}</thead><tbody>'
        + "".join(_row("td", row) for row in rows)
        + "</tbody></table></body></html>"
    )


def _row(tag: str, cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>\n"
