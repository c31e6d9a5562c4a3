"""A folder is reached by names that never lead through a link."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

import pytest

from tix.errors import CannotCreate, IOFailed, PermissionRefused
from tix.store.folder import Folder, failed, is_safe, is_temp, parents, temp_name


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "desk"
    path.mkdir(mode=0o700)
    return path


@pytest.fixture(params=[0o000, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest):
    before = os.umask(request.param)
    yield
    os.umask(before)


def modes(path: Path) -> dict[str, str]:
    found = [path, *path.rglob("*")]
    return {str(one.relative_to(path)): oct(stat.S_IMODE(one.stat().st_mode)) for one in found}


def lay(path: Path, kind: str, elsewhere: Path) -> None:
    """Put something at *path* that is not a plain file."""
    if kind == "link":
        elsewhere.write_bytes(b"secret")
        path.symlink_to(elsewhere)
    elif kind == "dead link":
        path.symlink_to(elsewhere / "nowhere")
    elif kind == "folder":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/null")
    else:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(path))


PLANTED = ["link", "dead link", "folder", "fifo", "device", "socket"]


@pytest.mark.parametrize("name", ["a.json", "settled/00/0.json", "...", ".tmp-1-a"])
def test_a_plain_name_is_safe(name: str):
    assert is_safe(name)


@pytest.mark.parametrize("name", ["", ".", "..", "/a", "a/", "a//b", "a/../b", "../a", "a\0b"])
def test_a_name_that_could_leave_the_folder_is_not_safe(name: str):
    assert not is_safe(name)


@pytest.mark.parametrize("name", ["../a", "/etc/passwd", "a/../../b"])
def test_names_outside_are_refused(desk: Path, name: str):
    with Folder.open(desk) as folder, pytest.raises(PermissionRefused):
        folder.read(name)


def test_a_temporary_name_is_beside_its_target_and_says_so():
    name = temp_name("settled/00/0.json")

    assert name.startswith("settled/00/.tmp-")
    assert name.endswith("-0.json")
    assert is_temp(name)
    assert not is_temp("settled/00/0.json")
    assert temp_name("a") != temp_name("a")


def test_the_parents_of_a_name_end_with_the_folder_itself():
    assert list(parents("settled/00/0.json")) == ["settled/00", "settled", ""]
    assert list(parents("tickets.json")) == [""]


def test_what_was_written_is_read(desk: Path):
    content = bytes(range(256)) * 5000
    with Folder.open(desk) as folder:
        folder.make_parents("a/b/c.json")
        folder.write_new("a/b/c.json", content)
        folder.sync("a/b/c.json")
        folder.sync_dir("a/b")

        assert folder.read("a/b/c.json") == content
        assert folder.listing("a/b") == ("c.json",)


def test_a_missing_file_is_named(desk: Path):
    with Folder.open(desk) as folder:
        with pytest.raises(FileNotFoundError) as missing:
            folder.read("settled/00/0.json")

        assert missing.value.filename == "settled/00/0.json"
        assert folder.signature("settled/00/0.json") is None
        assert folder.listing("settled") == ()
        folder.remove("settled/00/0.json")


@pytest.mark.parametrize("kind", PLANTED)
@pytest.mark.parametrize("look", [Folder.read, Folder.signature, Folder.open_file])
def test_what_is_no_plain_file_is_refused_and_named(desk: Path, tmp_path: Path, kind, look):
    lay(desk / "a.json", kind, tmp_path / "elsewhere")

    with Folder.open(desk) as folder, pytest.raises(PermissionRefused, match=r"/a\.json is a"):
        look(folder, "a.json")


@pytest.mark.parametrize("kind", PLANTED)
def test_nothing_planted_is_written_to(desk: Path, tmp_path: Path, kind: str):
    lay(desk / "a.json", kind, tmp_path / "elsewhere")

    with Folder.open(desk) as folder, pytest.raises(FileExistsError):
        folder.write_new("a.json", b"content")


@pytest.mark.parametrize("kind", ["link", "file"])
def test_a_folder_that_is_none_is_refused_and_named(desk: Path, tmp_path: Path, kind: str):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "0.json").write_bytes(b"secret")
    if kind == "link":
        (desk / "settled").symlink_to(tmp_path / "elsewhere")
    else:
        (desk / "settled").write_bytes(b"")

    with Folder.open(desk) as folder:
        for work in (
            lambda: folder.read("settled/0.json"),
            lambda: folder.write_new("settled/1.json", b""),
            lambda: folder.listing("settled"),
            lambda: folder.rename("settled/0.json", "settled/1.json"),
            lambda: folder.remove("settled/0.json"),
            lambda: folder.sync_dir("settled"),
        ):
            with pytest.raises(PermissionRefused, match="/settled is not a folder"):
                work()
    assert (tmp_path / "elsewhere" / "0.json").read_bytes() == b"secret"


def test_the_folder_stays_the_one_that_was_opened(desk: Path, tmp_path: Path):
    (desk / "a.json").write_bytes(b"mine")
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    (other / "a.json").write_bytes(b"theirs")

    with Folder.open(desk) as folder:
        desk.rename(tmp_path / "moved")
        desk.symlink_to(other)

        assert folder.read("a.json") == b"mine"


def test_a_folder_may_be_named_by_a_link(desk: Path, tmp_path: Path):
    (tmp_path / "link").symlink_to(desk)

    with Folder.open(tmp_path / "link") as folder:
        assert folder.path == str(desk)


def test_a_missing_folder_is_to_be_made_first(tmp_path: Path):
    with pytest.raises(CannotCreate) as missing:
        Folder.open(tmp_path / "desk")

    assert missing.value.exit_code == 73
    assert missing.value.message == f"there is no desk at {tmp_path}/desk"
    assert missing.value.hint == "'tix init' makes one"


def test_a_file_is_no_folder(tmp_path: Path):
    (tmp_path / "desk").write_bytes(b"")

    with pytest.raises(CannotCreate, match="is not a folder"):
        Folder.open(tmp_path / "desk")
    with pytest.raises(CannotCreate, match="cannot make"):
        Folder.create(tmp_path / "desk")
    with pytest.raises(CannotCreate, match="cannot make"):
        Folder.create(tmp_path / "desk" / "below")


def test_a_link_that_leads_nowhere_is_no_folder(tmp_path: Path):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")

    with pytest.raises(CannotCreate, match="is not a folder"):
        Folder.open(tmp_path / "loop")
    with pytest.raises(CannotCreate, match="cannot make"):
        Folder.create(tmp_path / "loop")


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777])
def test_a_folder_that_others_can_write_to_is_refused(desk: Path, mode: int):
    desk.chmod(mode)

    with pytest.raises(PermissionRefused) as refused:
        Folder.open(desk)
    with Folder.open(desk, trust_others=True) as folder:
        assert folder.path == str(desk)

    assert refused.value.exit_code == 77
    assert refused.value.hint == f"make it yours alone: chmod go-w '{desk}'"


def test_a_folder_that_others_can_read_is_fine(desk: Path):
    desk.chmod(0o755)

    with Folder.open(desk) as folder:
        assert folder.path == str(desk)


@pytest.mark.usefixtures("umask")
def test_all_is_the_owners_alone_whatever_the_umask(tmp_path: Path):
    with Folder.create(tmp_path / "desk") as folder:
        folder.make_parents("a/b.json")
        folder.write_new("a/b.json", b"b")
        folder.touch("c")
        os.close(folder.open_file("lock", os.O_RDWR | os.O_CREAT))

    assert modes(tmp_path / "desk") == {
        ".": "0o700",
        "a": "0o700",
        "a/b.json": "0o600",
        "c": "0o600",
        "lock": "0o600",
    }


def test_a_folder_is_made_with_those_above_it(tmp_path: Path):
    Folder.create(tmp_path / "a" / "b" / "desk").close()

    assert modes(tmp_path / "a") == {".": "0o700", "b": "0o700", "b/desk": "0o700"}


def test_an_empty_folder_is_taken_over(desk: Path):
    desk.chmod(0o775)

    Folder.create(desk).close()

    assert modes(desk) == {".": "0o700"}


def test_what_an_interrupted_creation_left_is_taken_over(desk: Path):
    (desk / "lock").write_bytes(b"")
    (desk / ".tmp-12-tickets.json").write_bytes(b"half")

    Folder.create(desk).close()


def test_a_folder_with_something_in_it_is_refused_and_left_alone(desk: Path):
    desk.chmod(0o755)
    (desk / "letter").write_bytes(b"dear")

    with pytest.raises(CannotCreate, match="is not empty"):
        Folder.create(desk)

    assert modes(desk)["."] == "0o755"


def test_a_replaced_file_has_another_signature(desk: Path):
    with Folder.open(desk) as folder:
        folder.write_new("a", b"1")
        before = folder.signature("a")
        folder.write_new("b", b"2")
        folder.rename("b", "a")

        assert before is not None
        assert folder.signature("a") not in (None, before)
        assert folder.listing("") == ("a",)


def test_an_open_file_is_known_by_its_name_until_that_means_another(desk: Path):
    with Folder.open(desk) as folder:
        folder.write_new("a", b"1")
        fd = folder.open_file("a")
        assert folder.is_same("a", fd)

        folder.write_new("b", b"1")
        folder.rename("b", "a")
        assert not folder.is_same("a", fd)

        folder.remove("a")
        assert not folder.is_same("a", fd)
        os.close(fd)


def test_a_linked_file_outlives_its_first_name(desk: Path):
    with Folder.open(desk) as folder:
        folder.make_parents("b/a")
        folder.write_new("a", b"1")
        folder.link("a", "b/a")
        folder.remove("a")

        assert folder.read("b/a") == b"1"
        with pytest.raises(FileExistsError):
            folder.link("b/a", "b/a")


def test_unfinished_files_are_not_listed_but_walked(desk: Path):
    with Folder.open(desk) as folder:
        for name in ("a/.tmp-1-x", "a/x", "b/y", "c/z"):
            folder.make_parents(name)
            folder.write_new(name, b"")

        assert folder.listing("a") == ("x",)
        assert folder.temps("a") == (".tmp-1-x",)
        assert sorted(name for name, _ in folder.walk(skip=("b",))) == ["a/.tmp-1-x", "a/x", "c/z"]
        assert dict(folder.walk("b")) == {"b/y": folder.signature("b/y")}


def test_no_descriptor_is_left_open(desk: Path, tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (desk / "link").symlink_to(tmp_path / "elsewhere")
    before = set(Path("/dev/fd").iterdir())

    with Folder.open(desk) as folder:
        folder.make_parents("a/b/c")
        folder.write_new("a/b/c", b"never synced")
        folder.write_new("a/b/d", b"removed")
        folder.remove("a/b/d")
        for name in ("link/x", "link", "a/b", "nothing/there"):
            with pytest.raises((PermissionRefused, FileNotFoundError)):
                folder.read(name)

    assert set(Path("/dev/fd").iterdir()) == before


def test_a_failure_says_what_came_of_it():
    full = failed(OSError(28, "No space left on device"), "nothing was saved")
    forbidden = failed(OSError(13, "Permission denied"), "nothing was saved")

    assert (type(full), full.message) == (IOFailed, "nothing was saved: No space left on device")
    assert (type(forbidden), forbidden.exit_code) == (PermissionRefused, 77)
