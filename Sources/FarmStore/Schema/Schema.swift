import FarmModel

/// The database's schema and its number.
enum Schema {
    /// Stored as `user_version`.
    static let version: Int64 = 4
    /// Stored as `application_id`: "bfrm".
    static let applicationID: Int64 = 0x6266_726d

    /// Must run before the first table is made and outside a transaction.
    static let preparation = """
        PRAGMA page_size = 4096;
        PRAGMA auto_vacuum = INCREMENTAL;
        PRAGMA journal_mode = WAL;
        """

    /// What leads from one version to the next: the first entry makes version 1 of nothing. A new database takes all of them too, so that
    /// it cannot differ from a migrated one. Entries of released versions never change.
    static let steps = [version1, version2, version3, version4]

    /// The statements that lead from a version to ours, for one transaction.
    static func statements(from old: Int64) -> String {
        steps.dropFirst(Int(old)).joined() + "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version);"
    }

    private static let version1 = [farm, work, running, content, outside].joined()

    private static let farm = """
        CREATE TABLE meta(name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
        CREATE TABLE events(
            seq INTEGER PRIMARY KEY AUTOINCREMENT, epoch INTEGER NOT NULL, time_ms INTEGER NOT NULL, kind TEXT NOT NULL,
            build INTEGER, job INTEGER, attempt INTEGER, data TEXT) STRICT;
        CREATE INDEX events_build ON events(build, seq) WHERE build IS NOT NULL;
        """

    /// `queue` of a pending job: 0 waits for a need, 1 ready, 2 due later, 3 paused; NULL for any other state.
    private static let work = """
        CREATE TABLE builds(
            id INTEGER PRIMARY KEY, state TEXT NOT NULL, owner TEXT, dialect TEXT NOT NULL, key TEXT, content BLOB NOT NULL,
            labels TEXT, priority INTEGER NOT NULL, isolation TEXT, created_ms INTEGER NOT NULL, not_before_ms INTEGER,
            started_ms INTEGER, ended_ms INTEGER, cancel_ms INTEGER, cancel_by TEXT, paused TEXT, logs_removed_ms INTEGER,
            pending INTEGER NOT NULL, running INTEGER NOT NULL DEFAULT 0, success INTEGER NOT NULL DEFAULT 0,
            unchanged INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0, skipped INTEGER NOT NULL DEFAULT 0,
            cancelled INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE UNIQUE INDEX builds_key ON builds(key, coalesce(owner, '')) WHERE key IS NOT NULL;
        CREATE INDEX builds_unfinished ON builds(id) WHERE ended_ms IS NULL;
        CREATE INDEX builds_ended ON builds(ended_ms) WHERE ended_ms IS NOT NULL;
        CREATE TABLE requirements(
            id INTEGER PRIMARY KEY, architecture TEXT NOT NULL, labels TEXT NOT NULL, UNIQUE(architecture, labels)) STRICT;
        CREATE TABLE jobs(
            id INTEGER PRIMARY KEY, build INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, version TEXT,
            architecture TEXT NOT NULL, cell TEXT NOT NULL, recipe TEXT NOT NULL,
            plan_digest BLOB NOT NULL, input_digest BLOB, interface_digest BLOB, tree INTEGER, isolation TEXT,
            requirement INTEGER NOT NULL, priority INTEGER NOT NULL, rank REAL NOT NULL, score REAL NOT NULL,
            queue INTEGER, due_ms INTEGER, due_boot TEXT, waiting INTEGER NOT NULL,
            state TEXT NOT NULL, class TEXT, message TEXT, attempts INTEGER NOT NULL DEFAULT 0, attempts_before INTEGER NOT NULL DEFAULT 0,
            unchanged INTEGER NOT NULL DEFAULT 0, root INTEGER, via INTEGER, shared_with INTEGER, cancel_ms INTEGER,
            ready_ms INTEGER, started_ms INTEGER, ended_ms INTEGER) STRICT;
        CREATE TABLE documents(job INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
        CREATE UNIQUE INDEX jobs_build ON jobs(build, position);
        CREATE INDEX jobs_name ON jobs(name, id);
        CREATE INDEX jobs_ready ON jobs(requirement, priority DESC, score DESC, id) WHERE queue = 1;
        CREATE INDEX jobs_ready_build ON jobs(build, requirement, priority DESC, score DESC, id) WHERE queue = 1;
        CREATE INDEX jobs_due ON jobs(due_boot, due_ms) WHERE queue = 2;
        CREATE INDEX jobs_input ON jobs(input_digest) WHERE input_digest IS NOT NULL;
        CREATE TABLE edges(
            job INTEGER NOT NULL, need INTEGER NOT NULL, optional INTEGER NOT NULL, PRIMARY KEY(job, need)) STRICT, WITHOUT ROWID;
        CREATE INDEX edges_need ON edges(need, job);
        """

    private static let running = """
        CREATE TABLE runners(
            id INTEGER PRIMARY KEY, pid INTEGER NOT NULL, pid_start INTEGER NOT NULL, boot_id TEXT NOT NULL, host TEXT NOT NULL,
            command TEXT NOT NULL, slots INTEGER NOT NULL, state TEXT NOT NULL, paused TEXT, started_ms INTEGER NOT NULL,
            heartbeat_ms INTEGER NOT NULL, ended_ms INTEGER) STRICT;
        CREATE TABLE attempts(
            id INTEGER PRIMARY KEY, job INTEGER NOT NULL, build INTEGER NOT NULL, number INTEGER NOT NULL, state TEXT NOT NULL,
            class TEXT, message TEXT, runner INTEGER NOT NULL, token BLOB NOT NULL, boot_id TEXT NOT NULL,
            isolation TEXT NOT NULL, input_digest BLOB, claimed_ms INTEGER NOT NULL,
            ended_ms INTEGER, claimed_boot_ms INTEGER NOT NULL, duration_ms INTEGER, exit_code INTEGER,
            signal INTEGER, log_bytes INTEGER, facts TEXT) STRICT;
        CREATE UNIQUE INDEX attempts_job ON attempts(job, number);
        CREATE INDEX attempts_build ON attempts(build, id);
        CREATE INDEX attempts_running ON attempts(runner) WHERE state = 'running';
        """

    /// A tree's `id` is never given again: rows of `tree_blobs` outlive it for a moment. `removals` has builds and trees whose own row is gone
    /// and whose other rows are still to go. `job_trees.role` says what a job does with a tree: `output`, `source` or `need` (an artifact of an earlier build).
    private static let content = """
        CREATE TABLE blobs(id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, bytes INTEGER NOT NULL, created_ms INTEGER NOT NULL) STRICT;
        CREATE TABLE trees(
            id INTEGER PRIMARY KEY AUTOINCREMENT, digest BLOB NOT NULL UNIQUE, bytes INTEGER NOT NULL, files INTEGER NOT NULL,
            created_ms INTEGER NOT NULL) STRICT;
        CREATE TABLE tree_blobs(tree INTEGER NOT NULL, blob INTEGER NOT NULL, PRIMARY KEY(tree, blob)) STRICT, WITHOUT ROWID;
        CREATE INDEX tree_blobs_blob ON tree_blobs(blob);
        CREATE TABLE job_trees(
            job INTEGER NOT NULL, role TEXT NOT NULL, name TEXT NOT NULL, tree INTEGER NOT NULL,
            PRIMARY KEY(job, role, name)) STRICT, WITHOUT ROWID;
        CREATE INDEX job_trees_tree ON job_trees(tree);
        CREATE TABLE pins(
            id INTEGER PRIMARY KEY, build INTEGER, digest BLOB, holder TEXT NOT NULL, reason TEXT, created_ms INTEGER NOT NULL,
            expires_ms INTEGER, CHECK((build IS NULL) <> (digest IS NULL))) STRICT;
        CREATE INDEX pins_build ON pins(build) WHERE build IS NOT NULL;
        CREATE INDEX pins_digest ON pins(digest) WHERE digest IS NOT NULL;
        CREATE TABLE removals(kind TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY(kind, id)) STRICT, WITHOUT ROWID;
        CREATE TABLE artifacts(
            id INTEGER PRIMARY KEY, job INTEGER NOT NULL, attempt INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
            version TEXT, architecture TEXT NOT NULL, path TEXT, bytes INTEGER NOT NULL, digest BLOB NOT NULL,
            metadata TEXT, created_ms INTEGER NOT NULL) STRICT;
        CREATE INDEX artifacts_job ON artifacts(job);
        CREATE INDEX artifacts_name ON artifacts(name, architecture, id);
        CREATE TABLE packages(
            name TEXT NOT NULL, architecture TEXT NOT NULL, cell TEXT NOT NULL, job INTEGER NOT NULL, tree INTEGER,
            isolation TEXT NOT NULL, duration_ms INTEGER, PRIMARY KEY(name, architecture, cell)) STRICT, WITHOUT ROWID;
        CREATE INDEX packages_tree ON packages(tree) WHERE tree IS NOT NULL;
        CREATE INDEX packages_job ON packages(job);
        """

    private static let outside = """
        CREATE TABLE aliases(
            dialect TEXT NOT NULL, alias TEXT NOT NULL, kind TEXT NOT NULL, id INTEGER NOT NULL,
            PRIMARY KEY(dialect, alias)) STRICT, WITHOUT ROWID;
        CREATE TABLE outbox(
            id INTEGER PRIMARY KEY, target TEXT NOT NULL, event INTEGER NOT NULL, body TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0, due_ms INTEGER NOT NULL) STRICT;
        CREATE TABLE backends(name TEXT PRIMARY KEY, address TEXT NOT NULL, settings TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE profiles(name TEXT PRIMARY KEY, settings TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE tokens(
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, hash BLOB NOT NULL UNIQUE, role TEXT NOT NULL, owner TEXT,
            created_ms INTEGER NOT NULL, expires_ms INTEGER) STRICT;
        CREATE TABLE secrets(
            build INTEGER NOT NULL, name TEXT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY(build, name)) STRICT, WITHOUT ROWID;
        """
}
