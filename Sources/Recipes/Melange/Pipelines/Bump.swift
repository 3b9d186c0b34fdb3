extension BuiltInPipelines {
    /// Dependencies at other versions than the sources ask for, in any language.
    static let bump = [
        "bump": #"""
        name: Raise dependencies with omnibump
        needs:
          packages:
            - git
            - omnibump=0.23.2
        inputs:
          language:
            description: Of what the project is made, auto, go, rust or java.
            default: auto
          deps:
            description: The dependencies, as a file that lists them or as name@version separated by white space.
            default: ""
          properties:
            description: The file that lists properties of a Maven project.
            default: ""
          packages:
            description: The dependencies as name@version, separated by white space.
            default: ""
          replaces:
            description: Replacements for go.mod, as old=new@version, separated by white space.
            default: ""
          modroot:
            description: The folders of the project, a line each.
            default: .
          tidy:
            description: Whether the project's files are tidied after; true or false.
            default: true
          tidy-compat:
            description: The version of Go that tidied files remain good for.
            default: ""
          show-diff:
            description: Whether the changes are printed; true or false.
            default: false
          dry-run:
            description: Whether nothing is changed; true or false.
            default: false
          output:
            description: How an analysis is printed, as text, json or yaml.
            default: text
          analyze:
            description: Whether the dependencies are only looked at; true or false.
            default: false
          manifest:
            description: The project file of a Maven project that is not called pom.xml.
            default: ""
          venv:
            description: A virtual environment of Python whose packages are raised instead.
            default: ""
          gem-dir:
            description: A folder of gems that are raised instead.
            default: ""
          analyze-packages:
            description: The packages that an analysis is about.
            default: ""
          update:
            description: Whether all dependencies are brought up to date before; true or false.
            default: false
          fail-on-unapplied-pins:
            description: Whether a version that could not be reached is an error; true or false.
            default: false
          features:
            description: The features of a Rust project that count, separated by commas; without it all.
            default: ""
        pipeline:
          - runs: |
              sources=$PWD
              case "${{inputs.analyze}}" in
                true)
                  set -- omnibump analyze
                  [ -z "${{inputs.analyze-packages}}" ] || set -- "$@" --packages "${{inputs.analyze-packages}}"
                  [ "${{inputs.output}}" = text ] || set -- "$@" --output "${{inputs.output}}"
                  set -- "$@" .
                  ;;
                false)
                  set -- omnibump
                  [ "${{inputs.language}}" = auto ] || set -- "$@" --language "${{inputs.language}}"
                  [ -z "${{inputs.venv}}" ] || set -- "$@" --venv "${{inputs.venv}}"
                  [ -z "${{inputs.gem-dir}}" ] || set -- "$@" --gem-dir "${{inputs.gem-dir}}"
                  if [ -f "$sources/${{inputs.deps}}" ]; then
                    set -- "$@" --deps "$sources/${{inputs.deps}}"
                  elif [ -n "${{inputs.deps}}" ]; then
                    set -- "$@" --packages "${{inputs.deps}}"
                  fi
                  [ -z "${{inputs.properties}}" ] || set -- "$@" --properties "${{inputs.properties}}"
                  [ -z "${{inputs.manifest}}" ] || set -- "$@" --manifest "$sources/${{inputs.manifest}}"
                  [ -z "${{inputs.packages}}" ] || set -- "$@" --packages "${{inputs.packages}}"
                  [ -z "${{inputs.replaces}}" ] || set -- "$@" --replaces "${{inputs.replaces}}"
                  if [ -z "${{inputs.deps}}${{inputs.properties}}${{inputs.packages}}${{inputs.replaces}}" ]; then
                    lists= properties=
                    case "${{inputs.language}}" in
                      go) lists="gobump-deps.yaml deps.yaml" ;;
                      rust) lists="cargobump-deps.yaml deps.yaml" ;;
                      java) lists="pombump-deps.yaml deps.yaml" ;;
                      auto) lists="cargobump-deps.yaml gobump-deps.yaml deps.yaml pombump-deps.yaml" ;;
                    esac
                    case "${{inputs.language}}" in java | auto) properties="pombump-properties.yaml properties.yaml" ;; esac
                    for file in $lists; do
                      if [ -f "$sources/$file" ]; then set -- "$@" --deps "$sources/$file" && break; fi
                    done
                    for file in $properties; do
                      if [ -f "$sources/$file" ]; then set -- "$@" --properties "$sources/$file" && break; fi
                    done
                  fi
                  [ "${{inputs.update}}" != true ] || set -- "$@" --update
                  [ "${{inputs.tidy}}" != true ] || set -- "$@" --tidy
                  [ -z "${{inputs.tidy-compat}}" ] || set -- "$@" --tidy-compat "${{inputs.tidy-compat}}"
                  [ "${{inputs.show-diff}}" != true ] || set -- "$@" --show-diff
                  [ "${{inputs.dry-run}}" != true ] || set -- "$@" --dry-run
                  [ "${{inputs.fail-on-unapplied-pins}}" != true ] || set -- "$@" --fail-on-unapplied-pins
                  [ -z "${{inputs.features}}" ] || set -- "$@" --features "${{inputs.features}}"
                  ;;
                *)
                  echo "bump: analyze: expected true or false, found '${{inputs.analyze}}'" >&2
                  exit 1
                  ;;
              esac

              roots="${{inputs.modroot}}"
              each_root() {
                while read -r root; do
                  [ -z "$root" ] || (cd "$root" && "$@" < /dev/null)
                done <<END_OF_ROOTS
              $roots
              END_OF_ROOTS
              }
              # The modules of a workspace are tidied together, so all must belong to it first.
              if [ -f go.work ]; then
                export GOWORK="$sources/go.work"
                each_root go work use .
              fi
              each_root "$@"
        """#
    ]
}
