internal import HostSystem

/// Passes on what a person types and what a shell prints, and the size of the window, until the shell has ended.
struct TerminalPump {
    let person: Descriptor
    let shell: Descriptor
    let child: ChildProcess
    /// Readable once the shell is to end.
    let stop: Descriptor

    private static let portion = 64 * 1024
    /// How often the size of the window is looked at, in milliseconds.
    private static let sizeInterval: Int64 = 250
    /// How long the last process may take to end once it has closed the terminal.
    private static let patience: Int64 = 2_000

    func run() throws(SystemError) {
        var isTyping = true
        while true {
            if let size = Terminal.size(of: person) { Terminal.setSize(size.columns, size.rows, of: shell) }
            let interests: [Poller.Interest] = [.init(shell, .readable), .init(child.handle, .readable), .init(stop, .readable)]
            let events = try Poller.wait(
                interests + (isTyping ? [.init(person, .readable)] : []), timeoutMilliseconds: Self.sizeInterval)
            if events[2] != nil { return }
            if events[0] != nil {
                // Once nothing has the other side open any more, reading fails.
                guard let bytes = try? shell.read(atMost: Self.portion), !bytes.isEmpty else { return try waitForEnd() }
                try person.writeAll(bytes)
            } else if events[1] != nil {
                return
            }
            if isTyping, events[3] != nil {
                let typed = try person.read(atMost: Self.portion) ?? []
                isTyping = !typed.isEmpty
                try shell.writeAll(typed)
            }
        }
    }

    private func waitForEnd() throws(SystemError) {
        _ = try Poller.wait([.init(child.handle, .readable)], timeoutMilliseconds: Self.patience)
    }
}
