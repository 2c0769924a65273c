"""The shape of the program: imports go one way, help is light, only commands print, the wheel is whole."""

import ast
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
HEAVY = {"pandas", "numpy", "pyarrow", "polars", "dask", "openpyxl", "holidays", "sqlalchemy", "alembic"}


def test_imports_go_one_way() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check", "--help"], ["clauses", "--help"], ["chek"], ["check", "--sinc"]]
)
def test_help_and_wrong_usage_import_nothing_heavy(arguments: list[str]) -> None:
    code = f"""
import json, sys
from auditor.cli import run
run({arguments!r})
print(json.dumps(sorted({{name.partition('.')[0] for name in sys.modules}})), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert not HEAVY & set(json.loads(done.stderr.splitlines()[-1]))


def _calls_print(tree: ast.AST) -> bool:
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    streams = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return "print" in names or bool({"stdout", "stderr"} & streams)


def test_nothing_below_the_commands_prints() -> None:
    below = [file for file in (ROOT / "auditor").rglob("*.py") if "cli" not in file.relative_to(ROOT).parts]
    assert len(below) > 50
    assert [str(file) for file in below if _calls_print(ast.parse(file.read_text("utf-8")))] == []


def test_the_wheel_holds_languages_regulations_and_stories(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "auditor/locale/ru/LC_MESSAGES/auditor.mo",
        "auditor/locale/en/LC_MESSAGES/checks.mo",
        "auditor/schemas/report.json",
        "auditor/schemas/settings.json",
        "checks/__init__.py",
        "fixtures/stories.py",
        "auditor/reports/base.html",
        "auditor/reports/page/page.html",
        "auditor/reports/page/page.css",
        "auditor/reports/page/page.js",
        "auditor/reports/page/tabulator/tabulator.min.js",
        "auditor/reports/page/tabulator/LICENSE",
        "auditor/reports/explained/page.html",
        "auditor/reports/trends/page.html",
        "auditor/reports/trends/page.css",
        "auditor/history/migrations/env.py",
        "auditor/history/migrations/versions/v1.py",
    } <= names
    assert any(name.startswith("fixtures/") and name.endswith(".txt") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "tools/"))]
