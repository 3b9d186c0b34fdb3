/// The texts that lead into bf-graph.
enum GraphHelp {
    /// What a person sees who gives no argument.
    static let firstSteps = """
        bf-graph farm/                           every document of a folder
        bf-graph farm/ --needs jq --format tree  what must be built for jq
        """

    /// What stands between the abstract and the options in `--help`.
    static let discussion = """
        Nothing is stored and nothing runs: bf-graph reads, checks and shows. Its
        ndjson holds complete spec records, each after those it needs, so that any
        filter may stand between bf-graph and bf-submit.

        EXAMPLES:
          bf-graph farm/
                Every document of a folder; as a tree on a terminal, else as records.
          bf-graph farm/ --without 'test-*' --missing-needs ignore | bf-submit -
                Submit all but some.
          bf-graph farm/ --needs jq
                What must be built for jq.
          bf-graph farm/ --dependents zlib
                What a new zlib would change.
          bf-graph farm/ --needs app --dependents zlib
                Every way in which app comes to need zlib.
          bf-graph farm/ --only 'lib*' --format dot | dot -Tpng > lib.png
                A drawing of a part.
          bf-graph farm/ --critical-path
                The chain that no number of machines can shorten.
          bf-graph farm/ --condense --format svg > farm.svg
                A drawing even if there are cycles.
          bf-graph ports.ndjson --format json | jq 'map(.level) | max'
                How deep a graph of bare records is.
          bf-graph b-1jkmszy4r000 --format mermaid
                How far a build has come.
          bf-graph --explain zlib b-1jkmszy4r000
                What made zlib be built again.
          bf-graph farm/ --state /srv/farm --missing-needs error
                Both with their values written out.

        A JOB is a name, which means all its architectures and matrix cells, or one
        of these as bf-graph writes it: zlib@aarch64[flavor=static]. A GLOB may have
        * ? [abc] [!abc] and matches the name or the whole; * takes slashes too.

        EXIT STATUS:
          0   shown
          64  wrong command line
          65  wrong document, unknown need, or a cycle; each cycle on its own line
          66  no such file, folder, build or job
          69  dot is missing or cannot cope (svg only)
          74  standard output could not be written
        """
}
