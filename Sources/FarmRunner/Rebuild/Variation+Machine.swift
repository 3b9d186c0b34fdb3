import Execution
import HostSystem

extension Variation {
    /// Another host name, locale, time zone, umask, order of folders, one processor, and a later clock where faketime is installed.
    /// - Parameter rootPath: the root folder of the phases; nil for the machine's own programs.
    static func other(than isolation: Isolation, rootPath: String?) -> Variation {
        var variation = Variation()
        if isolation == .sandbox { variation.hostName = "elsewhere" }
        variation.locale = rootPath == nil ? installedLocale ?? "C" : "C"
        // 13 hours and 45 minutes east of Greenwich, so that it is often another day; no data base of zones is needed for it.
        variation.timeZone = "BFT-13:45"
        variation.fileModeMask = 0o002
        variation.reversesFolders = true
        variation.usesOneProcessor = true
        if let library = ClockLibrary.path(below: rootPath ?? "") {
            variation.clock = ClockChange(library: library, seconds: clockSeconds)
        }
        return variation
    }

    /// 400 days, 7 hours and 13 minutes: another year, month, day, hour and minute.
    private static let clockSeconds: Int64 = 400 * 86_400 + 7 * 3_600 + 13 * 60

    private static let patience: Int64 = 5_000

    /// A locale that the machine has and that is not the plain one; nil if there is none.
    private static let installedLocale: String? = {
        let listing = try? Subprocess.run(
            ["/usr/bin/locale", "-a"], environment: [], limit: 1 << 20, deadline: Clock.boottimeMilliseconds + patience)
        let names = String(decoding: listing?.output ?? [], as: UTF8.self).split(separator: "\n").map(String.init)
        return names.first { $0 != "POSIX" && !$0.hasPrefix("C") }
    }()
}
