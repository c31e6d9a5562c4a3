"""Several files of a folder change together or not at all.

Who changes files holds the lock and has called ``recover``. The new files are written beside
their targets and made to last; then ``commit.json``, which names them all, gets its name:
the moment of truth. Before it nothing was saved; after it everything was, and whoever comes
next finishes what was left over. The order of the steps is what makes it safe against a kill,
a full disk and a power cut at any point; do not change it lightly.

The root is among the changes of every commit, so that readers, who take no lock, can tell by
it whether anything has changed (``snapshot.py``).

``commit.json`` is removed last of all, and that is not waited for: should a power cut bring
it back, its targets have the sums it names, and finishing it again changes nothing. The next
commit syncs the folder before its own moment of truth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.errors import IOFailed, TixError
from tix.store.blobs import FILES
from tix.store.daily import copy_once_a_day
from tix.store.folder import failed, is_temp, parents, reason, temp_name
from tix.store.layout import ROOT
from tix.store.pending import COMMIT, Plan, check_base, checksum, decode, encode, read_new
from tix.store.recent import keep, remove_dropped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from tix.store.folder import Folder

# So many new files are open at a time; many systems allow a process 1024.
_BATCH = 200

# Up to so many files are synced one by one; beyond that, so many wait for the disk together.
_FEW = 16
_AT_ONCE = 16


def commit(
    folder: Folder,
    changes: Mapping[str, bytes | None],
    *,
    base_generation: int | None,
    now: datetime,
    afresh: bool = False,
) -> tuple[str, ...]:
    """Make all *changes* (None removes a file) or none; return what the user should know.

    The warnings tell what is left to the next writer: the change itself is saved. The state
    before is kept among the backups, with *afresh* as a generation of its own. A
    *base_generation* of None says that the change may follow any root.

    Raises:
        IOFailed: Nothing was saved, unless it says that the change may not be saved.
        PermissionRefused: Nothing was saved.
    """
    if changes.get(ROOT) is None or folder.signature(COMMIT) is not None:
        raise AssertionError
    # The root's new file is the first to come and the last to go: only while there is one in
    # the folder itself, others may lie about below it.
    names = [ROOT, *(name for name in changes if name != ROOT)]
    new = {name: temp_name(name) for name in names if changes[name] is not None}
    aside = temp_name(COMMIT)
    try:
        removed = tuple(
            name for name in names if folder.signature(name) is not None and changes[name] is None
        )
        sums = _write(folder, changes, new)
        warnings = copy_once_a_day(folder, now, generation=base_generation)
        keep(folder, names, now, generation=base_generation, afresh=afresh)
        plan = Plan(base_generation, {name: (new[name], sums[name]) for name in new}, removed)
        folder.write_new(aside, encode(plan))
        folder.sync(aside)
        folder.rename(aside, COMMIT)
    except BaseException as problem:
        _withdraw(folder, [*new.values(), aside])
        if isinstance(problem, OSError):
            raise failed(problem, "nothing was saved") from problem
        raise
    _pass_the_moment_of_truth(folder, plan)
    return *warnings, *_settle(folder, plan)


def _write(
    folder: Folder, changes: Mapping[str, bytes | None], new: Mapping[str, str]
) -> dict[str, str]:
    """Return the sum of each new file, once it is sure to last."""
    sums = {}
    names = list(new)
    for start in range(0, len(names), _BATCH):
        batch = names[start : start + _BATCH]
        for name in batch:
            content = changes[name] or b""
            folder.make_parents(name)
            folder.write_new(new[name], content)
            sums[name] = checksum(content)
        _sync(folder, [new[name] for name in batch])
    # All folders above, new or not: one that was made for a commit that failed looks old.
    for dirname in sorted({above for name in names for above in parents(name)}):
        folder.sync_dir(dirname)
    return sums


def _sync(folder: Folder, names: Collection[str]) -> None:
    """Make files last; many of them at once, so that the disk can do them together."""
    if len(names) <= _FEW:
        for name in names:
            folder.sync(name)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for done in [threads.submit(folder.sync, name) for name in names]:
            done.result()


def _pass_the_moment_of_truth(folder: Folder, plan: Plan) -> None:
    try:
        folder.sync_dir("")
    except OSError as problem:
        _withdraw(folder, [temp for temp, _ in plan.new.values()])
        raise IOFailed(
            f"this change may not be saved: {problem.strerror}", hint="run 'tix doctor'"
        ) from problem


def _withdraw(folder: Folder, temps: Collection[str]) -> None:
    """Take back a commit that did not come to its moment of truth.

    The new files stay if ``commit.json`` is not gone for sure: it might come back after a
    power cut, and can be finished only with them. Then the next writer decides.
    """
    try:
        if folder.signature(COMMIT) is not None:
            folder.remove(COMMIT)
            folder.sync_dir("")
        for temp in reversed([*temps]):
            folder.remove(temp)
    except (OSError, TixError):
        return


def _settle(folder: Folder, plan: Plan) -> tuple[str, ...]:
    try:
        _finish(folder, plan)
    except (OSError, TixError) as problem:
        return (f"saved; the next command finishes the writing: {reason(problem)}",)
    return ()


def _finish(folder: Folder, plan: Plan) -> None:
    for target in sorted(plan.new, key=lambda name: name == ROOT):
        # One that is gone has been renamed before.
        if folder.signature(plan.new[target][0]) is not None:
            folder.rename(plan.new[target][0], target)
    for name in plan.removed:
        folder.remove(name)
    for dirname in sorted({next(parents(name)) for name in (*plan.new, *plan.removed)}):
        folder.sync_dir(dirname)
    folder.remove(COMMIT)


def recover(folder: Folder, generation_of: Callable[[bytes], int]) -> None:
    """Finish what an interrupted commit left over; only under the lock.

    *generation_of* tells the generation of a root from its bytes. Where there is nothing to
    do this costs one look for ``commit.json`` and one list of the folder itself.

    Raises:
        DeskDamaged: ``commit.json`` is not what was written, or does not fit the files.
    """
    try:
        if folder.signature(COMMIT) is not None:
            plan = decode(folder.read(COMMIT))
            for target in plan.new:
                read_new(folder.read, plan, target)
            check_base(folder, plan, generation_of)
            _finish(folder, plan)
        if folder.temps(""):
            # Should commit.json come back after a power cut, it must find its new files.
            folder.sync_dir("")
            remove_strays(folder)
    except OSError as problem:
        raise failed(problem, "an interrupted change cannot be finished") from problem


def remove_strays(folder: Folder) -> None:
    """Remove what interrupted commits never got to use; only under the lock.

    Attachments are written without the lock: what lies about among them is left alone.
    """
    remove_dropped(folder)
    strays = [name for name, _ in folder.walk(skip=(FILES,)) if is_temp(name)]
    for name in sorted(strays, key=lambda name: name.count("/"), reverse=True):
        folder.remove(name)
