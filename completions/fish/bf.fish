# Completion of the bf tools for fish. Source this file, for instance from ~/.config/fish/config.fish.

# The farm of the command line, if it names one.
function __bf_state
    set -l words (commandline -opc)
    for index in (seq (count $words))
        switch $words[$index]
            case --state --server --token-file --ca-file
                test $index -lt (count $words); and printf '%s\n' $words[$index] $words[(math $index + 1)]
            case '--state=*' '--server=*' '--token-file=*' '--ca-file=*'
                printf '%s\n' $words[$index]
        end
    end
end

# __bf_list ARGUMENTS...: rows of bf-status, as id, tab and description.
function __bf_list
    bf-status (__bf_state) --format tsv $argv 2>/dev/null </dev/null | string replace -r '^([^\t]*)\t([^\t]*)\t([^\t]*).*$' '$1\t$2 $3'
end

# __bf_ids KINDS: ids of builds (b), jobs (j), attempts (a) and runners (r). Jobs and attempts only when the word asks for them.
function __bf_ids
    set -l word (commandline -ct)
    string match -q '*r*' $argv[1]; and __bf_list --runners
    set -l builds (__bf_list)
    if not string match -qr '^[ja]-' -- $word; or not string match -q '*j*' $argv[1]
        printf '%s\n' $builds
        return
    end
    test (count $builds) -gt 0; or return
    set -l jobs (__bf_list (string replace -r '\t.*' '' $builds)[-5..-1] | string match 'j-*')
    if string match -q 'j-*' -- $word
        printf '%s\n' $jobs
    else if string match -q '*a*' $argv[1]; and test (count $jobs) -gt 0
        __bf_list (string replace -r '\t.*' '' $jobs) | string match 'a-*'
    end
end

function __bf_verb
    set -l words (commandline -opc)
    test (count $words) -gt 1; and contains -- $words[2] $argv
end

function __bf_no_verb
    not __bf_verb cancel retry pause resume verify replay backend keygen
end

# Right after bf-run backend.
function __bf_backend_start
    __bf_verb backend; and test (count (commandline -opc)) -eq 2
end

# __bf_backend_verb VERBS...: after bf-run backend and one of these.
function __bf_backend_verb
    set -l words (commandline -opc)
    __bf_verb backend; and test (count $words) -gt 2; and contains -- $words[3] $argv
end

function __bf_backends
    bf-run backend list (__bf_state) --format tsv 2>/dev/null </dev/null | string replace -r '^([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*).*$' '$1\t$2 $3 $4'
end

function __bf_no_gc_verb
    not __bf_verb pin unpin pins
end

function __bf_no_serve_verb
    not __bf_verb token deliver manifests
end

function __bf_first
    test (count (commandline -opc)) -eq 1
end

set -l tools bf-submit bf-graph bf-run bf-status bf-logs bf-gc bf-serve
set -l architectures 'x86_64 aarch64 armv7 riscv64 noarch'

for tool in $tools
    complete -c $tool -e
    complete -c $tool -s h -l help -d 'Show help'
    set -l condition true
    test $tool = bf-run; and set condition 'not __bf_backend_start'
    test $tool = bf-serve; and set condition 'not __bf_verb manifests'
    complete -c $tool -n $condition -l state -xa '(__fish_complete_directories)' -d 'State directory'
end
for tool in bf-submit bf-graph bf-status bf-logs
    complete -c $tool -l server -x -d 'Work on the farm behind this server'
    complete -c $tool -l token-file -rF -d 'File with the key for the server'
    complete -c $tool -l ca-file -rF -d "Issuers of the server's certificate"
end
for condition in '__bf_verb cancel retry pause resume' '__bf_backend_verb add remove drain resume probe list'
    complete -c bf-run -n $condition -l server -x -d 'Work on the farm behind this server'
    complete -c bf-run -n $condition -l token-file -rF -d 'File with the key for the server'
    complete -c bf-run -n $condition -l ca-file -rF -d "Issuers of the server's certificate"
end
for tool in bf-submit bf-graph bf-status bf-logs
    complete -c $tool -l version -d 'Show the version'
end
for tool in bf-submit bf-status
    complete -c $tool -l format -xa 'table json ndjson tsv' -d 'Form of records'
    complete -c $tool -l color -xa 'auto always never' -d 'When to use colours'
end
for tool in bf-submit
    complete -c $tool -s q -l quiet -d 'Say nothing but errors'
end
for tool in bf-run bf-status bf-logs bf-gc bf-serve
    complete -c $tool -f
end

for tool in bf-submit bf-graph
    complete -c $tool -l repository-append -xa '(__fish_complete_directories)' -d 'Packages may come from this repository too'
    complete -c $tool -l keyring-append -rF -d 'Trust this public key too'
    complete -c $tool -l pipeline-dir -xa '(__fish_complete_directories)' -d 'Folder of pipelines that steps may use'
    complete -c $tool -l build-option -x -d 'Enable this build option of melange configurations'
    complete -c $tool -l with-scripts -d 'Run the installation scripts of packages'
    complete -c $tool -l with-test -d 'Run the tests of melange configurations'
    complete -c $tool -l debug -d 'Show each command in the log'
    complete -c $tool -l break-need -x -d 'Do not wait with a package for one that it needs'
end

complete -c bf-submit -l key -x -d 'Answer the first build of this key and content'
complete -c bf-submit -l priority -x -d 'Added to the priority of each job'
complete -c bf-submit -l label -x -d 'Label of the build'
complete -c bf-submit -l arch -xa "$architectures" -d 'Architecture of documents that name none'
complete -c bf-submit -l not-before -x -d 'Start nothing before this time'
complete -c bf-submit -l missing-needs -xa 'error ignore' -d 'What becomes of needs that no job has'
complete -c bf-submit -l force -d 'Run every job, also unchanged ones'
complete -c bf-submit -l remember-failures -d 'Do not try again what failed before'
complete -c bf-submit -l require-satisfiable -d 'Refuse jobs that no runner could run'
complete -c bf-submit -l secret-file -r -d 'Secret from a file, name=path'
complete -c bf-submit -l secret-env -xa '(set -nx)' -d 'Secret from a variable'
complete -c bf-submit -l webhook -x -d 'Tell this address when the build has ended'
complete -c bf-submit -l webhook-event -xa 'build.ended job.ended' -d 'What is told'
complete -c bf-submit -l webhook-secret-file -r -F -d 'Secret that signs the messages'
complete -c bf-submit -l wait -xa 'start end' -d 'Wait for the start or the result'
complete -c bf-submit -l timeout -x -d 'Give up waiting after this time'
complete -c bf-submit -l partial-exit -d 'Exit with 2 when some jobs succeeded'
complete -c bf-submit -l git -x -d 'Submit the documents in a Git repository'
complete -c bf-submit -s n -l dry-run -d 'Check, write nothing, print the jobs'

complete -c bf-graph -n 'string match -q "b-*" -- (commandline -ct)' -a '(__bf_ids b)'
complete -c bf-graph -l format -xa 'ndjson json tree dot mermaid svg' -d 'Form of the graph'
complete -c bf-graph -l needs -x -d 'Keep a job and everything it needs'
complete -c bf-graph -l dependents -x -d 'Keep a job and everything that needs it'
complete -c bf-graph -l only -x -d 'Keep the jobs that match'
complete -c bf-graph -l without -x -d 'Leave out the jobs that match'
complete -c bf-graph -l critical-path -d 'Keep the longest chain'
complete -c bf-graph -l condense -d 'Show a cycle as one node'
complete -c bf-graph -l explain -xa '(__bf_ids j)' -d 'Name the inputs of a job that differ from its last good build'
complete -c bf-graph -l missing-needs -xa 'error ignore' -d 'What becomes of needs that no job has'

complete -c bf-run -n __bf_first -a cancel -d 'End builds, jobs or attempts'
complete -c bf-run -n __bf_first -a retry -d 'Put failed jobs back into the queue'
complete -c bf-run -n __bf_first -a pause -d 'Start nothing more'
complete -c bf-run -n __bf_first -a resume -d 'Undo pause'
complete -c bf-run -n __bf_first -a verify -d 'Build again in other surroundings'
complete -c bf-run -n __bf_first -a replay -d 'Repeat an attempt'
complete -c bf-run -n __bf_first -a backend -d 'Look after the daemons that run jobs'
complete -c bf-run -n __bf_first -a keygen -d 'Make a key to sign packages with'
complete -c bf-run -n __bf_no_verb -a '(__bf_ids bj)'
complete -c bf-run -n __bf_no_verb -l version -d 'Show the version'
complete -c bf-run -n __bf_no_verb -s j -l jobs -x -d 'Jobs at once'
complete -c bf-run -n __bf_no_verb -l once -d 'Run at most one job'
complete -c bf-run -n __bf_no_verb -l daemon -d 'Wait for more work'
complete -c bf-run -n __bf_no_verb -l arch -xa "$architectures" -d 'Architecture whose jobs are taken'
complete -c bf-run -n __bf_no_verb -l label -x -d 'Label of this runner'
complete -c bf-run -n __bf_no_verb -l signing-key -r -F -d 'Private key that packages are signed with'
complete -c bf-run -n __bf_no_verb -l repository -xa '(__fish_complete_directories)' -d 'Repository that finished packages go into'
complete -c bf-run -n '__bf_verb keygen' -F
complete -c bf-run -n '__bf_verb keygen' -l bits -x -d 'Size of the key'
complete -c bf-run -n '__bf_verb keygen' -l own -d "The farm's own key"
for condition in __bf_no_verb '__bf_verb verify replay'
    complete -c bf-run -n $condition -l isolation -xa 'sandbox none' -d 'How jobs are kept apart'
    complete -c bf-run -n $condition -l allow-host-network -d 'Let phases use the network of the machine'
end
complete -c bf-run -n '__bf_verb replay' -l shell -d 'Open a shell instead of running the phases'
complete -c bf-run -n '__bf_verb verify' -l keep -xa 'hostname locale timezone umask order cpu clock' -d 'Do not vary this'
for condition in __bf_no_verb '__bf_verb retry verify replay' '__bf_backend_verb probe list'
    complete -c bf-run -n $condition -l format -xa 'table json ndjson tsv' -d 'Form of records'
    complete -c bf-run -n $condition -l color -xa 'auto always never' -d 'When to use colours'
end
complete -c bf-run -n 'not __bf_verb pause resume backend keygen' -s q -l quiet -d 'Say nothing but errors'
complete -c bf-run -n '__bf_verb cancel retry verify replay' -a '(__bf_ids bja)'
complete -c bf-run -n '__bf_verb cancel' -l wait -d 'Wait until all processes are dead'
complete -c bf-run -n '__bf_verb retry' -l failed -d 'All that failed in the builds'
complete -c bf-run -n '__bf_verb pause resume' -a 'all (__bf_ids br)'
for condition in '__bf_verb pause' '__bf_backend_verb drain'
    complete -c bf-run -n $condition -l reason -x -d 'Why'
end
complete -c bf-run -n __bf_backend_start -a add -d 'Give a daemon jobs from now on'
complete -c bf-run -n __bf_backend_start -a remove -d 'Forget a daemon'
complete -c bf-run -n __bf_backend_start -a drain -d 'Give a daemon no more jobs'
complete -c bf-run -n __bf_backend_start -a resume -d 'Give a daemon jobs again'
complete -c bf-run -n __bf_backend_start -a probe -d 'Ask daemons how they are'
complete -c bf-run -n __bf_backend_start -a list -d 'Show all'
complete -c bf-run -n '__bf_backend_verb remove drain resume probe' -a '(__bf_backends)'
complete -c bf-run -n '__bf_backend_verb add' -l kind -xa 'sandbox engine buildkit' -d 'What it is, if the address does not tell'
complete -c bf-run -n '__bf_backend_verb add' -l arch -xa "$architectures" -d 'Architecture that it builds for'
complete -c bf-run -n '__bf_backend_verb add' -l emulates -xa "$architectures" -d 'Architecture that it emulates'
complete -c bf-run -n '__bf_backend_verb add' -l label -x -d 'What jobs may ask of it'
complete -c bf-run -n '__bf_backend_verb add' -l max-jobs -x -d 'Jobs at once'
complete -c bf-run -n '__bf_backend_verb add' -l weight -x -d 'Its share of the work'
complete -c bf-run -n '__bf_backend_verb add' -l runtime -x -d 'Runtime of its containers'
complete -c bf-run -n '__bf_backend_verb add' -l tls-ca -r -F -d 'Issuers of its certificate'
complete -c bf-run -n '__bf_backend_verb add' -l tls-cert -r -F -d "The runners' certificate"
complete -c bf-run -n '__bf_backend_verb add' -l tls-key -r -F -d 'The key of that'
complete -c bf-run -n '__bf_backend_verb add' -l tls-server-name -x -d 'Name in its certificate'
complete -c bf-run -n '__bf_backend_verb add' -l registry-auth -r -F -d 'Credentials of registries'

complete -c bf-status -a '(__bf_ids bja)'
complete -c bf-status -l failed -d 'Only what failed'
complete -c bf-status -l running -d 'Only what is running'
complete -c bf-status -s q -l quiet -d 'Say nothing on standard error but errors'
complete -c bf-status -l partial-exit -d 'Exit with 2 if some jobs succeeded and others did not'
complete -c bf-status -l only -xa 'pending running success failed partial skipped cancelled' -d 'Only these states'
complete -c bf-status -l package -x -d 'The newest jobs of this name or pattern'
complete -c bf-status -l label -x -d 'Only builds with this label'
complete -c bf-status -l since -x -d 'Only what has not ended or ended since then'
complete -c bf-status -l owner -x -d 'Only builds of this owner'
complete -c bf-status -s n -l last -x -d 'At most the newest so many'
complete -c bf-status -l queue -d 'Pending jobs in their order'
complete -c bf-status -l watch -d 'Print events as they happen'
complete -c bf-status -l cursor -x -d 'Go on after this cursor'
complete -c bf-status -l wait -d 'Wait until the builds have ended'
complete -c bf-status -l timeout -x -d 'Give up waiting after this time'
complete -c bf-status -l runners -d 'The runners at work'
complete -c bf-status -l backends -d 'The daemons that run jobs'
complete -c bf-status -l attempt -d 'All that is known of attempts'
complete -c bf-status -l history -x -d 'The ended attempts of this package'
complete -c bf-status -l diff -d 'In what two attempts differ'
complete -c bf-status -l stats -d 'Totals, success rate and durations'
complete -c bf-status -l by -xa 'day week package runner' -d 'With --stats: a row for each of these'
complete -c bf-status -l provenance -d 'Where artifacts come from'
complete -c bf-status -l artifacts -d 'List artifacts'
complete -c bf-status -l last-good -x -d 'The artifacts of the newest good result of this package'
complete -c bf-status -l files -d 'List the files of artifacts'
complete -c bf-status -l path -x -d 'Only this file or folder of artifacts'
complete -c bf-status -l get -xa '(__fish_complete_directories)' -d 'Write artifacts into this folder'
complete -c bf-status -l check -d 'Exit with 0 if everything named has succeeded'
complete -c bf-status -l schema -xa 'list spec build job why input attempt history difference stats artifact file log event runner gc pin setting check verification token backend message' -d 'Print the JSON Schema of a kind of record'
complete -c bf-status -l why -d 'Why builds and jobs do not run'
complete -c bf-status -l doctor -d 'What is installed, usable or dangerous here'
complete -c bf-status -l config -d 'Show each setting and where it comes from'

complete -c bf-logs -a '(__bf_ids bja)'
complete -c bf-logs -s f -l follow -d 'Go on as logs grow'
complete -c bf-logs -s n -l lines -xa all -d 'Only the last lines'
complete -c bf-logs -l since -x -d 'Only what was printed since then'
complete -c bf-logs -l phase -x -d 'Only this phase'
complete -c bf-logs -l attempt -x -d 'This attempt'
complete -c bf-logs -l failed -d 'Only failed jobs, and what failed'
complete -c bf-logs -l dependents -d 'Also the jobs that need them'
complete -c bf-logs -s t -l timestamps -d 'Begin each line with its time'
complete -c bf-logs -l json -d 'A record for each line'
complete -c bf-logs -l no-prefix -d 'Headers instead of names before lines'
complete -c bf-logs -l color -xa 'auto always never' -d 'When to use colours'
complete -c bf-logs -l raw -d 'Let all control sequences through'

set -l ages 'never success= failed= cancelled='
complete -c bf-gc -n __bf_first -a pin -d 'Keep builds and artifacts'
complete -c bf-gc -n __bf_first -a unpin -d 'Keep them no longer'
complete -c bf-gc -n __bf_first -a pins -d 'What is pinned'
complete -c bf-gc -n __bf_no_gc_verb -l version -d 'Show the version'
complete -c bf-gc -n __bf_no_gc_verb -s n -l dry-run -d 'Print what would be removed'
complete -c bf-gc -n __bf_no_gc_verb -l explain -d 'Print why each build stays or goes'
complete -c bf-gc -n __bf_no_gc_verb -l older-than -x -d 'Remove every build older than this'
complete -c bf-gc -n __bf_no_gc_verb -l builds -xa "$ages" -d 'How long builds are kept'
complete -c bf-gc -n __bf_no_gc_verb -l keep -x -d 'Newest results kept of each package'
complete -c bf-gc -n __bf_no_gc_verb -l logs -xa "$ages" -d 'How long logs are kept'
complete -c bf-gc -n __bf_no_gc_verb -l artifacts -xa "$ages" -d 'How long artifacts are kept'
complete -c bf-gc -n __bf_no_gc_verb -l keep-artifacts -x -d 'Newest good artifacts kept of each package'
complete -c bf-gc -n __bf_no_gc_verb -l work -xa never -d 'How long left work folders are kept'
complete -c bf-gc -n __bf_no_gc_verb -l caches -xa never -d 'How long unused caches are kept'
complete -c bf-gc -n __bf_no_gc_verb -l max-cache-size -xa never -d 'Most that caches may take'
complete -c bf-gc -n __bf_no_gc_verb -l max-size -xa never -d 'Most that builds may take'
complete -c bf-gc -n __bf_no_gc_verb -l backup -r -d 'Copy the database into this file'
complete -c bf-gc -n 'not __bf_verb unpin' -l format -xa 'table json ndjson tsv' -d 'Form of records'
complete -c bf-gc -n 'not __bf_verb unpin' -l color -xa 'auto always never' -d 'When to use colours'
complete -c bf-gc -n '__bf_verb pin' -a '(__bf_ids b)'
complete -c bf-gc -n '__bf_verb pin' -l for -x -d 'How long it holds'
complete -c bf-gc -n '__bf_verb pin' -l reason -x -d 'Why'
complete -c bf-gc -n '__bf_verb unpin' -a "(bf-gc pins (__bf_state) --format tsv 2>/dev/null </dev/null | string replace -r '\t.*' '')"
complete -c bf-gc -n '__bf_verb unpin' -s q -l quiet -d 'Say nothing but errors'

complete -c bf-serve -n __bf_first -a token -d 'Make, list and revoke keys'
complete -c bf-serve -n __bf_first -a deliver -d 'Send due messages to webhooks'
complete -c bf-serve -n __bf_first -a manifests -d 'Print what runs a pool of builders'
complete -c bf-serve -n __bf_no_serve_verb -l version -d 'Show the version'
complete -c bf-serve -n 'not __bf_verb token manifests' -s q -l quiet -d 'Say nothing but errors'
complete -c bf-serve -n __bf_no_serve_verb -l listen-addr -x -d 'Listen there'
complete -c bf-serve -n __bf_no_serve_verb -l tls-cert -r -F -d 'Certificate for TLS'
complete -c bf-serve -n __bf_no_serve_verb -l tls-key -r -F -d 'Its private key'
complete -c bf-serve -n __bf_no_serve_verb -l client-ca -r -F -d 'Issuers of client certificates'
complete -c bf-serve -n __bf_no_serve_verb -l require-token -d 'Ask for a key on loopback too'
complete -c bf-serve -n __bf_no_serve_verb -l insecure-no-auth -d 'Answer anybody without a key'
complete -c bf-serve -n __bf_no_serve_verb -l allow-origin -x -d 'Let pages of this site read answers'
complete -c bf-serve -n __bf_no_serve_verb -l jwt-issuer -x -d 'Issuer of web tokens'
complete -c bf-serve -n __bf_no_serve_verb -l jwt-audience -x -d 'Audience of web tokens'
complete -c bf-serve -n __bf_no_serve_verb -l jwt-keys -r -F -d 'Public keys of the issuer'
complete -c bf-serve -n __bf_no_serve_verb -l jwt-secret-file -r -F -d 'Secret of HS256'
complete -c bf-serve -n __bf_no_serve_verb -l rate -x -d 'Requests a second of one key'
complete -c bf-serve -n __bf_no_serve_verb -l workers -x -d 'Run so many jobs at once too'
complete -c bf-serve -n __bf_no_serve_verb -l buildkit-addr -x -d 'BuildKit daemon that runs jobs'
complete -c bf-serve -n __bf_no_serve_verb -l backends-config -r -F -d 'File with several of them'
complete -c bf-serve -n __bf_no_serve_verb -l default-arch -xa "$architectures" -d 'Architecture where a request names none'
complete -c bf-serve -n __bf_no_serve_verb -l output-dir -xa '(__fish_complete_directories)' -d 'Put results here too'
complete -c bf-serve -n __bf_no_serve_verb -l gcs-bucket -x -d 'Not possible yet'
complete -c bf-serve -n '__bf_verb token' -a 'create list revoke'
complete -c bf-serve -n '__bf_verb token' -l role -xa 'read submit operate admin' -d 'What its holder may do'
complete -c bf-serve -n '__bf_verb token' -l owner -x -d 'Whose builds its holder submits'
complete -c bf-serve -n '__bf_verb token' -l expires -x -d 'Not valid after'
complete -c bf-serve -n '__bf_verb token' -l format -xa 'table json ndjson tsv' -d 'Form of records'
complete -c bf-serve -n '__bf_verb token' -l color -xa 'auto always never' -d 'When to use colours'
complete -c bf-serve -n '__bf_verb manifests' -a 'systemd kubernetes'
complete -c bf-serve -n '__bf_verb manifests' -l replicas -x -d 'Builders of each architecture'
complete -c bf-serve -n '__bf_verb manifests' -l arch -xa "$architectures" -d 'What builders build for'
complete -c bf-serve -n '__bf_verb manifests' -l max-jobs -x -d 'Jobs at once on one builder'
complete -c bf-serve -n '__bf_verb manifests' -l namespace -x -d 'Namespace in Kubernetes'
complete -c bf-serve -n '__bf_verb manifests' -l image -x -d 'Image with bf'
complete -c bf-serve -n '__bf_verb manifests' -l buildkit-image -x -d 'Image with BuildKit'
complete -c bf-serve -n '__bf_verb manifests' -l prefix -xa '(__fish_complete_directories)' -d 'Where bf is installed'
