extension BuiltInPipelines {
    /// Python packages by setup.py and by wheels, and their tests.
    static let python = [
        "python/build": #"""
        name: Build a Python package with its setup.py
        needs:
          packages:
            - busybox
            - python3
        pipeline:
          - runs: |
              name=python
        \#(realPython)
              "$python" setup.py build
        """#,
        "python/install": #"""
        name: Install a Python package with its setup.py
        needs:
          packages:
            - busybox
            - python3
        pipeline:
          - runs: |
              name=python
        \#(realPython)
              "$python" setup.py install --root="${{targets.contextdir}}" --prefix=/usr
        """#,
        "python/build-wheel": #"""
        name: Build a Python package as a wheel and install it
        needs:
          packages:
            - busybox
            - py3-build
            - py3-installer
            - python3
        pipeline:
          - runs: |
              name=python3
        \#(realPython)
              "$python" -m build
              "$python" -m installer -d "${{targets.contextdir}}" dist/*.whl
              # Compiled files hold times, and Python makes them again.
              find "${{targets.contextdir}}" -name '*.pyc' -exec rm -rf {} +
        """#,
        "python/import": #"""
        name: Import Python modules
        needs:
          packages:
            - wolfi-base
        inputs:
          python:
            description: Which Python imports; DEFAULT for the only one of the environment.
            default: DEFAULT
          import:
            description: The one module to import; imports can do more.
            required: false
          from:
            description: The module that import is a name of; imports can do more.
            required: false
          imports:
            description: Import statements, a line each, with comments.
            required: false
          venv:
            description: The virtual environment whose Python imports.
            required: false
        pipeline:
          - runs: |
              fail() {
                echo "python/import: $1" >&2
                exit 1
              }
        \#(onlyPython)
              python="${{inputs.python}}"
              module="${{inputs.import}}"
              parent="${{inputs.from}}"
              statements="${{inputs.imports}}"
              venv="${{inputs.venv}}"

              if [ -n "$statements" ]; then
                [ -z "$module$parent" ] || fail "imports cannot be used together with import or from"
              elif [ -z "$module" ]; then
                fail "there is nothing to import: write statements in imports"
              elif [ -n "$parent" ]; then
                statements="from $parent import $module"
              else
                statements="import $module"
              fi
              if [ -n "$venv" ]; then
                [ "$python" = DEFAULT ] || fail "python cannot be used together with venv"
                [ -f "$venv/bin/activate" ] || fail "venv: $venv is no virtual environment"
                . "$venv/bin/activate"
                python=$venv/bin/python3
              elif [ "$python" = DEFAULT ]; then
                python=$(only_python)
              fi

              failed=0
              while read -r statement; do
                statement=${statement%%#*}
                # Spaces that a comment leaves behind would be an indentation to Python.
                statement=${statement%"${statement##*[![:space:]]}"}
                [ -n "$statement" ] || continue
                if $python -c "$statement" < /dev/null; then
                  echo "$python: $statement: good"
                else
                  echo "$python: $statement: failed" >&2
                  failed=1
                fi
              done <<END_OF_STATEMENTS
              $statements
              END_OF_STATEMENTS
              exit "$failed"
        """#,
        "python/test": #"""
        name: Run a test of a Python package
        needs:
          packages:
            - wolfi-base
        inputs:
          command:
            description: What to run, in the shell's language.
            required: true
        pipeline:
          - runs: ${{inputs.command}}
        """#,
    ]

    /// `$python`: the real path of `$name`, so that installed programs name the Python they were made for.
    private static let realPython = #"""
              if ! python=$(command -v "$name"); then
                echo "there is no $name here: add one to the environment's packages" >&2
                exit 1
              fi
              [ ! -L "$python" ] || python=$(readlink -f "$python")
        """#

    /// `only_python`: a shell function that prints the path of the environment's Python, if there is just one.
    static let onlyPython = #"""
              only_python() {
                set --
                for file in /usr/bin/python3.[7-9] /usr/bin/python3.[0-9][0-9]; do
                  [ ! -x "$file" ] || set -- "$@" "$file"
                done
                if [ $# -ne 1 ]; then
                  echo "expected one Python in /usr/bin, found $# ($*): say which to use" >&2
                  return 1
                fi
                echo "$1"
              }
        """#
}
