"""What the benchmark of bf-serve runs: the server, its peer, wrk, and clients that listen."""
import contextlib
import json
import os
import selectors
import socket
import subprocess
import time

from measuring import HERE

TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A process that answers on a port of this machine."""

    def __init__(self, process, port):
        self.process, self.port = process, port

    def memory(self, field="VmRSS"):
        """MiB, now or (VmHWM) at its peak."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith(field + ":")) / 1024

    def forget_peak(self):
        with open(f"/proc/{self.process.pid}/clear_refs", "w") as file:
            file.write("5")

    def processor_seconds(self):
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@contextlib.contextmanager
def bf_serve(farm, *options):
    process = farm.start("bf-serve", "--listen-addr", "127.0.0.1:0", *options, stderr=subprocess.PIPE, text=True)
    try:
        port = int(process.stderr.readline().rsplit(":", 1)[1])
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait()
        process.stderr.close()


@contextlib.contextmanager
def peer(folder):
    program, port = str(folder / "http-peer"), free_port()
    subprocess.run(["gcc", "-O2", "-o", program, str(HERE / "http-peer.c"), "-lsqlite3"], check=True)
    process = subprocess.Popen([program, str(port), str(folder / "peer.sqlite")], stdout=subprocess.PIPE)
    try:
        process.stdout.readline()
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def wrk(server, path, connections, seconds, *body):
    """What came of a load by wrk, with the server's own processor time in microseconds a request."""
    before = server.processor_seconds()
    output = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "-s", str(HERE / "serving.lua"), server.url(path), "--", *map(str, body)],
                            check=True, capture_output=True, text=True).stdout
    result = json.loads(output.splitlines()[-1])
    result["rate"] = result["requests"] / result["seconds"]
    result["microseconds"] = (server.processor_seconds() - before) * 1e6 / max(1, result["requests"])
    return result


def request(server, method, path, body=b""):
    """The status and body of one answer."""
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall(head.encode() + body)
        with connection.makefile("rb") as file:
            status = int(file.readline().split()[1])
            while file.readline() not in (b"\r\n", b""):
                pass
            return status, file.read()


def download(server, path):
    """Bytes and seconds of an answer that is thrown away as it comes."""
    start, total = time.perf_counter(), 0
    room = memoryview(bytearray(1 << 18))
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        while count := connection.recv_into(room):
            total += count
    return total, time.perf_counter() - start


class Subscribers:
    """Many clients that listen to events, in one thread. Usable with `with`."""

    def __init__(self, server, idle, busy):
        self.selector = selectors.DefaultSelector()
        self.buffers = {}
        self.arrivals = []
        self.ended = 0
        for path, count in (("/api/v1/native/events?type=gc", idle), ("/api/v1/native/events?type=build.submitted", busy)):
            for _ in range(count):
                connection = socket.create_connection(("127.0.0.1", server.port))
                connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n".encode())
                self.selector.register(connection, selectors.EVENT_READ)
                self.buffers[connection] = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for connection in self.buffers:
            connection.close()
        self.selector.close()

    def listen(self, seconds, until=lambda: False):
        """Notes when each event came, for so long or until there is enough."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not until():
            for key, _ in self.selector.select(0.05):
                self.take(key.fileobj)

    def take(self, connection):
        try:
            data = connection.recv(1 << 16)
        except OSError:
            data = b""
        if not data:
            self.ended += 1
            self.selector.unregister(connection)
            return
        now = time.time()
        *lines, self.buffers[connection] = (self.buffers[connection] + data).split(b"\n")
        for line in lines:
            if line.startswith(b"data: "):
                self.arrivals.append((now, json.loads(line[6:])))
