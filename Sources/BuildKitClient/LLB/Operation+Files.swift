internal import SwiftProtobuf

/// A change of files, in the order in which they are made one after the other.
public enum FileChange: Sendable {
    /// A folder and those on the way to it.
    case folder(path: String, mode: UInt32, owner: UInt32 = 0)
    /// A file with its content.
    case file(path: String, content: [UInt8], mode: UInt32)
    /// A symbolic link; old daemons cannot.
    case link(path: String, target: String)
    /// Everything of another file system at `path`, into the folder `destination`.
    case copy(from: Output, path: String, destination: String)
    /// Removes what is there, if anything is.
    case removal(path: String)
}

extension Operation {
    /// Changes files of `base`; without one, of an empty file system.
    /// - Parameter time: of what is made, in nanoseconds since 1970; nil for that of the copied, and now.
    public static func files(_ changes: [FileChange], on base: Output? = nil, time: Int64? = nil, platform: Platform? = nil) -> Operation {
        var inputs: [Output] = base.map { [$0] } ?? []
        var actions: [Pb_FileAction] = []
        for (index, change) in changes.enumerated() {
            var action = Pb_FileAction()
            // What an action made is numbered after the inputs of the whole step, so the inputs must be known first: see below.
            action.output = index == changes.count - 1 ? 0 : -1
            action.secondaryInput = -1
            if case .copy(let source, _, _) = change {
                if let known = inputs.firstIndex(where: { $0.isSame(as: source) }) {
                    action.secondaryInput = Int64(known)
                } else {
                    action.secondaryInput = Int64(inputs.count)
                    inputs.append(source)
                }
            }
            action.action = change.action(time: time ?? -1)
            actions.append(action)
        }
        for index in actions.indices {
            actions[index].input = index == 0 ? (base == nil ? -1 : 0) : Int64(inputs.count + index - 1)
        }
        let operation = Pb_Op.with { $0.file.actions = actions }
        return Operation(operation, on: inputs, platform: platform, name: "files")
    }

    /// Several file systems laid over each other; old daemons cannot.
    public static func merge(_ parts: [Output], platform: Platform? = nil) -> Operation {
        let operation = Pb_Op.with { operation in
            operation.merge.inputs = parts.indices.map { index in .with { $0.input = Int64(index) } }
        }
        return Operation(operation, on: parts, platform: platform, name: "merge")
    }

    /// What `upper` has and `lower` has not; old daemons cannot.
    public static func difference(from lower: Output, to upper: Output, platform: Platform? = nil) -> Operation {
        let operation = Pb_Op.with {
            $0.diff.lower.input = 0
            $0.diff.upper.input = 1
        }
        return Operation(operation, on: [lower, upper], platform: platform, name: "difference")
    }
}

extension FileChange {
    fileprivate func action(time: Int64) -> Pb_FileAction.OneOf_Action {
        switch self {
        case .folder(let path, let mode, let owner):
            .mkdir(
                .with {
                    $0.path = path
                    $0.mode = Int32(mode)
                    $0.makeParents = true
                    if owner != 0 {
                        $0.owner.user.byID = owner
                        $0.owner.group.byID = owner
                    }
                    $0.timestamp = time
                })
        case .file(let path, let content, let mode):
            .mkfile(
                .with {
                    $0.path = path
                    $0.data = content.protobuf
                    $0.mode = Int32(mode)
                    $0.timestamp = time
                })
        case .link(let path, let target):
            .symlink(
                .with {
                    $0.oldpath = target
                    $0.newpath = path
                    $0.timestamp = time
                })
        case .copy(_, let path, let destination):
            .copy(
                .with {
                    $0.src = path
                    $0.dest = destination
                    $0.mode = -1
                    $0.dirCopyContents = true
                    $0.createDestPath = true
                    $0.allowWildcard = true
                    $0.allowEmptyWildcard = true
                    $0.timestamp = time
                })
        case .removal(let path):
            .rm(
                .with {
                    $0.path = path
                    $0.allowNotFound = true
                })
        }
    }
}
