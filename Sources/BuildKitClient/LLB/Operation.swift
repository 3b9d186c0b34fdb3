internal import FarmModel
internal import SwiftProtobuf

/// One step of a build definition (LLB): its bytes, by whose digest the daemon knows it, and the steps it stands on.
///
/// Equal steps have equal bytes: fields are written in the order of their numbers and maps by key.
public final class Operation: Sendable {
    /// `sha256:` of ``bytes``.
    public let digest: String
    /// The step as the daemon gets it.
    public let bytes: [UInt8]
    let metadata: Pb_OpMetadata
    let inputs: [Output]

    init(_ operation: Pb_Op, on inputs: [Output] = [], platform: Platform?, name: String?, ignoresCache: Bool = false) {
        var operation = operation
        operation.inputs = inputs.map { input in
            .with {
                $0.digest = input.operation.digest
                $0.index = Int64(input.index)
            }
        }
        if let platform { operation.platform = platform.message }
        operation.constraints = Pb_WorkerConstraints()
        bytes = operation.deterministicBytes
        digest = Digest.of(bytes).description
        self.inputs = inputs
        metadata = .with {
            if let name { $0.description_p = ["llb.customname": name] }
            $0.ignoreCache = ignoresCache
        }
    }

    /// What the step makes; most make one thing.
    public func output(_ index: Int = 0) -> Output { Output(operation: self, index: index) }
}

/// A file system that a step makes.
public struct Output: Sendable {
    /// The step.
    public let operation: Operation
    /// Which of the things that the step makes.
    public let index: Int

    func isSame(as other: Output) -> Bool { operation.digest == other.operation.digest && index == other.index }
}

extension Pb_Op {
    /// Serialising can fail only where a required field or a well-known type is wrong, which these messages do not have.
    fileprivate var deterministicBytes: [UInt8] {
        var options = BinaryEncodingOptions()
        options.useDeterministicOrdering = true
        return (try? serializedBytes(options: options)) ?? []
    }
}

/// A build definition: every step that one output stands on, each once, those first that others stand on.
public struct Definition: Sendable {
    let message: Pb_Definition

    /// How many steps it has.
    public var count: Int { message.def.count }

    /// Collects the steps. Their number does not matter: nothing here is recursive.
    public init(of result: Output) {
        var definition = Pb_Definition()
        var seen: Set<String> = []
        var pending: [(operation: Operation, isEntered: Bool)] = [(result.operation, false)]
        while let (operation, isEntered) = pending.popLast() {
            if isEntered {
                definition.def.append(operation.bytes.protobuf)
                definition.metadata[operation.digest] = operation.metadata
            } else if seen.insert(operation.digest).inserted {
                pending.append((operation, true))
                pending += operation.inputs.reversed().map { ($0.operation, false) }
            }
        }
        let end = Operation(Pb_Op(), asEndOf: result)
        definition.def.append(end.bytes.protobuf)
        definition.metadata[end.digest] = Pb_OpMetadata()
        message = definition
    }
}

extension Operation {
    /// The last step of a definition says only which output is the result.
    fileprivate convenience init(_ empty: Pb_Op, asEndOf result: Output) {
        self.init(empty, on: [result], platform: nil, name: nil)
    }
}
