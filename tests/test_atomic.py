import errno
import json
import os
import resource
import subprocess
import sys

import pytest

from restorekit.atomic import (
    DiskFullError,
    atomic_file,
    drop_abandoned,
    explained,
    make_folder,
    write_whole,
)


def test_a_file_appears_with_its_folders_and_no_leftovers(tmp_path):
    target = tmp_path / "a" / "b.txt"
    with atomic_file(target) as file:
        file.write(b"new")
        assert not target.exists()
    assert target.read_bytes() == b"new"
    assert list(target.parent.iterdir()) == [target]


def test_a_folder_that_cannot_be_made_is_named_with_the_mend(tmp_path):
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file" / "b"):
        with pytest.raises(NotADirectoryError, match=f"cannot write {path}: a part of its path is a file"):
            make_folder(path)


def test_a_name_that_is_no_utf_8_comes_back_from_json(tmp_path):
    name = os.fsdecode("试".encode() + b"\xff")
    write_whole(tmp_path / "a", json.dumps([name], ensure_ascii=False))
    assert (tmp_path / "a").read_bytes() == '["试\\udcff"]'.encode()
    assert json.loads((tmp_path / "a").read_text(encoding="utf-8")) == [name]


def test_a_file_is_on_the_disk_before_it_takes_its_name(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(os, "fsync", lambda handle: seen.append(os.fstat(handle).st_size))
    monkeypatch.setattr(os, "replace", lambda *paths: seen.append("named"))
    write_whole(tmp_path / "a", b"abc")
    assert seen == [3, "named"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_an_interrupted_file_leaves_the_old_one(tmp_path, error):
    target = tmp_path / "b.txt"
    target.write_bytes(b"old")
    with pytest.raises(error), atomic_file(target) as file:
        file.write(b"half")
        raise error
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_what_a_killed_process_was_writing_is_removed_and_what_others_write_stays(tmp_path):
    code = "import sys, time; from pathlib import Path; from restorekit.atomic import atomic_file\n"
    code += "with atomic_file(Path(sys.argv[1])) as file: print('open', flush=True); time.sleep(60)"
    command = [sys.executable, "-c", code, tmp_path / "a.pdf"]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    try:
        for process in processes:
            process.stdout.readline()
        processes[0].kill()
        processes[0].wait()
        elsewhere = tmp_path / ".a.pdf-12345678-0123456789abcdef.part"  # another machine's
        elsewhere.touch()
        drop_abandoned(tmp_path)
        assert len(list(tmp_path.iterdir())) == 3  # one may have been made just now, and not be locked yet
        for path in tmp_path.iterdir():
            os.utime(path, (0, 0))
        drop_abandoned(tmp_path)
        (other,) = set(tmp_path.iterdir()) - {elsewhere}
        assert elsewhere.exists()
        assert not processes[1].poll() and other.name.startswith(".a.pdf-")
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def test_the_longest_names_leave_room_for_the_temporary_one(tmp_path):
    target = tmp_path / ("x" * 251 + ".png")
    with atomic_file(target) as file:
        file.write(b"new")
    assert target.read_bytes() == b"new"


def test_permissions_and_links_stay(tmp_path):
    target, link = tmp_path / "b.txt", tmp_path / "link"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    with atomic_file(link) as file:
        file.write(b"new")
    assert link.is_symlink() and target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_users_permissions_and_the_mask_is_not_touched(tmp_path, monkeypatch):
    before = os.umask(0o027)
    try:
        with monkeypatch.context() as patch:
            patch.delattr(os, "umask")  # asking for it sets it, for all threads
            write_whole(tmp_path / "a", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_a_private_file_is_private_while_it_is_written(tmp_path):
    target = tmp_path / "a"
    target.write_bytes(b"old")
    target.chmod(0o600)
    with atomic_file(target):
        assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_a_pipe_stays_one_and_gets_everything_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    reading = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    with atomic_file(tmp_path / "link") as file:
        file.write(b"one, three")
        file.seek(5)
        file.write(b"two  ")
    assert os.read(reading, 100) == b"one, two  "
    with pytest.raises(RuntimeError), atomic_file(tmp_path / "pipe") as file:
        file.write(b"half")
        raise RuntimeError
    assert os.read(reading, 100) == b""
    os.close(reading)
    assert (tmp_path / "pipe").is_fifo() and len(list(tmp_path.iterdir())) == 2


def test_standard_output_is_written_to_where_it_is_a_pipe():
    """Its path leads to no file's name."""
    code = "from restorekit.atomic import write_whole; write_whole('/dev/stdout', 'all of it')"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (shown.stdout, shown.stderr) == ("all of it", "")


@pytest.mark.parametrize(
    "code, words",
    [
        (errno.ENOSPC, "the disk is full; free space"),
        (errno.EACCES, "is read-only for you; write elsewhere"),
        (errno.EROFS, "is read-only for you"),
        (errno.ENOENT, "takes no files; write elsewhere"),
        (errno.ENOTDIR, "a part of its path is a file"),
        (errno.ENAMETOOLONG, "the name is too long"),
    ],
)
def test_what_the_system_refuses_is_told_with_its_mend(tmp_path, monkeypatch, code, words):
    def refuse(*_):
        raise OSError(code, "no")

    monkeypatch.setattr(os, "replace", refuse)
    target = tmp_path / "b.txt"
    with pytest.raises(OSError, match=words) as caught:
        write_whole(target, b"")
    assert str(target) in str(caught.value) and not any(tmp_path.iterdir())


def test_a_file_that_another_program_holds_is_told_as_such(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(errno.EACCES, "no")

    target = tmp_path / "b.txt"
    write_whole(target, b"old")
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError, match="or another program has the file open; write elsewhere"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"


def test_a_full_disk_is_told_of_the_block_and_other_faults_are_not_taken_for_the_files_own(tmp_path):
    target = tmp_path / "b.txt"
    with pytest.raises(OSError, match="b.txt: the disk is full"), atomic_file(target):
        raise OSError(errno.ENOSPC, "no")
    with pytest.raises(FileNotFoundError) as caught, atomic_file(target):
        (tmp_path / "another").read_bytes()
    assert "another" in str(caught.value) and "b.txt" not in str(caught.value)
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("size", [60, 60_000])
def test_a_disk_that_fills_up_while_bytes_are_held_back_is_told_of_at_the_end(tmp_path, size):
    """Few bytes are written as the file is closed, and many leave a rest that closing tries once more."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, limits[1]))
    try:
        with pytest.raises(OSError, match="b.txt: the disk is full"), atomic_file(tmp_path / "b.txt") as file:
            for _ in range(size):
                file.write(b"x")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not any(tmp_path.iterdir())


def test_a_file_that_is_too_large_fills_no_disk(tmp_path):
    """FAT takes none of 4 GB; others may have room."""
    large, full = (explained(OSError(code, ""), tmp_path / "b") for code in (errno.EFBIG, errno.ENOSPC))
    assert "takes no file so large; write elsewhere" in str(large)
    assert isinstance(full, DiskFullError) and not isinstance(large, DiskFullError)


def test_an_encoder_that_fails_on_a_full_disk_is_told_as_such(tmp_path, monkeypatch):
    """Pillow's encoders give no error number."""
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 0}))
    assert "the disk is full" in str(explained(OSError("encoder error -2"), tmp_path / "b.txt"))


def test_a_folder_in_the_way_is_named(tmp_path):
    with pytest.raises(OSError, match="a folder has that name"), atomic_file(tmp_path):
        pass


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"old")

    def fail(*_):
        raise OSError("no")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="no"):
        write_whole(tmp_path / "a", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_text_is_written_as_utf_8(tmp_path):
    write_whole(tmp_path / "new" / "a.txt", "ü")
    assert (tmp_path / "new" / "a.txt").read_bytes() == "ü".encode()
