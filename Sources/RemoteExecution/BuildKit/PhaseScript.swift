internal import Execution

/// The shell script around a command in a container of BuildKit, which can neither tell an exit code nor be sent a signal, and whose log is
/// cut off. It copies all output into a file, leaves the exit code in another, ends what the command left behind, and passes on SIGTERM. After
/// the last command it leaves the outputs too, which spares a container that would fetch them.
///
/// Its arguments are the working directory, the names of variables whose values stand in files, `--`, and the command.
struct PhaseScript {
    /// The folder of everything that the script needs: where each container begins with what its daemon puts there, and no image has
    /// anything.
    static let folder = "/dev/.bf"
    /// What the phases printed, and two pipes for each.
    static let log = folder + "/log"
    /// What the script says of the end.
    static let result = folder + "/result"
    /// Values of variables.
    static let variables = folder + "/variables"
    /// What shows that the folders of the attempt are still those with which it began.
    static let mark = folder + "/mark"
    /// The same for the folder of the sources; there only if that is one by itself.
    static let sourcesMark = folder + "/sources"
    /// Held while something of the attempt runs.
    static let lock = folder + "/lock"
    /// The file in ``result``.
    static let report = "end"
    /// The folder in ``result`` that has the outputs.
    static let outputs = "outputs"

    private let text: String
    private let output: String
    private let control: String

    /// The script of a phase.
    /// - Parameter number: counts the phases that were started.
    init(_ number: Int) {
        text = "\(Self.log)/text-\(number)"
        output = "\(Self.log)/output-\(number)"
        control = "\(Self.log)/control-\(number)"
    }

    /// The script. Its own variables have names that no plan has.
    /// - Parameters:
    ///   - logLimit: where the file of the log ends; a little more is let through, so that whoever reads it sees that it is too long.
    ///   - bringsOutputs: whether it leaves the outputs, too, after a success.
    ///   - continues: whether a command of the attempt has run before.
    func text(logLimit: Int64?, bringsOutputs: Bool, continues: Bool) -> String {
        let blocks = logLimit.map { "\($0 / 512 + 256)" } ?? "unlimited"
        let (variables, result, report) = (Self.variables, Self.result, Self.report)
        let copy = bringsOutputs ? Self.copy : ""
        let begin = continues ? "{ \(Self.continues); } || { _bf_end lost; exit 0; }" : Self.begin
        return """
            exec 2>/dev/null
            _bf_d=$1; shift
            while [ "$1" != -- ]; do
                _bf_x=$(cat \(variables)/"$1"; echo x) && export "$1=${_bf_x%x}" || exit 70
                shift
            done
            shift
            _bf_end() { echo "$@" >\(result)/\(report); }
            \(begin)
            cd -- "$_bf_d" || { _bf_end chdir; exit 0; }
            unset OLDPWD SHLVL
            command -v "$1" >/dev/null || { _bf_end execute; exit 0; }
            if ! command -v tee >/dev/null || ! command -v mkfifo >/dev/null || ! mkfifo \(output) \(control); then
                ("$@") 2>&1 </dev/null
                _bf_end exit $?
                exit 0
            fi
            (trap '' TERM 25; ulimit -f \(blocks); exec tee \(text) <\(output)) &
            _bf_t=$!
            (read _bf_x <\(control) && kill -s TERM -1) >/dev/null &
            (exec "$@") >\(output) 2>&1 </dev/null
            _bf_c=$?
            for _bf_i in 1 2 3; do
                for _bf_p in /proc/[0-9]*; do
                    _bf_p=${_bf_p#/proc/}
                    [ "$_bf_p" = 1 ] || [ "$_bf_p" = $_bf_t ] || kill -s KILL "$_bf_p"
                done
            done
            wait $_bf_t
            \(copy)
            _bf_end exit $_bf_c $(wc -c <\(text)) $_bf_o
            exit 0
            """
    }

    private static let begun = "begun"

    /// Leaves the marks.
    private static let begin = """
        for _bf_m in \(mark) \(sourcesMark); do
            if [ -d $_bf_m ]; then : >$_bf_m/\(begun); fi
        done
        """

    /// A shell's question whether the folders are those that commands before had.
    static let continues = "[ -e \(mark)/\(begun) ] && { [ ! -d \(sourcesMark) ] || [ -e \(sourcesMark)/\(begun) ]; }"

    /// Copies what a log has from an offset on.
    func tail(from offset: Int64) -> String { "tail -c +\(offset + 1) \(text) >\(Self.result)/text 2>/dev/null || :" }

    /// Sends SIGTERM to the command, by the pipe that the script reads; without a reader it goes nowhere.
    var terminate: String { "[ -p \(control) ] && echo >\(control)" }

    /// Copies the outputs; what cannot be copied whole is fetched later, which tells why it cannot be.
    private static let copy = """
        if [ $_bf_c = 0 ]; then
            if cp -a \(PhasePlaces.sandbox.out) \(result)/\(outputs); then
                _bf_o=outputs
            else
                rm -rf \(result)/\(outputs)
            fi
        fi
        """

    /// How a command ended, as the script says.
    enum End: Equatable {
        /// With an exit code; `logSize` is the size of the whole log, if there is a file of it. `hasOutputs`: they came back with it.
        case exited(code: Int, logSize: Int64?, hasOutputs: Bool = false)
        /// The working directory cannot be entered.
        case noDirectory
        /// There is no such program.
        case noProgram
        /// The daemon has lost what the commands before it left.
        case lost
    }

    /// Reads the file; nil for what the script does not write.
    static func end(_ bytes: [UInt8]) -> End? {
        let words = String(decoding: bytes.prefix(100), as: UTF8.self).split(whereSeparator: \.isWhitespace)
        switch words.first {
        case "chdir": return .noDirectory
        case "execute": return .noProgram
        case "lost": return .lost
        case "exit":
            guard words.count > 1, let code = Int(words[1]) else { return nil }
            return .exited(code: code, logSize: words.count > 2 ? Int64(words[2]) : nil, hasOutputs: words.last == "outputs")
        default: return nil
        }
    }
}
