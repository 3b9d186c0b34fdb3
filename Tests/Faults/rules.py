"""The rules that a state directory keeps, whatever happened to the tools. Each function yields sentences about what is broken."""

import hashlib
import json
import os
import sqlite3
from collections import defaultdict
from pathlib import Path

# What may not be found at any moment: each query names rows that break the rule.
ALWAYS = {
    "a build counts its jobs": """
        SELECT b.id FROM builds b LEFT JOIN jobs j ON j.build = b.id GROUP BY b.id
        HAVING b.pending <> total(j.state = 'pending') OR b.running <> total(j.state = 'running')
            OR b.success <> total(j.state = 'success') OR b.failed <> total(j.state = 'failed')
            OR b.skipped <> total(j.state = 'skipped') OR b.cancelled <> total(j.state = 'cancelled')""",
    "a build has ended exactly when all its jobs have": """
        SELECT id FROM builds WHERE (ended_ms IS NULL) <> (pending + running > 0)
            OR (ended_ms IS NULL) <> (state IN ('pending', 'running'))""",
    "a job has ended exactly in an end state": """
        SELECT id FROM jobs WHERE (ended_ms IS NULL) <> (state IN ('pending', 'running'))""",
    "exactly pending jobs have a place in the queue": "SELECT id FROM jobs WHERE (queue IS NULL) = (state = 'pending')",
    "a pending job counts its unfinished needs": """
        SELECT j.id FROM jobs j WHERE state = 'pending' AND waiting <> (
            SELECT count(*) FROM edges e JOIN jobs n ON n.id = e.need WHERE e.job = j.id AND n.state IN ('pending', 'running'))""",
    "a job that started had its needs": """
        SELECT j.id FROM jobs j JOIN edges e ON e.job = j.id AND e.optional = 0 JOIN jobs n ON n.id = e.need
        WHERE j.state IN ('running', 'success') AND n.state <> 'success'""",
    "exactly a running job has a running attempt, and one": """
        SELECT j.id FROM jobs j LEFT JOIN attempts a ON a.job = j.id AND a.state = 'running' GROUP BY j.id
        HAVING count(a.id) <> (j.state = 'running')""",
    "attempts are numbered from 1 on": """
        SELECT j.id FROM jobs j LEFT JOIN attempts a ON a.job = j.id GROUP BY j.id
        HAVING count(a.id) <> j.attempts OR coalesce(max(a.number), 0) <> j.attempts""",
    "an attempt has ended exactly in an end state": "SELECT id FROM attempts WHERE (ended_ms IS NULL) <> (state = 'running')",
    "attempts of a job do not overlap": """
        SELECT a.job FROM attempts a JOIN attempts b ON b.job = a.job AND b.number = a.number + 1
        WHERE a.ended_ms IS NULL OR b.claimed_ms < a.ended_ms""",
    "an attempt belongs to a job of its build": """
        SELECT a.id FROM attempts a LEFT JOIN jobs j ON j.id = a.job WHERE j.id IS NULL OR j.build <> a.build""",
    # That a job is unchanged may be known only once its environment has been looked at, which takes an attempt.
    "a job succeeds in one attempt, or in none if it is unchanged": """
        SELECT j.id FROM jobs j LEFT JOIN attempts a ON a.job = j.id AND a.state = 'success' GROUP BY j.id
        HAVING count(a.id) > (j.state = 'success') OR count(a.id) < (j.state = 'success' AND NOT j.unchanged)""",
    "artifacts come from the attempt that succeeded": """
        SELECT r.id FROM artifacts r LEFT JOIN attempts a ON a.id = r.attempt AND a.job = r.job AND a.state = 'success'
        JOIN jobs j ON j.id = r.job WHERE NOT j.unchanged AND a.id IS NULL""",
    "no artifact is committed twice": """
        SELECT job FROM artifacts GROUP BY job, kind, name, version, architecture, path HAVING count(*) > 1""",
    "a tree knows its blobs": """
        SELECT t.tree FROM tree_blobs t LEFT JOIN blobs b ON b.id = t.blob WHERE b.id IS NULL""",
    "trees of jobs are there": """
        SELECT r.job FROM job_trees r LEFT JOIN trees t ON t.id = r.tree WHERE t.id IS NULL""",
}

# What may not be found once all is done.
FINISHED = {
    "every job has ended": "SELECT id FROM jobs WHERE ended_ms IS NULL",
    "no attempt is running": "SELECT id FROM attempts WHERE state = 'running'",
    "no runner is at work": "SELECT id FROM runners WHERE ended_ms IS NULL",
    "no removal is half done": "SELECT id FROM removals",
}


def broken_rules(database, rules):
    for rule, query in rules.items():
        rows = database.execute(query).fetchmany(3)
        if rows:
            yield f"not so: {rule}: {', '.join(str(row[0]) for row in rows)}"


def broken_events(database):
    """Every job starts and ends as the events tell, one thing after the other; only a revival lets it begin again."""
    jobs = defaultdict(lambda: "pending")
    attempts, ended_builds, submitted = {}, set(), set()
    for row in database.execute("SELECT seq, kind, build, job, attempt FROM events ORDER BY seq"):
        kind, build, job, attempt = row["kind"], row["build"], row["job"], row["attempt"]
        before = jobs[job]
        if kind == "build.submitted":
            if build in submitted:
                yield f"event {row['seq']}: build {build} is submitted twice"
            submitted.add(build)
        elif kind == "build.ended":
            if build in ended_builds:
                yield f"event {row['seq']}: build {build} ends twice"
            ended_builds.add(build)
        elif kind == "build.revived":
            ended_builds.discard(build)
        elif kind == "job.started":
            if before != "pending" or attempt in attempts:
                yield f"event {row['seq']}: job {job} starts and is {before}"
            jobs[job], attempts[attempt] = "running", job
        elif kind == "attempt.ended":
            if before != "running" or attempts.get(attempt) != job:
                yield f"event {row['seq']}: attempt {attempt} of job {job} ends, which is {before}"
            jobs[job], attempts[attempt] = "pending", None
        elif kind == "job.ended":
            if before == "ended":
                yield f"event {row['seq']}: job {job} ends twice"
            jobs[job] = "ended"
        elif kind == "job.revived":
            jobs[job] = "pending"
    for row in database.execute("SELECT id, state, ended_ms FROM jobs"):
        if (jobs[row["id"]] == "ended") != (row["ended_ms"] is not None):
            yield f"job {row['id']} is {row['state']}, its events say {jobs[row['id']]}"
    for row in database.execute("SELECT id, state, ended_ms FROM builds"):
        if row["id"] not in submitted or (row["id"] in ended_builds) != (row["ended_ms"] is not None):
            yield f"build {row['id']} is {row['state']}, its events say otherwise"


def blob_path(state, digest):
    return Path(state) / "blobs/sha256" / digest[:2] / digest[2:]


def broken_content(state, database):
    """Each tree and each of its files is there whole and hashes right. What has no bytes needs no file."""
    whole = {hashlib.sha256().hexdigest(): True}

    def is_whole(digest):
        if digest not in whole:
            try:
                whole[digest] = hashlib.sha256(blob_path(state, digest).read_bytes()).hexdigest() == digest
            except OSError:
                whole[digest] = False
        return whole[digest]

    for (digest,) in database.execute("SELECT lower(hex(digest)) FROM blobs"):
        if not is_whole(digest):
            yield f"blob {digest} is not there or not whole"
    for tree, digest in database.execute("SELECT id, lower(hex(digest)) FROM trees"):
        if not is_whole(digest):
            yield f"the manifest of tree {digest} is not there or not whole"
            continue
        path = blob_path(state, digest)
        lines = path.read_text().splitlines() if path.exists() else []
        files = {entry["sha256"] for entry in map(json.loads, lines) if "sha256" in entry}
        known = database.execute(
            "SELECT lower(hex(b.digest)) FROM tree_blobs t JOIN blobs b ON b.id = t.blob WHERE t.tree = ?", (tree,))
        if files - {row[0] for row in known}:
            yield f"the rows of tree {digest} lack files of its manifest"


def broken_files(state, database):
    """After a collection nothing is left that nobody refers to."""
    known = {row[0] for row in database.execute("SELECT lower(hex(digest)) FROM blobs")}
    files = {path.parent.name + path.name for path in Path(state).glob("blobs/sha256/*/*")}
    for digest in sorted(files - known):
        yield f"blob {digest} is a file that nothing refers to"
    for folder in ("work/*", "runners/*", "trash/*", "blobs/incoming-*", "cache/*/.*partial*"):
        for path in Path(state).glob(folder):
            yield f"{path.relative_to(state)} is left over"


def broken_groups(state):
    """Runners leave no control group behind, however they ended. Groups carry a name that is made of the state directory's path."""
    prefix = f"bf-{hashlib.sha256(str(state).encode()).hexdigest()[:12]}-"
    # Groups of others come and go meanwhile, which this walk does not mind.
    for parent, groups, _ in os.walk("/sys/fs/cgroup"):
        for group in groups:
            if group.startswith(prefix):
                yield f"control group {parent}/{group} is left over"


def broken(farm, is_finished):
    """Everything that is wrong with a farm. At the end nothing may be running or left over."""
    try:
        with farm.database() as database:
            yield from broken_database(farm, database, is_finished)
    except sqlite3.DatabaseError as error:
        yield f"database: {error}"
    if is_finished:
        yield from broken_surroundings(farm)


def broken_database(farm, database, is_finished):
    # One state of the database for all questions.
    database.execute("BEGIN")
    yield from (row[0] for row in database.execute("PRAGMA integrity_check") if row[0] != "ok")
    yield from broken_rules(database, ALWAYS)
    yield from broken_events(database)
    if is_finished:
        yield from broken_content(farm.state, database)
        yield from broken_rules(database, FINISHED)
        yield from broken_files(farm.state, database)
        yield from broken_groups(farm.state)


def broken_surroundings(farm):
    left = list(farm.processes())
    if left:
        yield f"processes are left: {left}"
    mounts = [line.split()[1] for line in Path("/proc/self/mounts").read_text().splitlines()]
    for mount in mounts:
        if mount.startswith(str(farm.state)):
            yield f"{mount} is still mounted"
