"""A farm of the built tools in a folder of its own: how tests run its tools, and how they are kept from other things of the machine."""

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

TOOLS = Path(os.environ["BF_BIN"])
OWN_SETTINGS = ("XDG_", "BF_", "STATE_DIRECTORY", "NOTIFY_SOCKET", "WATCHDOG_", "LD_PRELOAD")


def compile_library(source, folder):
    """Builds one of the libraries beside this file; returns its path."""
    library = Path(folder) / f"{source}.so"
    source = Path(__file__).with_name(f"{source}.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-o", library, source], check=True)
    return library


class Farm:
    """One state directory and the tools on it."""

    def __init__(self, folder, preload=None, always=None):
        self.folder = Path(folder)
        self.state = self.folder / "state"
        self.report = self.folder / "faults"
        self.preload = preload
        self.always = always or {}
        self.folder.mkdir(parents=True, exist_ok=True)

    def copy(self, folder):
        """The same farm in another folder. The reserve is no more than room on the disk."""
        other = Farm(folder, self.preload)
        shutil.copytree(self.state, other.state, symlinks=True, ignore=shutil.ignore_patterns("reserve"))
        return other

    def remove(self):
        """Jobs may leave folders that cannot be entered; root enters them all the same."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self, **extra):
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OWN_SETTINGS)}
        kept |= {"PATH": f"{TOOLS}:{kept['PATH']}", "BF_STATE": str(self.state), "HOME": str(self.folder), "TZ": "UTC", "LC_ALL": "C.UTF-8"}
        return kept | self.always | extra

    def faulty(self, fault):
        """The environment in which a tool meets this fault."""
        return {"LD_PRELOAD": str(self.preload), "BF_FAULT": fault, "BF_FAULT_REPORT": str(self.report)} if fault else {}

    def run(self, *command, fault=None, text=None, timeout=120):
        """Runs a tool to its end. A tool that hangs is an error of the test."""
        return subprocess.run(
            command, env=self.environment(**self.faulty(fault)), input=text, text=True, errors="replace", capture_output=True,
            timeout=timeout)

    def start(self, *command, fault=None, output=subprocess.DEVNULL, errors=subprocess.DEVNULL):
        """Starts a tool as a session of its own."""
        return subprocess.Popen(
            command, env=self.environment(**self.faulty(fault)), stdin=subprocess.DEVNULL, stdout=output, stderr=errors,
            start_new_session=True)

    def faults_met(self):
        """How many faults were met since this was last asked."""
        try:
            lines = len(self.report.read_text().splitlines())
            self.report.unlink()
            return lines
        except FileNotFoundError:
            return 0

    @contextlib.contextmanager
    def database(self):
        connection = sqlite3.connect(f"file:{self.state}/farm.sqlite?mode=ro", uri=True, timeout=60)
        connection.row_factory = sqlite3.Row
        try:
            yield connection
        finally:
            connection.close()

    def builds(self):
        """What bf-status says of each build: its record by its id."""
        lines = self.run("bf-status", "--format", "ndjson", "-n", "all").stdout.splitlines()
        records = (json.loads(line) for line in lines)
        return {record["id"]: record for record in records if record["kind"] == "build"}

    def processes(self):
        """Processes that belong to this farm, but not this one: with its state directory in their environment or arguments."""
        mark = str(self.state).encode()
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            with contextlib.suppress(OSError):
                if mark in (entry / "environ").read_bytes() or mark in (entry / "cmdline").read_bytes():
                    if (entry / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
                        yield int(entry.name)

    def kill_all(self):
        """SIGKILL for all that uses the state directory."""
        for _ in range(100):
            left = list(self.processes())
            for process in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            if not left:
                return
            time.sleep(0.01)


def told(output):
    """The builds that were printed, whole lines only."""
    for line in output.splitlines(keepends=True):
        with contextlib.suppress(ValueError):
            record = json.loads(line)
            if line.endswith("\n") and record["kind"] == "build":
                yield record
