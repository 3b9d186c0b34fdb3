extension Schema {
    /// Version 4: backends beside the runners' own machines.
    static let version4 = [asking, running].joined()

    /// `requirements.environment` is `host`, `root` or `image`. Jobs that waited before are taken by whoever took them before.
    private static let asking = """
        CREATE TABLE requirements_4(
            id INTEGER PRIMARY KEY, architecture TEXT NOT NULL, labels TEXT NOT NULL, environment TEXT NOT NULL,
            UNIQUE(architecture, labels, environment)) STRICT;
        INSERT INTO requirements_4(id, architecture, labels, environment) SELECT id, architecture, labels, 'host' FROM requirements;
        DROP TABLE requirements;
        ALTER TABLE requirements_4 RENAME TO requirements;
        """

    /// `attempts.backend` is an address; NULL for the runner's own machine. What is known of a backend outlives no backend.
    private static let running = """
        ALTER TABLE attempts ADD COLUMN backend TEXT;
        CREATE INDEX attempts_backend ON attempts(backend) WHERE state = 'running' AND backend IS NOT NULL;
        ALTER TABLE runners ADD COLUMN pool INTEGER;
        ALTER TABLE backends ADD COLUMN breaker TEXT;
        ALTER TABLE backends ADD COLUMN drain TEXT;
        ALTER TABLE backends ADD COLUMN health TEXT;
        """
}
