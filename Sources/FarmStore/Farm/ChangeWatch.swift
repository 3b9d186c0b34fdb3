public import HostSystem

/// Notices that something has changed in a farm.
public protocol ChangeWatch: AnyObject {
    /// Readable when something has changed; nil if the caller has to look by itself, each ``DoorbellWatch/pollMilliseconds``.
    var descriptor: Descriptor? { get }

    /// Forgets the changes so far.
    /// - Returns: Whether there were any.
    @discardableResult
    func drain() -> Bool
}

extension DoorbellWatch: ChangeWatch {}
