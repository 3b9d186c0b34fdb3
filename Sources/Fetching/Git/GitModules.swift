/// The submodules that a `.gitmodules` file describes.
struct GitModules {
    private var addresses: [String: String] = [:]

    /// Reads what `git config -z --get-regexp` prints of it: `submodule.NAME.path` or `.url`, a line feed, the value, a zero byte.
    init(_ output: [UInt8]) {
        var paths: [String: String] = [:]
        var urls: [String: String] = [:]
        for record in output.split(separator: 0) {
            let text = String(decoding: record, as: UTF8.self)
            guard let end = text.firstIndex(of: "\n") else { continue }
            let key = text[..<end].dropFirst("submodule.".count)
            let value = String(text[text.index(after: end)...])
            if key.hasSuffix(".path") { paths[String(key.dropLast(5))] = value }
            if key.hasSuffix(".url") { urls[String(key.dropLast(4))] = value }
        }
        for (name, path) in paths { addresses[path] = urls[name] }
    }

    /// The address of the submodule at a path, as the file says it.
    func address(of path: String) -> String? { addresses[path] }

    /// A submodule's address; one that starts with `./` or `../` counts from the address of its repository.
    static func resolved(_ address: String, from base: String) -> String {
        guard address.hasPrefix("./") || address.hasPrefix("../") else { return address }
        var base = base[...]
        var rest = address[...]
        while base.hasSuffix("/") { base.removeLast() }
        while true {
            if rest.hasPrefix("./") {
                rest.removeFirst(2)
            } else if rest.hasPrefix("../") {
                rest.removeFirst(3)
                guard let end = base.lastIndex(where: { $0 == "/" || $0 == ":" }) else { return address }
                base = base[..<(base[end] == ":" ? base.index(after: end) : end)]
            } else {
                break
            }
        }
        return base.hasSuffix(":") ? base + String(rest) : "\(base)/\(rest)"
    }
}
