import Documents
import FarmModel

/// A file of the workspace with the text of a licence. Bills of materials need it when the workspace is gone, so that a phase after all
/// others copies it to where the folders of the packages lie.
struct LicenseFile {
    /// The file, relative to the workspace.
    let source: String
    /// The copy, relative to `$BF_OUT`.
    let place: String

    /// Where the copy for an entry of `copyright` goes. No package has a name with a full stop in front.
    static func place(ofEntry index: Int, of package: String) -> String { ".licenses/\(package)/\(index)" }

    /// The lines of a script that copy it.
    var script: [String] {
        let file = ShellText.quoted("\(BuildPlaces.workspace)/\(source)")
        let copy = "\"$BF_OUT\"/\(ShellText.quoted(place))"
        let message = "license-path: \(source) is no file of the workspace; correct the path, or have a step make the file"
        return [
            "[ -f \(file) ] || { printf '%s\\n' \(ShellText.quoted(message)) >&2; exit 1; }",
            "mkdir -p \"$(dirname \(copy))\"",
            "cp -L \(file) \(copy)",
        ]
    }
}

extension TextReplacer {
    /// The files that the entries of a package's `copyright` name.
    mutating func licenseFiles(of package: ExpandedPackage) -> [LicenseFile] {
        var files: [LicenseFile] = []
        for (index, copyright) in package.facts.copyrights.enumerated() {
            guard let text = copyright.licensePath, let line = line(text, "license-path") else { continue }
            let path = line.suffix(after: "./") ?? line
            if path.hasOnlyPathNames {
                files.append(LicenseFile(source: path, place: LicenseFile.place(ofEntry: index, of: package.name)))
            } else {
                fail(at: text.position, "license-path: expected a file of the workspace such as COPYING, found \(line.quoted)")
            }
        }
        return files
    }
}
