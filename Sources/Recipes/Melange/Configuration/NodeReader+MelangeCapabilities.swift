import Documents
import FarmModel

extension NodeReader {
    /// `setcap`, an entry for a file each.
    mutating func melangeFileCapabilities(_ fields: DocumentNode) -> [MelangeFileCapabilities] {
        var entries: [MelangeFileCapabilities] = []
        for node in melangeSections(fields, "setcap", MelangeKeys.fileCapability) {
            let path = requiredMelangeText(node, "path")
            let capabilities = melangeAddedCapabilities(node)
            if let reason = requiredMelangeText(node, "reason"), reason.value.trimmed.isEmpty {
                fail(at: reason.position, "reason: say why the file needs these capabilities")
            }
            if let path { entries.append(MelangeFileCapabilities(path: path, capabilities: capabilities)) }
        }
        return entries
    }

    /// `add`: names of capabilities, joined by commas, and how they are set: `cap_net_raw` → `+ep`.
    private mutating func melangeAddedCapabilities(_ fields: DocumentNode) -> FileCapabilities {
        var all = FileCapabilities(path: "")
        let additions = melangePairs(fields, "add")
        if additions.isEmpty {
            fail(at: fields.position, "add: expected capabilities and how they are set, such as cap_net_raw: +ep")
        }
        for addition in additions {
            let set = melangeCapabilities(addition)
            guard let flags = melangeCapabilityFlags(addition.value) else { continue }
            all.formUnion(FileCapabilities(set, flags))
        }
        return all
    }

    private mutating func melangeCapabilities(_ addition: MelangePair) -> CapabilitySet {
        var set = CapabilitySet()
        for name in addition.key.split(separator: ",", omittingEmptySubsequences: false).map({ String($0).trimmed }) {
            if let one = CapabilitySet(names: [name]) {
                set.formUnion(one)
            } else {
                let whole = CapabilitySet.allNames.first { $0 == "cap_" + name }.map { ", did you mean \($0.quoted)?" }
                let advice = whole ?? suggestionText(for: name, among: CapabilitySet.allNames)
                fail(at: addition.position, "add: there is no capability \(name.quoted)\(advice)")
            }
        }
        return set
    }

    /// The letters of cap_from_text(3) behind `+` or `=`; nil after an error was collected.
    private mutating func melangeCapabilityFlags(_ text: MelangeText) -> Set<UInt8>? {
        let value = text.value.trimmed
        let letters = value.utf8.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "=") }
        if !letters.isEmpty, value.utf8.count - letters.count <= 1, letters.allSatisfy("eip".utf8.contains) { return Set(letters) }
        fail(at: text.position, "add: expected + and letters of e, i and p, such as +ep, found \(value.quoted)")
        return nil
    }
}

extension FileCapabilities {
    /// Some capabilities, in the sets that the letters `e`, `i` and `p` stand for.
    fileprivate init(_ set: CapabilitySet, _ flags: Set<UInt8>) {
        self.init(path: "")
        if flags.contains(UInt8(ascii: "p")) { permitted = set }
        if flags.contains(UInt8(ascii: "i")) { inheritable = set }
        isEffective = flags.contains(UInt8(ascii: "e"))
    }
}
