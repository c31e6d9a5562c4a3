"""What the figures were taken on."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path


def described() -> list[str]:
    """Return lines that tell the processor, its cores, the memory and the system."""
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    cores = os.cpu_count() or 1
    return [
        f"{_processor()}, {cores} core{'s' * (cores != 1)}, {memory_gb:.0f} GB of memory",
        f"{platform.system()} {platform.release()}",
    ]


def file_system(place: Path) -> str:
    """Return the kind of the file system at *place*, such as ``ext4``."""
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return "unknown file system"
    kinds = {Path(mount): kind for _, mount, kind, *_ in map(str.split, mounts)}
    return next((kinds[p] for p in (place.resolve(), *place.resolve().parents) if p in kinds), "?")


def load() -> str:
    """Return how busy the machine is by itself: the load of the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


def taskwarrior() -> str | None:
    """Return the version of taskwarrior, None if it is not installed."""
    if shutil.which("task") is None:
        return None
    environ = {**os.environ, "TASKRC": os.devnull}
    told = subprocess.run(
        ["task", "--version"], env=environ, capture_output=True, text=True, check=True
    )
    return told.stdout.strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
