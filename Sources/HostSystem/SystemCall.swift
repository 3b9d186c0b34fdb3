internal import Glibc

/// The one place where results of C calls become values or errors.
enum SystemCall {
    /// The result of a call that reports failure as -1 and `errno`. The call is repeated when a signal interrupted it.
    @discardableResult
    static func value<Result: SignedInteger>(
        _ attempt: String, _ path: String? = nil, _ call: () -> Result
    ) throws(SystemError) -> Result {
        if let path, path.utf8.contains(0) { throw SystemError(code: EINVAL, attempt: attempt, path: path) }
        while true {
            let result = call()
            if result != -1 { return result }
            let code = errno
            if code != EINTR { throw SystemError(code: code, attempt: attempt, path: path) }
        }
    }

    /// The descriptor that a call returns.
    static func descriptor(_ attempt: String, _ path: String? = nil, _ call: () -> Int32) throws(SystemError) -> Descriptor {
        Descriptor(owning: try value(attempt, path, call))
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        return overflow ? (seconds < 0 ? .min : .max) : product + attoseconds / 1_000_000_000_000_000
    }
}
