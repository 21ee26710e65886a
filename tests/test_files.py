"""Whole files, or nothing."""

import os
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Never

import pytest

from recto import files


def names(folder: Any) -> Any:
    return sorted(path.name for path in folder.iterdir())


def test_what_fails_leaves_the_old_file_and_no_remains(tmp_path: Path) -> None:
    path = tmp_path / "a"
    files.write(path, b"old")

    def stopped(path: Any, mode: Any, data: Any) -> Never:
        with files.writing(path, mode) as stream:
            stream.write(data)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped(path, "wb", b"new")
    assert path.read_bytes() == b"old"
    with pytest.raises(KeyboardInterrupt):
        stopped(tmp_path / "b", "w", "new")
    assert names(tmp_path) == ["a"]


def test_renaming_that_fails_leaves_no_remains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.write(tmp_path / "a", b"1")
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(OSError, match="full") as caught:
        files.write(tmp_path / "a", b"2")
    assert caught.value.filename == str(tmp_path / "a")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"1")]


def test_permissions_are_kept_and_new_files_follow_the_mask(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        files.write(tmp_path / "new", b"")
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
    finally:
        os.umask(old)
    (tmp_path / "new").chmod(0o600)
    files.write(tmp_path / "new", b"2")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o600


def test_the_mask_of_the_process_is_never_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.umask", lambda _: pytest.fail("the mask belongs to all threads"))
    files.write_all(tmp_path, {"a": b"1"})
    assert names(tmp_path) == ["a"]


def test_links_stay_and_devices_are_written(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"1")
    (tmp_path / "link").symlink_to("real")
    files.write(tmp_path / "link", b"2")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"2"
    before = os.stat(os.devnull)
    files.write(os.devnull, b"3")
    after = os.stat(os.devnull)
    assert (before.st_ino, before.st_mode) == (after.st_ino, after.st_mode)


def test_errors_name_the_file_that_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "folder", tmp_path / "absent" / "file"):
        with pytest.raises(OSError, match=str(path)) as caught, files.writing(path, "w"):
            pass
        assert caught.value.filename == str(path)


def test_several_files_are_all_complete_before_the_first_gets_its_name(tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(IsADirectoryError):
        files.write_all(tmp_path, {"a": b"1", "b": b"2", "c": b"3"})
    assert names(tmp_path) == ["a", "c"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_many_threads_write_one_file_and_readers_see_whole_ones(tmp_path: Path) -> None:
    path, wrong = tmp_path / "a", []
    contents = [bytes([65 + number]) * 50_000 for number in range(4)]
    files.write(path, contents[0])

    def write(data: Any) -> None:
        for _ in range(50):
            files.write(path, data)

    workers = [threading.Thread(target=write, args=(data,)) for data in contents]
    for worker in workers:
        worker.start()
    while any(worker.is_alive() for worker in workers):
        if path.read_bytes() not in contents:
            wrong.append(path)
    for worker in workers:
        worker.join()
    assert not wrong
    assert names(tmp_path) == ["a"]


def test_a_folder_changes_when_all_is_made(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "gone").write_text("old")
    folder = files.Folder(tmp_path)
    folder.HELD = 3
    folder.write("a", b"new")
    folder.write("b", b"more than is held")
    folder.remove(["gone"])
    assert (tmp_path / "a").read_text() == "old"
    assert (tmp_path / "gone").exists()
    folder.close(keep=True)
    assert names(tmp_path) == ["a", "b"]
    assert (tmp_path / "a").read_text() == "new"


def test_a_folder_that_is_given_up_stays_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    folder = files.Folder(tmp_path)
    folder.HELD = 0
    folder.write("a", b"new")
    (tmp_path / "d").mkdir()
    with pytest.raises(IsADirectoryError):
        folder.write("d", b"")
    folder.close(keep=False)
    assert (tmp_path / "a").read_text() == "old"
    assert names(tmp_path) == ["a", "d"]


def gone() -> int:
    """The number of a process that has ended."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def test_what_a_killed_process_left_is_swept(tmp_path: Path) -> None:
    for name in ("old", "new"):
        folder = tmp_path / name
        folder.mkdir()
        number = gone() if name == "new" else 1  # another machine's: only its age tells
        machine = files._machine() if name == "new" else "ffffffff"
        aside = folder / f".recto-{machine}-{number}-00.part"
        aside.mkdir()
        (aside / "R1.htm").write_text("half")
        (folder / f".recto-{machine}-{number}-01.part").write_text("half")
        if name == "old":
            for path in folder.iterdir():
                os.utime(path, (0, 0))
    files.Folder(tmp_path / "old").close(keep=True)
    assert names(tmp_path / "old") == []
    files.write(tmp_path / "new" / "a", b"")
    assert names(tmp_path / "new") == ["a"]


@pytest.mark.parametrize("process", ["here", "elsewhere"])
def test_what_a_living_process_is_writing_stays(process: str, tmp_path: Path) -> None:
    machine = files._machine() if process == "here" else "ffffffff"
    part = tmp_path / f".recto-{machine}-{os.getpid()}-00.part"
    part.write_text("half")
    (tmp_path / ".recto-notes.part").write_text("somebody's")
    files.Folder(tmp_path).close(keep=True)
    assert names(tmp_path) == [part.name, ".recto-notes.part"]


def test_names_that_a_killed_process_was_giving_are_given(tmp_path: Path) -> None:
    (tmp_path / "R2.htm").write_text("old")
    (tmp_path / "R3.htm").write_text("old")
    (tmp_path / "R1.htm").write_text("new")  # the one that it had put in place
    ready = tmp_path / f".recto-{files._machine()}-{gone()}-00.ready"
    ready.mkdir()
    (ready / "R2.htm").write_text("new")
    (ready / ".recto-removed").write_text("R3.htm\n../outside")
    (tmp_path.parent / "outside").write_text("")
    files.write(tmp_path / "a", b"")
    assert names(tmp_path) == ["R1.htm", "R2.htm", "a"]
    assert (tmp_path / "R2.htm").read_text() == "new"
    assert (tmp_path.parent / "outside").exists()


WRITER = """
import itertools, sys
from recto import files
for turn in itertools.count():
    folder = files.Folder(sys.argv[1])
    for name in range(40):
        folder.write(f"R{name}.htm", b"%d" % turn)
    folder.close(keep=True)
    print(turn, flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="folders are exchanged on Linux only")
def test_a_killed_writer_leaves_old_pages_or_new_ones(tmp_path: Path) -> None:
    """Killed at moments that are spread over its work, it never leaves pages of two turns."""
    folder = tmp_path / "pages"
    folder.mkdir()
    folder.chmod(0o751)
    (folder / "notes.txt").write_text("mine")
    for turn in range(8):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()  # pages of one turn stand, and it is at work on the next
        time.sleep(turn * 0.004)
        writer.kill()
        writer.wait()
        writer.stdout.close()
        assert len({path.read_bytes() for path in folder.glob("R*.htm")}) == 1
        assert len(list(folder.glob("R*.htm"))) == 40
        assert (folder / "notes.txt").read_text() == "mine"
        assert stat.S_IMODE(folder.stat().st_mode) == 0o751


def test_folders_within_and_the_folder_that_one_stands_in_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "link").symlink_to("nowhere")
    files.write(tmp_path / "a", b"old")
    for _ in range(2):
        folder = files.Folder(tmp_path)
        folder.write("a", b"new")
        folder.close(keep=True)
        assert names(tmp_path) == ["a", "images", "link"]
        assert (tmp_path / "a").read_bytes() == b"new"
        if (tmp_path / "images").is_dir():
            (tmp_path / "images").rmdir()
            (tmp_path / "images").touch()
    monkeypatch.chdir(tmp_path)
    before = os.stat(tmp_path).st_ino
    folder = files.Folder(".")
    folder.write("a", b"newer")
    folder.close(keep=True)
    assert os.stat(tmp_path).st_ino == before
    assert (tmp_path / "a").read_bytes() == b"newer"
