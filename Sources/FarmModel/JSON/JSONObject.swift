/// The members of a JSON object in the order they were written. Lookup is linear: records have few members.
public struct JSONObject: Sendable, Hashable {
    /// One key and its value.
    public struct Member: Sendable, Hashable {
        /// The key.
        public var key: String
        /// The value.
        public var value: JSONValue

        /// Creates a member.
        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// All members in order; keys are unique.
    public private(set) var members: [Member]

    /// An object without members.
    public init() { members = [] }

    /// Wraps members whose keys are known to be unique.
    public init(uniqueMembers members: [Member]) { self.members = members }

    /// The value under a key. Setting appends or replaces; setting nil removes.
    public subscript(_ key: String) -> JSONValue? {
        get { members.first { $0.key == key }?.value }
        set {
            let index = members.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    /// Appends a member unless the value is nil: absent means unknown.
    public mutating func add(_ key: String, _ value: JSONValue?) {
        guard let value else { return }
        members.append(Member(key: key, value: value))
    }

    /// Appends a string unless it is nil.
    public mutating func add(_ key: String, _ value: String?) { add(key, value.map(JSONValue.string)) }

    /// Appends an integer unless it is nil.
    public mutating func add(_ key: String, _ value: Int64?) { add(key, value.map(JSONValue.int)) }

    /// Appends `true`, or nothing for false.
    public mutating func addIfTrue(_ key: String, _ value: Bool) { if value { add(key, .bool(true)) } }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Members in the order written; keys must be unique.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        members = elements.map { Member(key: $0.0, value: $0.1) }
    }
}
