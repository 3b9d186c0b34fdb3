extension Schema {
    /// Version 2: input digests decide what is run, and attempts are complete records.
    static let version2 = [deciding, explaining, verifying].joined()

    /// `jobs.sources` has what each source comes to, as a JSON array, where that is known at submission and nothing else stands against
    /// deciding without a runner whether the job is unchanged; else NULL. `jobs.closure_digest` stands for the job's tree (or the named
    /// interface of it) and the trees of all that it needed. `private` is a plan with secrets; `insist` a job that was retried, for which no
    /// remembered failure counts. `queue` may also be 4: an identical job runs, `shared_with`; of an unchanged job that is the one whose
    /// result it has; such jobs are left out of `jobs_input`, whose pages would otherwise all change with each build in which nothing did.
    private static let deciding = """
        ALTER TABLE builds ADD COLUMN force INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE builds ADD COLUMN remember_ms INTEGER;
        ALTER TABLE jobs ADD COLUMN sources TEXT;
        ALTER TABLE jobs ADD COLUMN private INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE jobs ADD COLUMN volatile INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE jobs ADD COLUMN insist INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE jobs ADD COLUMN remembered_until_ms INTEGER;
        ALTER TABLE jobs ADD COLUMN closure_digest BLOB;
        DROP INDEX jobs_input;
        CREATE INDEX jobs_input ON jobs(input_digest) WHERE input_digest IS NOT NULL AND unchanged = 0;
        CREATE INDEX jobs_shared ON jobs(shared_with) WHERE queue = 4;
        CREATE TABLE remembered(
            input_digest BLOB PRIMARY KEY, job INTEGER NOT NULL, build INTEGER NOT NULL, message TEXT, expires_ms INTEGER NOT NULL)
            STRICT, WITHOUT ROWID;
        ALTER TABLE runners ADD COLUMN abilities TEXT;
        ALTER TABLE runners ADD COLUMN pressure TEXT;
        """

    /// `builds.requester` says who asked; `attempts.inputs` is everything that went into an attempt, `attempts.reason` why it was made.
    /// `runners.machine` is what all attempts of a runner have in common. `history` has what statistics and forecasts need of each ended
    /// attempt, whose id it has, and stays when the attempt is collected.
    private static let explaining = """
        ALTER TABLE builds ADD COLUMN requester TEXT;
        ALTER TABLE attempts ADD COLUMN inputs TEXT;
        ALTER TABLE attempts ADD COLUMN reason TEXT;
        ALTER TABLE runners ADD COLUMN machine TEXT;
        CREATE TABLE history(
            id INTEGER PRIMARY KEY, job INTEGER NOT NULL, build INTEGER NOT NULL, runner INTEGER NOT NULL, name TEXT NOT NULL,
            architecture TEXT NOT NULL, cell TEXT NOT NULL, recipe TEXT NOT NULL, isolation TEXT NOT NULL, state TEXT NOT NULL,
            class TEXT, ended_ms INTEGER NOT NULL, duration_ms INTEGER, output BLOB) STRICT;
        CREATE INDEX history_name ON history(name, architecture, cell, state, id, isolation, duration_ms);
        """

    /// What building jobs again came to, one row each time.
    private static let verifying = """
        CREATE TABLE verifications(
            id INTEGER PRIMARY KEY, action TEXT NOT NULL, job INTEGER NOT NULL, build INTEGER NOT NULL, attempt INTEGER,
            verdict TEXT NOT NULL, class TEXT, message TEXT, rebuilt_digest BLOB, difference_count INTEGER NOT NULL,
            differences TEXT NOT NULL, variations TEXT NOT NULL, log TEXT, report TEXT, ended_ms INTEGER NOT NULL,
            duration_ms INTEGER NOT NULL) STRICT;
        CREATE INDEX verifications_job ON verifications(job, id);
        """
}
