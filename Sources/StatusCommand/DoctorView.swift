internal import Diagnosis
internal import FarmModel
internal import FarmStore
internal import HostSystem
internal import ToolKit

/// Shows what is installed, usable or dangerous on this machine.
struct DoctorView {
    let state: StateOptions
    let format: FormatOptions
    let colors: ColorOptions
    let context: ToolContext

    /// Prints the checks.
    /// - Returns: `failed` if something is a problem.
    func show() throws -> ExitStatus {
        let checks = configurationChecks + Diagnosis(directory, environment: context.environment).run()
        if format.format(in: context) == .table {
            try context.output.write(text.text(checks))
        } else {
            var printer = RecordPrinter<CheckRow>(format, colors, in: context)
            try printer.print(checks.map(CheckRow.init))
        }
        return checks.contains { $0.verdict == .problem } ? .failed : .success
    }

    private var text: CheckText {
        let output = context.output.descriptor
        let width = Terminal.isTerminal(output) ? context.width(of: output) : nil
        return CheckText(width: width, usesUnicode: context.usesUnicode, painter: colors.painter(in: context))
    }

    /// Settings that cannot be read are a finding like others.
    private var configurationChecks: [CheckRecord] {
        do throws(FarmError) {
            _ = try context.configuration()
            return [CheckRecord("configuration", .ok, "settings are well-formed")]
        } catch {
            return [
                CheckRecord(
                    "configuration", .problem, error.message,
                    remedy: "correct bf.yaml; bf-status --config shows where each setting comes from")
            ]
        }
    }

    private var directory: Result<StateDirectory, FarmError> {
        do throws(FarmError) { return .success(try state.directory(in: context)) } catch {
            // Without settings the place may still be known.
            guard let directory = try? StateDirectory.located(flag: state.path, environment: context.environment) else {
                return .failure(error)
            }
            return .success(directory)
        }
    }
}
