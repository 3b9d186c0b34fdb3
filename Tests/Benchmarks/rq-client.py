"""The part of against-peers that runs beside RQ: submits a graph, a line `name needs...` each, in one pipeline, and waits for its end.
Arguments: the address of Redis, the file, the number of workers. Says when it is ready, then when it is done."""
import subprocess
import sys
import time

from redis import Redis
from rq import Queue, Worker

url, path, workers = sys.argv[1:]
connection = Redis.from_url(url)
queue = Queue(connection=connection)
jobs = [line.split() for line in open(path, encoding="utf-8")]
while len(Worker.all(connection=connection)) < int(workers):
    time.sleep(0.05)
print("ready", flush=True)
sys.stdin.readline()
queue.enqueue_many([Queue.prepare_data(subprocess.call, [["/bin/true"]], job_id=name, depends_on=needs or None) for name, *needs in jobs])
while queue.finished_job_registry.get_job_count(cleanup=False) < len(jobs):
    time.sleep(0.02)
print("done", flush=True)
