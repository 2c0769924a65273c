"""What the README shows can be used as it stands."""

import re
import tomllib
from pathlib import Path

from auditor.cli.app import app
from auditor.config import Known, read_config
from auditor.config.models import File
from checks import REGULATIONS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
[EXAMPLE] = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)


def test_the_example_of_the_settings_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "auditor.toml"
    path.write_text(EXAMPLE, encoding="utf-8")
    config = read_config(path, Known.of(REGULATIONS))
    assert config.settings.stages == {"Не дозвонились": "Недозвон", "Подписали": "Сделка успешна"}
    assert config.settings.pipelines == {"Кухни": "Продажи"}
    assert ("FUR0902", "days", 45) in config.parameters


def test_the_example_shows_every_section() -> None:
    assert set(tomllib.loads(EXAMPLE)) == set(File.model_fields)


def test_every_command_and_option_of_the_readme_exists() -> None:
    from typer.main import get_command

    commands = get_command(app).commands  # type: ignore[attr-defined]
    lines = re.findall(r"auditor ([a-z]+)\b([^\n`#]*)", README)
    for name, rest in lines:
        if name in commands:
            known = {option for parameter in commands[name].params for option in parameter.opts}
            assert set(re.findall(r"--[a-z-]+", rest)) <= known | {"--help"}, (name, rest)
    options = {option for command in commands.values() for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)) <= options | {"--help"}
