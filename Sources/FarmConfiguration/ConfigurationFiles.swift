public import Documents
public import FarmModel

/// The files that settings are read from. The only part of the configuration that touches a disk.
public enum ConfigurationFiles {
    /// The file of the machine.
    public static let system = "/etc/bf/bf.yaml"

    /// The file of the user, by the XDG base directory specification, which says that relative values are to be ignored.
    public static func user(_ environment: (String) -> String?) -> String? {
        if let folder = environment("XDG_CONFIG_HOME"), folder.hasPrefix("/") { return folder + "/bf/bf.yaml" }
        if let home = environment("HOME"), home.hasPrefix("/") { return home + "/.config/bf/bf.yaml" }
        return nil
    }

    /// The file that `BF_CONFIG` names: it is read in the place of all others.
    public static func chosen(_ environment: (String) -> String?) -> String? {
        environment("BF_CONFIG").flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Reads the files of the machine and the user that exist, or the one that `BF_CONFIG` names.
    /// - Throws: `configuration` if a file cannot be read, or if others than root and the user may write it.
    public static func read(_ environment: (String) -> String?) throws(FarmError) -> [DocumentInput] {
        if let path = chosen(environment) {
            guard let file = try read(path) else { throw FarmError(.configuration, "BF_CONFIG names \(path), which does not exist") }
            return [file]
        }
        var files: [DocumentInput] = []
        for path in [system, user(environment)] {
            guard let path, let file = try read(path) else { continue }
            files.append(file)
        }
        return files
    }

    /// Reads a file; nil if there is none.
    /// - Throws: `configuration` if it cannot be read, or if others than root and the user may write it.
    public static func read(_ path: String) throws(FarmError) -> DocumentInput? {
        try TrustedFile.content(of: path, limit: DocumentLimits.documentBytes).map { DocumentInput(name: path, bytes: $0, base: nil) }
    }
}
