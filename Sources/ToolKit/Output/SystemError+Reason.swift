internal import HostSystem

extension SystemError {
    /// What the kernel said, without what was attempted.
    var reason: String {
        let text = description
        guard let end = text.lastIndex(of: ":") else { return text }
        return String(text[end...].dropFirst(2))
    }
}
