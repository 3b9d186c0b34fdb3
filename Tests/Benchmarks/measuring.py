"""What the benchmarks share: a farm in a folder of its own, measuring in turn, tables."""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TOOLS = pathlib.Path(os.environ.get("BF_BIN") or HERE.parent.parent / ".build" / "release").resolve()
SLOTS = 2


def job(name, needs=()):
    """The NDJSON document of a job that does nothing."""
    record = {"kind": "spec", "name": name, "phases": [{"name": "true", "argv": ["/bin/true"]}]}
    return json.dumps(record | ({"needs": list(needs)} if needs else {}), separators=(",", ":"))


class Farm:
    """A state directory in a new temporary folder, and its tools. Usable with `with`."""

    def __init__(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="bf-benchmark-", ignore_cleanup_errors=True)
        self.folder = pathlib.Path(self.temporary.name)
        self.state = self.folder / "state"
        self.environment = {"PATH": f"{TOOLS}:{os.environ['PATH']}", "BF_STATE": str(self.state), "BF_CONFIG": "/dev/null",
                            "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.temporary.cleanup()

    def file(self, name, lines):
        """Writes a file of lines, and returns its path."""
        path = self.folder / name
        path.write_text("".join(line + "\n" for line in lines))
        return path

    def command(self, tool, *arguments):
        return [str(TOOLS / tool), *map(str, arguments)]

    def run(self, tool, *arguments, **options):
        """Runs a tool that must succeed, its output thrown away unless `stdout` is given."""
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL} | options
        return subprocess.run(self.command(tool, *arguments), env=self.environment, check=True, **options)

    def start(self, tool, *arguments, **options):
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL} | options
        return subprocess.Popen(self.command(tool, *arguments), env=self.environment, **options)

    def output(self, tool, *arguments):
        return self.run(tool, *arguments, stdout=subprocess.PIPE, text=True).stdout

    def peak(self, tool, *arguments):
        """Peak resident MiB, as a small process sees it of its only child: a big parent would count for its child's beginning."""
        result = subprocess.run(["/usr/bin/time", "-f", "%M", *self.command(tool, *arguments)], env=self.environment, check=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        return int(result.stderr.split()[-1]) / 1024


def milliseconds(action):
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def process_time(command, environment, stdin="/dev/null"):
    """Milliseconds of one process. posix_spawn shares this process's memory only until the tool starts, so its size does not count."""
    start = time.perf_counter()
    process = os.posix_spawn(command[0], command, environment, file_actions=[
        (os.POSIX_SPAWN_OPEN, 0, stdin, os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    status = os.waitpid(process, 0)[1]
    took = (time.perf_counter() - start) * 1000
    if status:
        sys.exit(f"{' '.join(command)} ended with wait status {status}")
    return took


def in_turn(contenders, rounds):
    """Runs every contender once a round (a b c a b c), since what else the machine does comes and goes; returns the medians by name.
    A contender is a function that returns its milliseconds."""
    times = {name: [] for name in contenders}
    for number in range(rounds):
        for name, measure in contenders.items():
            say(f"round {number + 1}/{rounds}: {name}")
            times[name].append(measure())
    say("")
    return {name: statistics.median(values) for name, values in times.items()}


def say(text):
    """What is being measured, for whoever looks on."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def table(title, header, rows):
    """Prints rows of texts and numbers below each other; the first column is text."""
    texts = [list(header)] + [[cell if isinstance(cell, str) else f"{cell:.{0 if abs(cell) >= 100 else 2}f}" for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in texts) for column in range(len(header))]
    print(f"\n{title}")
    for row in texts:
        cells = [row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        print("  ".join(cells).rstrip(), flush=True)
