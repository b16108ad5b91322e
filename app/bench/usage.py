"""What processes have used, as Linux counts it: CPU time and anonymous memory of whole process trees."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")


class Usage(NamedTuple):
    cpu: float  # seconds since they began
    memory: int  # KiB that no file backs


def usage(roots: Iterable[int]) -> Usage:
    """What these processes and all their descendants have used until now."""
    cpu, memory = 0, 0
    for pid in {pid for root in roots for pid in tree(root)}:
        with suppress(OSError):  # ended meanwhile
            for task in (PROC / str(pid) / "task").iterdir():
                cpu += int((task / "schedstat").read_text().split()[0])
            lines = (PROC / str(pid) / "status").read_text().splitlines()
            memory += sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))
    return Usage(cpu / 1e9, memory)


def everybody() -> float:
    """Seconds that all cores together have worked since the machine was started, for whomever."""
    user, nice, system, _idle, _waiting, *interrupts = map(
        int, (PROC / "stat").read_text().split("\n", 1)[0].split()[1:9]
    )
    return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> list[int]:
    """A process and all its descendants."""
    found = [pid]
    with suppress(OSError):
        for task in (PROC / str(pid) / "task").iterdir():
            for child in (task / "children").read_text().split():
                found += tree(int(child))
    return found
