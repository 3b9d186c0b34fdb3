"""Other programs that run many commands, and bf itself: how each is handed a graph of /bin/true, at two slots, and when it has run it.

Each peer is prepared outside of what is measured (daemons started, files of commands written) and then timed from the submission of the
first job to the end of the last."""
import os
import pathlib
import shutil
import subprocess
import time

from measuring import SLOTS, Farm, job, milliseconds

SILENT = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
RQ = pathlib.Path(os.environ.get("BF_BENCHMARK_RQ") or pathlib.Path.home() / ".cache" / "bf-benchmarks" / "rq")


def wait_until(holds, what, seconds=600, pause=0.02):
    """Asks again and again; a peer that never finishes is an error."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(pause)


class Peer:
    """One way to run a graph."""
    name = ""
    durable = "no"
    program = ""
    has_graphs = True
    # Slow ones get fewer jobs; the time of one does not depend on it.
    most_jobs = 1_000_000

    @property
    def is_installed(self):
        return shutil.which(self.program) is not None

    def measure(self, graph):
        """Milliseconds for the whole graph."""
        with Farm() as farm:
            self.farm, self.environment = farm, dict(os.environ) | {"LC_ALL": "C.UTF-8"}
            try:
                self.prepare(graph)
                return milliseconds(self.run)
            finally:
                self.finish()

    def prepare(self, graph):
        pass

    def finish(self):
        pass

    def shell(self, script):
        subprocess.run(["sh", "-euc", script], cwd=self.farm.folder, env=self.environment, check=True, **SILENT)


class BuildFarm(Peer):
    """bf-submit, then bf-run."""
    durable = "yes"

    def __init__(self, isolation):
        self.isolation = isolation
        self.name = "bf" if isolation == "sandbox" else f"bf --isolation {isolation}"

    is_installed = True

    def prepare(self, graph):
        self.jobs = self.farm.file("jobs.ndjson", (job(name, needs) for name, needs in graph.items()))

    def run(self):
        self.farm.run("bf-submit", "-q", self.jobs)
        self.farm.run("bf-run", "-q", "-j", SLOTS, "--isolation", self.isolation)


class Ninja(Peer):
    name = program = "ninja"

    def prepare(self, graph):
        number = {name: f"n{index}" for index, name in enumerate(graph)}
        self.farm.file("build.ninja", ["rule t", "  command = /bin/true", *(
            f"build {number[name]}: t {' '.join(number[need] for need in needs)}" for name, needs in graph.items())])

    def run(self):
        subprocess.run(["ninja", f"-j{SLOTS}"], cwd=self.farm.folder, check=True, **SILENT)


class Make(Peer):
    name = program = "make"

    def prepare(self, graph):
        number = {name: f"n{index}" for index, name in enumerate(graph)}
        everything = " ".join(number.values())
        self.farm.file("Makefile", [f"all: {everything}", f".PHONY: all {everything}", *(
            f"{number[name]}: {' '.join(number[need] for need in needs)}\n\t@/bin/true" for name, needs in graph.items())])

    def run(self):
        subprocess.run(["make", "-s", "-r", f"-j{SLOTS}"], cwd=self.farm.folder, check=True, **SILENT)


class Listed(Peer):
    """A peer without graphs; the number of a job is an argument that /bin/true ignores."""
    has_graphs = False

    def prepare(self, graph):
        self.numbers = f"seq {len(graph)}"


class Parallel(Listed):
    name = "GNU parallel"
    program = "parallel"

    def run(self):
        self.shell(f"{self.numbers} | parallel --will-cite -j{SLOTS} /bin/true")


class TaskSpooler(Listed):
    """One process a submission; the server ends with this benchmark."""
    name = "task-spooler"
    program = "tsp"

    def prepare(self, graph):
        super().prepare(graph)
        self.environment |= {"TS_SOCKET": str(self.farm.folder / "socket"), "TMPDIR": str(self.farm.folder), "TS_MAXFINISHED": "10"}
        self.shell(f"tsp -S {SLOTS}")

    def run(self):
        self.shell(f"{self.numbers} | xargs -n1 tsp -n /bin/true")
        wait_until(self.is_idle, self.name)

    def is_idle(self):
        listed = subprocess.run(["tsp"], env=self.environment, stdout=subprocess.PIPE, text=True, check=True).stdout
        return "queued" not in listed and "running" not in listed

    def finish(self):
        subprocess.run(["tsp", "-K"], env=self.environment, check=False, **SILENT)


class FileQueue(Listed):
    """nq runs the jobs of a folder one after the other: one folder a slot."""
    name = program = "nq"

    def run(self):
        half = self.numbers + " | sed -n '{}~2p' | NQDIR={} xargs -n1 nq -q /bin/true"
        self.shell(f"mkdir a b; {half.format(1, 'a')} & {half.format(2, 'b')}; wait; NQDIR=a nq -w; NQDIR=b nq -w")


class Bubblewrap(Listed):
    """The sandbox alone: the namespaces and mounts that bf uses, started by xargs."""
    name = "bubblewrap alone"
    program = "bwrap"

    def prepare(self, graph):
        super().prepare(graph)
        options = ["--unshare-all", "--uid 1000 --gid 1000 --hostname bf --die-with-parent --new-session --cap-drop ALL", "--ro-bind /usr /usr"]
        options += [f"--symlink usr/{folder} /{folder}" for folder in ("bin", "lib", "lib64", "sbin")]
        options += [f"--ro-bind {path} {path}" for path in self.settings()]
        options += ["--dir /var --symlink ../tmp /var/tmp --dir /run"]
        for inside, outside in (("/tmp", "tmp"), ("/build", "build"), ("/out", "out"), ("/home/build", "home")):
            (self.farm.folder / outside).mkdir()
            options.append(f"--bind {self.farm.folder / outside} {inside}")
        options += ["--proc /proc --ro-bind /proc/sys /proc/sys --dev /dev --remount-ro / --clearenv --chdir /build"]
        self.options = " ".join(options)

    def settings(self):
        names = ("alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "ssl/certs", "ca-certificates", "ca-certificates.conf",
                 "mime.types", "terminfo")
        return [f"/etc/{name}" for name in names if os.path.exists(f"/etc/{name}")]

    def run(self):
        self.shell(f"{self.numbers} | xargs -n1 -P{SLOTS} bwrap {self.options} /bin/true")


class RedisQueue(Peer):
    """RQ with a Redis server that syncs each write, and two workers that are already there."""
    name = "RQ + Redis"
    program = "redis-server"
    durable = "yes"
    most_jobs = 400

    @property
    def is_installed(self):
        return super().is_installed and (RQ / "bin" / "rq").exists()

    def prepare(self, graph):
        self.url = f"unix://{self.farm.folder}/redis"
        self.processes = [subprocess.Popen(
            ["redis-server", "--port", "0", "--unixsocket", "redis", "--appendonly", "yes", "--appendfsync", "always", "--save", ""],
            cwd=self.farm.folder, **SILENT)]
        wait_until((self.farm.folder / "redis").exists, "redis-server")
        self.processes += [subprocess.Popen([RQ / "bin" / "rq", "worker", "--quiet", "--url", self.url], **SILENT) for _ in range(SLOTS)]
        self.farm.file("graph", (" ".join([name, *needs]) for name, needs in graph.items()))
        self.client = subprocess.Popen([RQ / "bin" / "python", pathlib.Path(__file__).with_name("rq-client.py"), self.url,
                                        self.farm.folder / "graph", str(SLOTS)],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.processes.append(self.client)
        self.client.stdout.readline()

    def run(self):
        self.client.stdin.write("go\n")
        self.client.stdin.flush()
        if self.client.stdout.readline() != "done\n":
            raise RuntimeError("the RQ client failed")

    def finish(self):
        for process in reversed(self.processes):
            process.terminate()
            process.wait()


class Slurm(Peer):
    """One node on the loopback interface. Independent jobs are one array, the others one sbatch each."""
    name = "Slurm"
    program = "slurmctld"
    durable = "later"
    most_jobs = 40

    def prepare(self, graph):
        self.graph = graph
        folder = self.farm.folder
        host = os.uname().nodename.split(".")[0]
        for name in ("state", "spool", "munge"):
            (folder / name).mkdir(mode=0o755, exist_ok=True)
        folder.chmod(0o755)
        subprocess.run(["mungekey", "--create", "--keyfile", folder / "munge" / "key"], check=True)
        self.farm.file("slurm.conf", f"""ClusterName=benchmark
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
AuthInfo=socket={folder}/munge/socket
CryptoType=crypto/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldPort=16817
SlurmdPort=16818
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
MaxArraySize=100001
MaxJobCount=100000
MpiDefault=none
SchedulerParameters=sched_min_interval=0,batch_sched_delay=0,bf_interval=1
NodeName={host} NodeAddr=127.0.0.1 CPUs={SLOTS} State=UNKNOWN
PartitionName=all Nodes={host} Default=YES MaxTime=INFINITE State=UP""".split("\n"))
        self.environment["SLURM_CONF"] = str(folder / "slurm.conf")
        munge = ["munged", "-F", "--force"] + [f"--{key}={folder}/munge/{value}" for key, value in (
            ("key-file", "key"), ("socket", "socket"), ("pid-file", "pid"), ("log-file", "log"), ("seed-file", "seed"))]
        quiet = {"env": self.environment, "stderr": subprocess.DEVNULL} | SILENT
        self.processes = [subprocess.Popen(munge, **quiet)]
        wait_until((folder / "munge" / "socket").exists, "munged", 10)
        self.processes += [subprocess.Popen([daemon, "-D"], **quiet) for daemon in ("slurmctld", "slurmd")]
        wait_until(lambda: "idle" in self.answer("sinfo", "-h", "-o", "%t"), "slurmd", 60, 0.2)

    def answer(self, *command):
        return subprocess.run(command, env=self.environment, cwd=self.farm.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True, check=False).stdout

    def run(self):
        submit = ["sbatch", "--parsable", "-o", "/dev/null", "--wrap", "/bin/true"]
        if not any(self.graph.values()):
            self.answer(*submit, f"--array=0-{len(self.graph) - 1}")
        else:
            numbers = {}
            for name, needs in self.graph.items():
                after = [f"--dependency=afterok:{':'.join(numbers[need] for need in needs)}"] if needs else []
                numbers[name] = self.answer(*submit, *after).strip()
        wait_until(lambda: not self.answer("squeue", "-h", "-t", "PD,R,CF"), self.name, 900, 0.1)

    def finish(self):
        for process in reversed(self.processes):
            process.terminate()
            process.wait()


BUILD_FARM = [BuildFarm("none"), BuildFarm("sandbox")]
BUILD_TOOLS = [Ninja(), Make()]
ALL = BUILD_FARM + [Bubblewrap()] + BUILD_TOOLS + [Parallel(), TaskSpooler(), FileQueue(), RedisQueue(), Slurm()]
