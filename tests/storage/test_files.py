from __future__ import annotations

import errno
from pathlib import Path

import pytest

from perfgoals_xl.errors import InputError
from perfgoals_xl.storage.files import check_writable, put_whole, replacing, whole_file


def test_the_target_appears_when_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    with whole_file(target) as temporary:
        temporary.write_bytes(b"new")
        assert temporary.parent == tmp_path
        assert not target.exists()
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_an_error_leaves_the_target_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    target.write_bytes(b"old")
    with replacing(), pytest.raises(TypeError), whole_file(target) as temporary:
        temporary.write_bytes("not bytes")  # type: ignore[arg-type]
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "汇总.xlsx", tmp_path / "链接.xlsx"
    target.write_bytes(b"old")
    link.symlink_to(target)
    with replacing(), whole_file(link) as temporary:
        temporary.write_bytes(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_the_mode_of_the_target_stays(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    target.write_bytes(b"old")
    target.chmod(0o640)
    with replacing(), whole_file(target) as temporary:
        temporary.write_bytes(b"new")
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_folder_in_place_of_the_target(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="文件夹"), whole_file(tmp_path):
        pass


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="不存在"), whole_file(tmp_path / "无" / "a.xlsx"):
        pass


def test_a_target_open_in_excel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(InputError, match="先关闭"), whole_file(tmp_path / "a.xlsx") as temporary:
        temporary.write_bytes(b"new")
    assert not list(tmp_path.iterdir())


def test_a_full_disk(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="空间不足"), whole_file(tmp_path / "a.xlsx"):
        raise OSError(errno.ENOSPC, "no space")
    assert not list(tmp_path.iterdir())


def test_another_fault_of_the_place_names_what_is_at_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.xlsx：磁盘读写出错"), whole_file(tmp_path / "a.xlsx"):
        raise OSError(errno.EIO, "broken")
    with pytest.raises(InputError, match=r"^来源：找不到"), whole_file(tmp_path / "a.xlsx"):
        raise OSError(errno.ENOENT, "gone", "来源")
    with pytest.raises(RuntimeError), whole_file(tmp_path / "a.xlsx"):
        raise RuntimeError
    assert not list(tmp_path.iterdir())


def test_writability_is_known_before_the_work_and_leaves_no_trace(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    check_writable(target)
    assert list(tmp_path.iterdir()) == []
    for wrong in (tmp_path, tmp_path / "没有" / "汇总.xlsx"):
        with pytest.raises(InputError):
            check_writable(wrong)


def test_a_file_made_elsewhere_is_put_in_place(tmp_path: Path) -> None:
    made, target = tmp_path / "made", tmp_path / "汇总.xlsx"
    made.write_text("new")
    target.write_text("old")
    with pytest.raises(InputError, match="--force"):
        put_whole(made, target)
    with replacing():
        put_whole(made, target)
    assert (made.read_text(), target.read_text()) == ("new", "new")
    assert len(list(tmp_path.iterdir())) == 2
    made.unlink()
    with pytest.raises(InputError, match="made：找不到"):
        put_whole(made, target)
    assert target.read_text() == "new"
    assert len(list(tmp_path.iterdir())) == 1
