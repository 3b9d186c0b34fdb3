"""The parts of `pool`, which starts the daemons: pool_parts.py ROUNDS PARTS SOCKET..."""
import json
import os
import subprocess
import sys
import time

from measuring import TOOLS, Farm, in_turn, milliseconds, say, table

ROUNDS, PARTS, SOCKETS = int(sys.argv[1]), sys.argv[2].split(), sys.argv[3:]
JOBS, SPREAD, SLOTS, MANY = 20, 200, 2, 32
MEBIBYTES = 300
# Debian's own, which speaks to BuildKit without a further program.
DOCKER = "/usr/bin/docker"


def exerciser(socket, work, *settings):
    subprocess.run([TOOLS / "buildkit-exerciser", f"docker://{socket}", work, "image=base:1", "quiet", *settings], check=True,
                   stdout=subprocess.DEVNULL)


def docker(socket, *arguments):
    environment = os.environ | {"DOCKER_BUILDKIT": "1", "DOCKER_HOST": f"unix://{socket}", "HOME": "/nonexistent"}
    subprocess.run([DOCKER, *map(str, arguments)], env=environment, check=True, stdout=subprocess.DEVNULL)


def documents(count, run='echo done >"$BF_OUT/file"', **more):
    image = {"environment": {"image": "base:1"}}
    return [json.dumps({"kind": "spec", "name": f"job-{number}", "run": run} | image | more) for number in range(count)]


def pool(farm, kind, sockets, slots):
    for socket in sockets:
        farm.run("bf-run", "backend", "add", "--kind", kind, "--max-jobs", slots, f"docker://{socket}")


def build(farm, count, run='echo done >"$BF_OUT/file"', **more):
    """Milliseconds of bf-run for jobs that were submitted before."""
    farm.run("bf-submit", "-q", "--force", farm.file("jobs.ndjson", documents(count, run, **more)))
    return milliseconds(lambda: farm.run("bf-run", "-j", 0))


def warm():
    """The same Dockerfile, of which everything is in the daemon's cache."""
    with Farm() as farm:
        folder = farm.folder / "context"
        folder.mkdir()
        (folder / "Dockerfile").write_text("FROM base:1\nCOPY file /file\nRUN cat /file >/copy\n")
        (folder / "file").write_text("content\n")
        contenders = {
            "docker build": lambda: milliseconds(lambda: docker(SOCKETS[0], "build", "-q", folder)),
            "bf's client": lambda: milliseconds(lambda: exerciser(SOCKETS[0], "dockerfile", f"local={folder}")),
        }
        for once in contenders.values():
            once()
        times = in_turn(contenders, ROUNDS * 4)
    table("A warm solve of a small Dockerfile, one process each", ["", "ms", "x docker"],
          [[name, time, time / times["docker build"]] for name, time in times.items()])


def further(measure):
    """Milliseconds of each further job: those of many less those of one, so that starting and ending do not count."""
    return (measure(JOBS + 1) - measure(1)) / JOBS


def overhead():
    """One after the other on one daemon: what bf adds to the steps that the daemon cannot be spared."""
    with Farm() as buildkit, Farm() as engine:
        pool(buildkit, "buildkit", SOCKETS[:1], 1)
        pool(engine, "engine", SOCKETS[:1], 1)

        def run(count):
            for _ in range(count):
                docker(SOCKETS[0], "run", "--rm", "--network", "none", "base:1", "sh", "-c", "echo done >/file")

        contenders = {
            "BuildKit alone": lambda count: milliseconds(lambda: exerciser(SOCKETS[0], "run", f"times={count}", "tar=/dev/null")),
            "bf on BuildKit": lambda count: build(buildkit, count),
            "docker run": lambda count: milliseconds(lambda: run(count)),
            "bf on the Engine": lambda count: build(engine, count),
        }
        times = in_turn({name: lambda measure=measure: further(measure) for name, measure in contenders.items()}, ROUNDS)
    rows = []
    for bf, alone in [("bf on BuildKit", "BuildKit alone"), ("bf on the Engine", "docker run")]:
        rows += [[alone, times[alone], "", ""], [bf, times[bf], times[bf] - times[alone], times[bf] / times[alone]]]
    table("A job, one after the other on one daemon", ["", "ms", "more", "x alone"], rows)


def spread():
    with Farm() as farm:
        pool(farm, "buildkit", SOCKETS, SLOTS)

        def alone():
            share = SPREAD // len(SOCKETS) // SLOTS
            processes = [subprocess.Popen([TOOLS / "buildkit-exerciser", f"docker://{socket}", "run", "image=base:1", "quiet", f"times={share}",
                                           f"parallel={SLOTS}", "tar=/dev/null"], stdout=subprocess.DEVNULL)
                         for socket in SOCKETS]
            if any([process.wait() for process in processes]):
                sys.exit("the daemons alone failed")

        times = in_turn({"the daemons alone": lambda: milliseconds(alone), "bf": lambda: build(farm, SPREAD)}, max(1, ROUNDS // 2))
    table(f"{SPREAD} small jobs over {len(SOCKETS)} daemons, {SLOTS} at a time each", ["", "ms", "x alone"],
          [[name, time, time / times["the daemons alone"]] for name, time in times.items()])


def memory():
    rows = []
    for kind in ["buildkit", "engine"]:
        with Farm() as farm:
            pool(farm, kind, SOCKETS[:1], 1)
            source = farm.folder / "source"
            source.mkdir()
            subprocess.run(["head", "-c", f"{MEBIBYTES}M", "/dev/urandom"], stdout=open(source / "file", "wb"), check=True)
            record = documents(1, 'cp /build/source/file "$BF_OUT/file"', sources=[{"local": str(source), "to": "source"}])
            farm.run("bf-submit", "-q", farm.file("jobs.ndjson", record))
            say(f"memory: {kind}")
            start = time.perf_counter()
            peak = farm.peak("bf-run", "-j", 0)
            rows.append([kind, peak, 2 * MEBIBYTES / (time.perf_counter() - start)])
    table(f"bf-run while {MEBIBYTES} MiB go to the daemon and come back", ["", "MiB of memory", "MiB/s"], rows)


def many():
    """What each job that runs at the same time takes of the runner."""
    rows = []
    for kind in ["buildkit", "engine"]:
        for count in [1, MANY]:
            with Farm() as farm:
                pool(farm, kind, SOCKETS[:1], MANY)
                farm.run("bf-submit", "-q", farm.file("jobs.ndjson", documents(count, "sleep 10")))
                say(f"many: {count} on {kind}")
                rows.append([f"{count} on {kind}", farm.peak("bf-run", "-j", 0)])
    table("Largest memory of bf-run while jobs sleep", ["", "MiB"], rows)


for part in PARTS:
    {"warm": warm, "overhead": overhead, "spread": spread, "memory": memory, "many": many}[part]()
