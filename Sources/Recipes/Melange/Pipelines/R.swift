extension BuiltInPipelines {
    /// Packages of R.
    static let r = [
        "R/build": #"""
        name: Install a package of R
        needs:
          packages:
            - R
            - R-dev
            - R-doc
            - busybox
        inputs:
          package:
            description: The name of the package.
            required: true
          path:
            description: Its sources, a folder or an archive.
            default: "."
          version:
            description: Its version.
            required: true
        pipeline:
          - runs: |
              library="${{targets.contextdir}}/usr/lib/R/library"
              mkdir -p "$library"
              Rscript -e 'place <- commandArgs(TRUE); install.packages(place[1], lib = place[2], repos = NULL, type = "source")' \
                "${{inputs.path}}" "$library/"
        """#
    ]
}
