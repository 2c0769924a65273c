"""The locks in `requirements/` agree with `pyproject.toml` and with one another: else `make update` was forgotten."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
ASKED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS = {name: [*map(Requirement, asked)] for name, asked in ASKED["project"]["optional-dependencies"].items()}
BASE = [Requirement(asked) for asked in ASKED["build-system"]["requires"] + ASKED["project"]["dependencies"]]
LOCKS = {"base": BASE, "dev": BASE + EXTRAS["dev"], "bench": BASE + EXTRAS["bench"], "lowest": BASE + EXTRAS["dev"]}


def locked(lock: str) -> dict[str, Version]:
    """Package → its one version, on every Python and system."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
    pins = re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE)
    assert len(pins) == len(dict(pins)), "a package stands there twice"
    return {name: Version(version) for name, version in pins}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_all_that_is_asked_for_at_an_allowed_version(lock: str) -> None:
    versions = locked(lock)
    allowed = {
        asked.name: asked.specifier.contains(versions[canonicalize_name(asked.name)], prereleases=True)
        for asked in LOCKS[lock]
    }
    assert [name for name, fits in allowed.items() if not fits] == []


@pytest.mark.parametrize("lock", ["base", "bench"])
def test_environments_that_share_a_folder_share_their_versions(lock: str) -> None:
    dev = locked("dev")
    assert {name: version for name, version in locked(lock).items() if dev.get(name, version) != version} == {}


def test_the_lowest_versions_are_the_lower_bounds_themselves() -> None:
    versions = locked("lowest")
    lowest = {asked: SpecifierSet(f">={versions[canonicalize_name(asked.name)]}") for asked in BASE}
    assert [str(asked) for asked, bound in lowest.items() if asked.specifier != bound] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
    assert not re.search(r"://|^-|\s@\s", text, re.MULTILINE)
