extension Schema {
    /// Version 3: what an interface over the network needs: names of its own, tokens, messages to others. Of the tables that version 1 had
    /// left for this nothing was used, so those that lack something are made anew.
    static let version3 = [naming, letting, telling].joined()

    /// `aliases.kind` is `build` or `job`. `builds.dialect_data` has what the dialect of a build must repeat of the request.
    private static let naming = """
        CREATE INDEX aliases_target ON aliases(kind, id);
        ALTER TABLE builds ADD COLUMN dialect_data TEXT;
        """

    /// A name is free again once its token is revoked.
    private static let letting = """
        DROP TABLE tokens;
        CREATE TABLE tokens(
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, hash BLOB NOT NULL UNIQUE, role TEXT NOT NULL, owner TEXT,
            created_ms INTEGER NOT NULL, expires_ms INTEGER, revoked_ms INTEGER, last_used_ms INTEGER) STRICT;
        CREATE UNIQUE INDEX tokens_name ON tokens(name) WHERE revoked_ms IS NULL;
        """

    /// `builds.webhooks` has who is to be told of one build, `meta.webhooks` who of all. A message has no `due_ms` once it was given up;
    /// a delivered one has no row.
    private static let telling = """
        ALTER TABLE builds ADD COLUMN webhooks TEXT;
        DROP TABLE outbox;
        CREATE TABLE outbox(
            id INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, type TEXT NOT NULL, build INTEGER NOT NULL, job INTEGER,
            url TEXT NOT NULL, secret TEXT, private INTEGER NOT NULL, body TEXT NOT NULL, created_ms INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0, due_ms INTEGER, message TEXT, given_up_ms INTEGER) STRICT;
        CREATE INDEX outbox_due ON outbox(due_ms) WHERE due_ms IS NOT NULL;
        CREATE INDEX outbox_given_up ON outbox(given_up_ms) WHERE given_up_ms IS NOT NULL;
        """
}
