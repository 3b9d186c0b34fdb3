extension BuiltInPipelines {
    /// Documentation and translations into packages of their own.
    static let splitDocumentation = [
        "split/manpages": #"""
        name: Split manual pages
        needs:
          packages:
            - busybox
        inputs:
          package:
            description: The package to take manual pages from; without it the main one.
            required: false
        pipeline:
          - runs: |
        \#(splitFolders)
        \#(splitMove)
        \#(splitManuals)
        """#,
        "split/infodir": #"""
        name: Split info pages
        needs:
          packages:
            - busybox
        inputs:
          package:
            description: The package to take info pages from; without it the main one.
            required: false
        pipeline:
          - runs: |
        \#(splitFolders)
        \#(splitMove)
        \#(splitInfo)
        """#,
        "split/alldocs": #"""
        name: Split all documentation
        needs:
          packages:
            - busybox
        inputs:
          package:
            description: The package to take documentation from; without it the main one.
            required: false
        pipeline:
          - runs: |
        \#(splitFolders)
        \#(splitMove)
        \#(splitInfo)
        \#(splitManuals)
              for folder in usr/share/doc usr/local/share/doc; do collect "$folder" usr/share/doc; done
        """#,
        "split/locales": #"""
        name: Split translations
        needs:
          packages:
            - busybox
        inputs:
          package:
            description: The package to take translations from; without it the main one.
            required: false
        pipeline:
          - runs: |
        \#(splitFolders)
        \#(splitMove)
              move usr/share/locale
        """#,
    ]

    /// Manual pages from wherever they are to where they belong. `collect FOLDER PLACE` also drops the folders that are empty then.
    private static let splitManuals = #"""
              collect() {
                if [ ! -d "$from/$1" ] || [ -L "$from/$1" ]; then return 0; fi
                move "$1" "$2"
                (cd "$from" && rmdir -p "${1%/*}" 2>/dev/null) || :
              }
              for folder in usr/share/man usr/local/share/man usr/man; do collect "$folder" usr/share/man; done
        """#

    /// Info pages without their directory: each system has its own, of all its packages.
    private static let splitInfo = #"""
              rm -f "$from/usr/share/info/dir"
              move usr/share/info
        """#
}
