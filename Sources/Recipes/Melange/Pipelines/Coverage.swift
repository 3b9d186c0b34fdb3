extension BuiltInPipelines {
    /// How much of a program its tests have run.
    static let coverage = [
        "go/covdata": #"""
        name: Print the coverage of a Go program
        needs:
          packages:
            - ${{inputs.package}}
            - busybox
            - jq
        inputs:
          package:
            description: The package that brings Go.
            default: go
          cover-dir:
            description: Where the program left its counters; GOCOVERDIR must have said so when it ran.
            default: /home/build
        pipeline:
          - runs: |
              functions=$(go tool covdata func -i ${{inputs.cover-dir}})
              printf '%s\n' "$functions" | awk 'END { print "Statements coverage: " $NF }'
        """#,
        "llvm/covreport": #"""
        name: Print the coverage of a program compiled by LLVM
        needs:
          packages:
            - ${{inputs.package}}
        inputs:
          package:
            description: The package that brings LLVM.
            default: llvm-19
          object:
            description: The program, by path or name; without it the first program of the package.
            default: ""
          ignore-filename-regex:
            description: Sources to leave out, as a regular expression on their paths.
            default: ""
        pipeline:
          - runs: |
              object="${{inputs.object}}"
              if [ -z "$object" ]; then
                object=$(apk info -L "${{package.name}}" 2>/dev/null | awk '/bin\// && !found++ { print "/" $0 }')
              elif [ ! -f "$object" ]; then
                object=$(command -v "$object") || object=
              fi
              if [ -z "$object" ]; then
                echo "llvm/covreport: there is no program to report on: name it in object" >&2
                exit 1
              fi
              llvm-profdata merge --sparse --output default.profdata default_*.profraw
              report=$(llvm-cov report --summary-only --instr-profile=default.profdata \
                --ignore-filename-regex="${{inputs.ignore-filename-regex}}" --object "$object")
              printf '%s\n' "$report" | awk 'END { print "Statements coverage: " $7 }'
        """#,
        "xcover/profile": #"""
        name: Start to record coverage with xcover
        needs:
          packages:
            - busybox
            - ${{inputs.package}}
        inputs:
          package:
            description: The package that brings xcover.
            required: false
            default: xcover
          executable-path:
            description: The program to watch.
            required: true
          exclude-functions:
            description: Functions to leave out, as a regular expression.
            required: false
          include-functions:
            description: The only functions to watch, as a regular expression.
            required: false
          scope:
            description: Which functions of a Go program count, binary for all or project for its own module's.
            required: false
            default: project
          log-level:
            description: How much xcover tells.
            required: false
            default: info
          verbose:
            description: Whether each function is printed when it first runs; true or false.
            required: false
            default: "false"
          wait-timeout:
            description: How long xcover may take to be ready, in seconds.
            required: false
            default: "60"
        pipeline:
          - runs: |
              xcover run --detach --status --path ${{inputs.executable-path}} --scope=${{inputs.scope}} \
                --include=${{inputs.include-functions}} --exclude=${{inputs.exclude-functions}} \
                --log-level=${{inputs.log-level}} --verbose=${{inputs.verbose}}
              # What the program does before xcover is ready would not count.
              xcover wait --timeout ${{inputs.wait-timeout}}s
        """#,
        "xcover/wait": #"""
        name: Wait until xcover is ready
        needs:
          packages:
            - busybox
            - ${{inputs.package}}
        inputs:
          package:
            description: The package that brings xcover.
            required: false
            default: xcover
          wait-timeout:
            description: How long that may take, in seconds.
            required: false
            default: "60"
        pipeline:
          - runs: |
              xcover wait --timeout ${{inputs.wait-timeout}}s
        """#,
        "xcover/status": #"""
        name: Print what xcover does
        needs:
          packages:
            - busybox
            - ${{inputs.package}}
        inputs:
          package:
            description: The package that brings xcover.
            required: false
            default: xcover
        pipeline:
          - runs: |
              xcover status
        """#,
        "xcover/stop": #"""
        name: Stop xcover and let it write its report
        needs:
          packages:
            - busybox
        inputs:
          package:
            description: The package that brings xcover.
            required: false
            default: xcover
        pipeline:
          - runs: |
              xcover stop
        """#,
        "xcover/ensure": #"""
        name: Check the coverage that xcover reports
        needs:
          packages:
            - busybox
            - jq
            - ${{inputs.package}}
        inputs:
          package:
            description: The package that brings xcover.
            required: false
            default: xcover
          min-coverage:
            description: What the coverage must be above, in percent; without it any will do.
            required: false
            default: ""
        pipeline:
          - runs: |
              coverage=$(jq -r .cov_by_func xcover-report.json)
              least="${{inputs.min-coverage}}"
              echo "xcover: $coverage % of the functions ran"
              [ -n "$least" ] || exit 0
              if ! awk -v coverage="$coverage" -v least="$least" 'BEGIN { exit !(coverage + 0 > least + 0) }'; then
                echo "xcover/ensure: $coverage % is not above $least %" >&2
                exit 1
              fi
        """#,
    ]
}
