import FarmModel

/// What variables say about the machine that packages are made for.
struct BuildMachine {
    private let architecture: Architecture

    /// The machine of an architecture.
    init(_ architecture: Architecture) { self.architecture = architecture }

    /// The variables, with their values.
    var variables: [String: String] {
        [
            "build.arch": architecture.name,
            "build.goarch": goArchitecture,
            "host.triplet.gnu": gnuTriplet("gnu"),
            "host.triplet.rust": rustTriplet("gnu"),
            "cross.triplet.gnu.glibc": gnuTriplet("gnu"),
            "cross.triplet.gnu.musl": gnuTriplet("musl"),
            "cross.triplet.rust.glibc": rustTriplet("gnu"),
            "cross.triplet.rust.musl": rustTriplet("musl"),
        ]
    }

    /// As Go calls it (https://go.dev/doc/install/source#environment).
    private var goArchitecture: String {
        switch architecture.name {
        case "x86_64": "amd64"
        case "aarch64": "arm64"
        case "armv7": "arm"
        default: architecture.name
        }
    }

    private func gnuTriplet(_ library: String) -> String {
        switch architecture.name {
        case "x86_64": "x86_64-pc-linux-\(library)"
        case "armv7": "armv7l-unknown-linux-\(library)eabihf"
        default: "\(architecture.name)-unknown-linux-\(library)"
        }
    }

    private func rustTriplet(_ library: String) -> String {
        "\(architecture.name)-unknown-linux-\(library)" + (architecture.name == "armv7" ? "eabihf" : "")
    }
}
