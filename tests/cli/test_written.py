"""Reports in files: whole, under a name that nobody foresees, with the rights that the file had."""

import os
import stat
from pathlib import Path

import pytest

from auditor.written import folder_written_whole, written_whole


def test_a_file_keeps_its_rights_and_a_new_one_gets_the_usual(tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text("1")
    old.chmod(0o600)
    mask = os.umask(0o027)
    try:
        _write(old)
        _write(new)
    finally:
        os.umask(mask)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (old, new)] == [0o600, 0o640]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.json", "old.json"]


def test_a_link_where_the_name_beside_could_be_foreseen_is_not_followed(tmp_path: Path) -> None:
    treasure, report = tmp_path / "treasure", tmp_path / "report.json"
    treasure.write_text("mine")
    for name in (f".{os.getpid()}.auditor", f".report.json.{os.getpid()}"):
        (tmp_path / name).symlink_to(treasure)
    _write(report)
    assert treasure.read_text() == "mine"
    assert report.read_text() == "2"


def test_what_fails_half_way_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text("old")
    with pytest.raises(OSError, match="full"), written_whole(report) as file:
        file.write(b"half")
        raise OSError("full")
    assert report.read_text() == "old"
    assert list(tmp_path.iterdir()) == [report]


def _write(path: Path) -> None:
    with written_whole(path) as file:
        file.write(b"2")


def test_a_folder_takes_the_place_of_the_one_before_it_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "star.parquet"
    for name in ("old", "new"):
        with folder_written_whole(target) as folder:
            (folder / f"{name}.parquet").touch()
    assert [path.name for path in target.iterdir()] == ["new.parquet"]
    assert [path.name for path in tmp_path.iterdir()] == ["star.parquet"]


def test_a_folder_that_fails_half_way_leaves_the_one_before_it(tmp_path: Path) -> None:
    target = tmp_path / "star.parquet"
    target.mkdir()
    (target / "old.parquet").touch()
    with pytest.raises(OSError, match="full"), folder_written_whole(target) as folder:
        (folder / "new.parquet").touch()
        raise OSError("full")
    assert [path.name for path in target.iterdir()] == ["old.parquet"]
    assert [path.name for path in tmp_path.iterdir()] == ["star.parquet"]


def test_a_folder_that_cannot_be_put_in_place_leaves_the_one_before_it(tmp_path: Path) -> None:
    target = tmp_path / "star.parquet"
    target.mkdir()
    (target / "old.parquet").touch()
    with pytest.raises(OSError), folder_written_whole(target) as folder:
        folder.rmdir()
    assert [path.name for path in target.iterdir()] == ["old.parquet"]
