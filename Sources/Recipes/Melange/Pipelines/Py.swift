extension BuiltInPipelines {
    /// Python packages for several Pythons beside each other.
    static let py = [
        "py/one-python": #"""
        name: Run a script where python and python3 are the environment's only Python
        needs:
          packages:
            - busybox
        inputs:
          content:
            description: The script; without a first line of its own it is the shell's and ends at the first failure.
            required: true
        pipeline:
          - runs: |
        \#(onlyPython)
        \#(defaultPython)
              python=$(default_python)
              folder=$(mktemp -d)
              trap 'rm -rf "$folder"' EXIT
              cat > "$folder/content" <<'END_OF_CONTENT'
              ${{inputs.content}}
              END_OF_CONTENT
              ln -s "$python" "$folder/python"
              ln -s "$python" "$folder/python3"
              export PATH="$folder:$PATH"
              read -r first < "$folder/content" || :
              case $first in
                '#!'*)
                  chmod 755 "$folder/content"
                  "$folder/content"
                  ;;
                *) sh -e "$folder/content" ;;
              esac
        """#,
        "py/pip-build-install": #"""
        name: Build and install a Python package with pip
        inputs:
          python:
            description: Which Python; DEFAULT for python3, or else the only one of the environment.
            default: DEFAULT
          dest:
            description: The folder to install into.
            default: ${{targets.contextdir}}
          needs-exe-named-python3:
            description: Whether the build runs python3 by this name; true or false.
            default: false
          needs-exe-named-python:
            description: Whether the build runs python by this name; true or false.
            default: false
          prevent-inclusion:
            description: Files and folders that are hidden from the build, separated by white space.
            required: false
        pipeline:
          - runs: |
        \#(onlyPython)
        \#(defaultPython)
        \#(pythonFolders)
              folder=$(mktemp -d)
              trap 'rm -rf "$folder"' EXIT
              mkdir "$folder/bin" "$folder/no-wheels"
              # A program, no link: Python looks for its library from where it was started.
              wrapper() {
                case $2 in
                  false) ;;
                  true)
                    printf '#!/bin/sh\nexec "%s" "$@"\n' "$real" > "$folder/bin/$1"
                    chmod 755 "$folder/bin/$1"
                    ;;
                  *)
                    echo "py/pip-build-install: needs-exe-named-$1: expected true or false, found '$2'" >&2
                    exit 1
                    ;;
                esac
              }
              real=$(readlink -f "$(command -v "$python")")
              wrapper python "${{inputs.needs-exe-named-python}}"
              wrapper python3 "${{inputs.needs-exe-named-python3}}"
              export PATH="$folder/bin:$PATH"

              hidden="${{inputs.prevent-inclusion}}"
              set -f
              set -- $hidden
              set +f
              if [ $# -gt 0 ]; then
                tar -c -p -f "$folder/hidden.tar" -- "$@"
                rm -rf -- "$@"
              fi
              if [ -d build ]; then built=before; else built=now; fi

              # An index is not asked: whatever the build needs is a package of the environment.
              "$python" -m pip wheel --verbose --no-index --find-links="$folder/no-wheels" --no-build-isolation --no-deps \
                --wheel-dir="$wheels" .
              "$python" -m pip install --verbose --no-index --find-links="$folder/no-wheels" --no-build-isolation --no-deps \
                --force-reinstall --no-compile --prefix=/usr --root="$root" "$wheels"/*.whl
              "$python" -m compileall --invalidation-mode=unchecked-hash -r100 "$root/$modules"

              [ "$built" = before ] || rm -rf build
              [ $# -eq 0 ] || tar -x -p -f "$folder/hidden.tar"
        """#,
        "py/pip-build-install-bootstrap": #"""
        name: Build and install a Python package with a pip that needs no installation
        needs:
          packages:
            - pip-zipapp
        inputs:
          python:
            description: Which Python; DEFAULT for python3, or else the only one of the environment.
            default: DEFAULT
          wheel:
            description: Whether a wheel is built before; true or false.
            required: false
            default: true
          dest:
            description: The folder to install into.
            default: ${{targets.contextdir}}
        pipeline:
          - runs: |
        \#(onlyPython)
        \#(defaultPython)
        \#(pythonFolders)
              zipapp=/usr/share/pip-zipapp/pip-zipapp.pyz
              known=/usr/share/pip-zipapp/wheels
              if [ ! -f "$zipapp" ]; then
                echo "py/pip-build-install-bootstrap: there is no $zipapp: add pip-zipapp to the environment's packages" >&2
                exit 1
              fi
              mkdir -p "$known"
              case $python in
                /*) target=$python ;;
                *) target=/usr/bin/$python ;;
              esac
              pip() { "$python" "$zipapp" --python="$target" "$@" --verbose --no-deps --no-index --find-links="$known"; }
              install() { pip install --force-reinstall --no-compile --prefix=/usr --root="$root" "$@"; }
              if [ "${{inputs.wheel}}" = false ]; then
                install .
              else
                pip wheel --wheel-dir="$wheels" .
                install --no-build-isolation "$wheels"/*.whl
              fi
              "$python" -m compileall --invalidation-mode=unchecked-hash -r100 "$root/$modules"
        """#,
        "py/collect-wheels": #"""
        name: Put the wheels that were built into a package
        needs:
          packages:
            - util-linux
        inputs:
          dest:
            description: The folder for the wheels.
            default: ${{targets.subpkgdir}}/usr/share/wheels
        pipeline:
          - runs: |
              set -- .wheels/*/*.whl
              if [ ! -f "$1" ]; then
                echo "py/collect-wheels: there are no wheels in $PWD/.wheels: build some before" >&2
                exit 1
              fi
              mkdir -p "${{inputs.dest}}"
              sha256sum "$@"
              cp "$@" "${{inputs.dest}}"
        """#,
        "py/install-compile": #"""
        name: Install and compile a Python package with its setup.py
        inputs:
          python:
            description: Which Python.
            required: true
          dest:
            description: Has no effect; the package that this is used in is installed into.
            default: ${{targets.subpkgdir}}
        pipeline:
          - runs: |
              ${{inputs.python}} setup.py install --no-compile --prefix=/usr --root="${{targets.subpkgdir}}"
              rm -rf build
              ${{inputs.python}} -m compileall --invalidation-mode=unchecked-hash -r100 "${{targets.subpkgdir}}/usr/lib/"
        """#,
    ]

    /// `default_python`: a shell function that prints the path of python3, or else of the environment's only Python.
    private static let defaultPython = #"""
              default_python() {
                if found=$(command -v python3); then
                  [ ! -L "$found" ] || found=$(readlink -f "$found")
                  echo "$found"
                else
                  only_python
                fi
              }
        """#

    /// `$python`, where it keeps its modules, where its wheels go, and where packages are installed.
    private static let pythonFolders = #"""
              # Wheels are archives with times in them, and theirs begin in 1980.
              export SOURCE_DATE_EPOCH=315532800
              python=${{inputs.python}}
              [ "$python" != DEFAULT ] || python=$(default_python)
              root=${{inputs.dest}}
              wheels=./.wheels/$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
              modules=$("$python" -c 'import site; print(site.getsitepackages()[0].lstrip("/"))')
        """#
}
