"""One small company: Иванов broke FUR0902 by ten days, Петрова kept it, and a third deal is still in time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.cli import run

DEALS = """ID сделки;Название;Воронка;Этап;Ответственный;Дата создания;Телефон
101;Кухня Сидоровым +7 916 123-45-67;Продажи;Сделка успешна;Иванов Иван;01.03.2024 10:00;+7 916 123-45-67
102;Кухня на дачу;Продажи;Сделка успешна;Петрова Анна;01.03.2024 10:00;
103;Шкаф;Продажи;Преддоговор;Петрова Анна;01.04.2024 10:00;
"""
HISTORY = """ID сделки;Время;Событие;Было;Стало;Автор
101;01.03.2024 10:00;этап;Замер;Преддоговор;Иванов Иван
101;10.04.2024 12:00;этап;Преддоговор;Сделка успешна;Иванов Иван
102;01.03.2024 10:00;этап;Замер;Преддоговор;Петрова Анна
102;31.03.2024 23:59:59;этап;Преддоговор;Сделка успешна;Петрова Анна
103;01.04.2024 10:00;этап;Замер;Преддоговор;Петрова Анна
"""


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the company's exports under `exports`; nothing tells how wide the output is."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "Сделки.csv").write_text(DEALS, encoding="utf-8")
    (folder / "История.csv").write_text(HISTORY, encoding="utf-8")
    return tmp_path


Answer = tuple[int, str, str]


@pytest.fixture
def auditor(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Runs a command line; exit code, stdout, stderr."""

    def invoke(*arguments: str) -> Answer:
        code = run(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return invoke


@pytest.fixture
def check(company: Path, auditor: Callable[..., Answer]) -> Callable[..., Answer]:
    """`auditor check` of the company by FUR0902, in English."""

    def invoke(*options: str) -> Answer:
        return auditor("check", "exports", "--regulation", "FUR", "--select", "FUR0902", "--lang", "en", *options)

    return invoke
