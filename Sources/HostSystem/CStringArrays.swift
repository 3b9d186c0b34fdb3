/// Several lists of strings in the form C wants: null-terminated arrays of pointers, in one block of text.
final class CStringArrays {
    private let text: UnsafeMutablePointer<CChar>
    private let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let starts: [Int]

    /// Copies the lists. No string may hold a zero byte.
    init(_ lists: [[String]]) {
        text = .allocate(capacity: max(1, lists.joined().reduce(0) { $0 + $1.utf8.count + 1 }))
        pointers = .allocate(capacity: lists.reduce(0) { $0 + $1.count + 1 })
        var starts: [Int] = []
        var pointer = pointers
        var end = text
        for list in lists {
            starts.append(pointer - pointers)
            for string in list {
                pointer.initialize(to: end)
                pointer += 1
                for byte in string.utf8 {
                    end.initialize(to: CChar(bitPattern: byte))
                    end += 1
                }
                end.initialize(to: 0)
                end += 1
            }
            pointer.initialize(to: nil)
            pointer += 1
        }
        self.starts = starts
    }

    deinit {
        text.deallocate()
        pointers.deallocate()
    }

    /// The list of that index; valid as long as this object.
    func array(_ index: Int) -> UnsafePointer<UnsafeMutablePointer<CChar>?> { UnsafePointer(pointers + starts[index]) }
}
