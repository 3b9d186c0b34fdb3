/// Composes the documents of a YAML stream into nodes: YAML 1.2's core schema, anchors, aliases and merge keys, no other tags.
///
/// Hostile texts are bounded by ``DocumentLimits``: an alias costs as many nodes and bytes as all that it stands for.
struct YAMLDocuments {
    /// What a node costs with all below it.
    private struct Weight {
        var nodes = 0
        var bytes = 0
    }

    private struct Anchor {
        var node: DocumentNode
        var weight: Weight
    }

    private let events: YAMLEvents
    private var anchors: [String: Anchor] = [:]
    private var openAnchors: Set<String> = []
    private var aliases = 0
    private var weight = Weight()

    /// Starts at the beginning of `bytes`, which must outlive this value.
    init(_ bytes: UnsafeBufferPointer<UInt8>) { events = YAMLEvents(bytes) }

    /// The next document, or nil at the end.
    mutating func next() throws(DocumentFault) -> DocumentNode? {
        while true {
            switch try events.next().kind {
            case .streamEnd: return nil
            case .documentStart:
                anchors.removeAll()
                return try compose(try events.next(), depth: 0)
            default: continue
            }
        }
    }

    private mutating func compose(_ event: YAMLEvent, depth: Int) throws(DocumentFault) -> DocumentNode {
        guard depth <= DocumentLimits.depth else { throw event.fault("nested deeper than \(DocumentLimits.depth)") }
        if case .alias(let name) = event.kind { return try resolve(alias: name, event) }
        let before = weight
        if let anchor = event.anchor { openAnchors.insert(anchor) }
        let node = try composeContent(event, depth: depth)
        if let anchor = event.anchor {
            openAnchors.remove(anchor)
            let own = Weight(nodes: weight.nodes - before.nodes, bytes: weight.bytes - before.bytes)
            anchors[anchor] = Anchor(node: node, weight: own)
        }
        return node
    }

    private mutating func composeContent(_ event: YAMLEvent, depth: Int) throws(DocumentFault) -> DocumentNode {
        switch event.kind {
        case .scalar(let text, let isPlain):
            try spend(Weight(nodes: 1, bytes: text.utf8.count), event)
            guard let value = YAMLScalar.value(of: text, isPlain: isPlain, tag: event.tag) else { throw event.tagFault }
            return DocumentNode(value, text: text, at: event.position)
        case .listStart:
            guard YAMLScalar.accepts(tag: event.tag, for: "seq") else { throw event.tagFault }
            try spend(Weight(nodes: 1), event)
            return DocumentNode(.list(try composeElements(depth: depth)), at: event.position)
        default:
            guard YAMLScalar.accepts(tag: event.tag, for: "map") else { throw event.tagFault }
            try spend(Weight(nodes: 1), event)
            return DocumentNode(.mapping(try composeMembers(depth: depth)), at: event.position)
        }
    }

    private mutating func spend(_ cost: Weight, _ event: YAMLEvent) throws(DocumentFault) {
        weight.nodes += cost.nodes
        weight.bytes += cost.bytes
        guard weight.nodes <= DocumentLimits.nodes, weight.bytes <= DocumentLimits.expandedBytes else {
            throw event.fault(
                "more than \(DocumentLimits.nodes) values or \(DocumentLimits.expandedSize), aliases counted as what they stand for")
        }
    }

    private mutating func resolve(alias name: String, _ event: YAMLEvent) throws(DocumentFault) -> DocumentNode {
        guard !openAnchors.contains(name) else { throw event.fault("the alias *\(name) stands within its own anchor") }
        guard let anchor = anchors[name] else { throw event.fault("no anchor &\(name) stands before the alias *\(name)") }
        aliases += 1
        guard aliases <= DocumentLimits.aliases else { throw event.fault("more than \(DocumentLimits.aliases) aliases") }
        try spend(anchor.weight, event)
        return anchor.node
    }

    private mutating func composeElements(depth: Int) throws(DocumentFault) -> [DocumentNode] {
        var elements: [DocumentNode] = []
        while true {
            let event = try events.next()
            if case .listEnd = event.kind { return elements }
            elements.append(try compose(event, depth: depth + 1))
        }
    }

    private mutating func composeMembers(depth: Int) throws(DocumentFault) -> [DocumentMember] {
        var members: [DocumentMember] = []
        var merged: [DocumentMember] = []
        var keys = UniqueKeys()
        var hasMerge = false
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind { break }
            let key = try composeKey(event)
            let value = try compose(try events.next(), depth: depth + 1)
            if event.isMergeKey {
                guard !hasMerge else { throw event.fault("the key \"<<\" stands twice; merge a list of mappings instead") }
                hasMerge = true
                merged = try mergedMembers(value)
            } else {
                guard keys.insert(key, after: members) else { throw event.fault("the key \(key.quoted) stands twice") }
                members.append(DocumentMember(key: key, position: event.position, value: value))
            }
        }
        for member in merged where keys.insert(member.key, after: members) { members.append(member) }
        return members
    }

    private mutating func composeKey(_ event: YAMLEvent) throws(DocumentFault) -> String {
        switch event.kind {
        case .scalar, .alias:
            let node = try compose(event, depth: 0)
            guard node.isScalar else { throw event.fault("a key must be a string, not \(node.found)") }
            return node.text
        case .listStart: throw event.fault("a key must be a string, not a list")
        default: throw event.fault("a key must be a string, not a mapping")
        }
    }

    private func mergedMembers(_ value: DocumentNode) throws(DocumentFault) -> [DocumentMember] {
        if let members = value.members { return members }
        guard case .list(let elements) = value.value else { throw value.mergeFault }
        var all: [DocumentMember] = []
        for element in elements {
            guard let members = element.members else { throw element.mergeFault }
            all += members
        }
        return all
    }
}

extension YAMLEvent {
    fileprivate func fault(_ message: String) -> DocumentFault { DocumentFault(position: position, message: message) }

    fileprivate var tagFault: DocumentFault {
        fault(
            "the tag \(YAMLScalar.shortTag(tag ?? "").quoted) does not fit here; only !!str, !!int, !!float, !!bool, !!null, !!seq and !!map are known"
        )
    }

    /// `<<` as a plain scalar (https://yaml.org/type/merge.html).
    fileprivate var isMergeKey: Bool {
        if case .scalar("<<", isPlain: true) = kind { tag == nil } else { false }
    }
}

extension DocumentNode {
    fileprivate var isScalar: Bool {
        switch value {
        case .list, .mapping: false
        default: true
        }
    }

    fileprivate var mergeFault: DocumentFault {
        DocumentFault(position: position, message: "\"<<\" merges a mapping or a list of mappings, not \(found)")
    }
}
