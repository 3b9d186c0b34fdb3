/// A unit of systemd, or its parts: sections with settings in order.
struct SystemdUnit {
    /// A line of `Name=value`.
    typealias Setting = (name: String, value: String)
    /// Lines under the name of their section.
    typealias Section = (name: String, settings: [Setting])

    let sections: [Section]

    /// As systemd reads it.
    var text: String {
        sections.map { section in
            "[\(section.name)]\n" + section.settings.map { "\($0.name)=\($0.value)\n" }.joined()
        }.joined(separator: "\n")
    }
}

/// A file with the path where it belongs.
struct PlacedFile {
    let path: String
    let text: String
}
