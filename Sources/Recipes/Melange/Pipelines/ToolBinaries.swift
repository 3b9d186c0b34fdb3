extension BuiltInPipelines {
    /// Whether programs, headers and gems can be used, by programs made for these checks.
    static let toolBinaries = [
        "test/tw/ldd-check": #"""
        name: Check that the libraries of programs are there
        needs:
          packages:
            - ldd-check
        inputs:
          files:
            description: Programs and libraries to check, separated by spaces.
            required: false
          exclude-files:
            description: Names and patterns of files to leave out, separated by spaces.
            required: false
            default: ""
          packages:
            description: Packages to check all programs and libraries of, separated by spaces; none for files only.
            required: false
            default: "${{context.name}}"
          extra-library-paths:
            description: Folders to look for libraries in first, separated by colons.
            required: false
            default: ""
          verbose:
            description: Whether more is printed; true or false.
            required: false
            default: false
        pipeline:
          - runs: |
              ldd-check --packages="${{inputs.packages}}" --files="${{inputs.files}}" --exclude-files="${{inputs.exclude-files}}" \
                --extra-library-paths="${{inputs.extra-library-paths}}" --verbose="${{inputs.verbose}}"
        """#,
        "test/tw/help-check": #"""
        name: Check that programs print help
        needs:
          packages:
            - help-check
        inputs:
          bins:
            description: The names of the programs, separated by white space.
            required: true
          help-flag:
            description: The option that asks for help; auto tries the usual ones.
            required: false
            default: "auto"
          expect-contains:
            description: What must be in the help, separated by spaces.
            required: false
            default: ""
          verbose:
            description: Whether more is printed; true or false.
            required: false
            default: false
        pipeline:
          - runs: |
              help-check --bins="${{inputs.bins}}" --help-flag="${{inputs.help-flag}}" \
                --expect-contains="${{inputs.expect-contains}}" --verbose="${{inputs.verbose}}"
        """#,
        "test/tw/ver-check": #"""
        name: Check that programs print their version
        needs:
          packages:
            - ver-check
        inputs:
          bins:
            description: The names of the programs, separated by white space.
            required: true
          version:
            description: The version.
            required: false
            default: ${{package.version}}
          version-flag:
            description: The option that asks for the version; auto tries the usual ones.
            required: false
            default: "auto"
          match-type:
            description: How the version is found in what is printed, contains, exact or regex.
            required: false
            default: "contains"
          verbose:
            description: Whether more is printed; true or false.
            required: false
            default: false
        pipeline:
          - runs: |
              ver-check --bins="${{inputs.bins}}" --version="${{inputs.version}}" --version-flag="${{inputs.version-flag}}" \
                --match-type="${{inputs.match-type}}" --verbose="${{inputs.verbose}}"
        """#,
        "test/tw/header-check": #"""
        name: Check that headers compile
        needs:
          packages:
            - header-check
        inputs:
          packages:
            description: Packages to check all headers of, separated by spaces.
            required: false
            default: "${{context.name}}"
          files:
            description: Headers to check instead, separated by spaces.
            required: false
            default: ""
          configure-opts:
            description: Options for the compiler.
            required: false
            default: ""
        pipeline:
          - runs: |
              if [ -n "${{inputs.files}}" ]; then
                set -- --files="${{inputs.files}}"
              else
                set -- --packages="${{inputs.packages}}"
              fi
              header-check "$@" --configure-opts="${{inputs.configure-opts}}"
        """#,
        "test/tw/gem-check": #"""
        name: Check that a gem can be loaded
        needs:
          packages:
            - gem-check
        inputs:
          package:
            description: The package of the gem.
            required: false
            default: "${{context.name}}"
          require:
            description: The names that programs require, separated by spaces or commas; without it found by the package's name.
            required: false
            default: ""
        pipeline:
          - runs: |
              gem-check --package "${{inputs.package}}" --require "${{inputs.require}}"
        """#,
        "test/tw/gem-installed": #"""
        name: Check that a gem is installed with its files
        inputs:
          gem:
            description: The name of the gem; without it the package's without the version of Ruby.
            required: false
            default: ""
        pipeline:
          - runs: |
              gem="${{inputs.gem}}"
              [ -n "$gem" ] || gem=$(echo "${{context.name}}" | sed 's/^ruby[0-9][0-9.]*-//')
              list=$(gem list "$gem")
              contents=$(gem contents "$gem")
              case $list in *"$gem"*) ;; *) contents= ;; esac
              if [ -z "$contents" ]; then
                echo "test/tw/gem-installed: the gem $gem is not installed, or has no files" >&2
                exit 1
              fi
              printf '%s\n' "$contents"
        """#,
        "test/tw/pip-check": #"""
        name: Check that what a Python package needs is there
        needs:
          packages:
            - tw-pip-check
        inputs:
          python:
            description: Which Python; DEFAULT for the only one of the environment.
            default: DEFAULT
        pipeline:
          - runs: |
              set --
              [ "${{inputs.python}}" = DEFAULT ] || set -- --python="${{inputs.python}}"
              tw-pip-check "$@"
        """#,
    ]
}
