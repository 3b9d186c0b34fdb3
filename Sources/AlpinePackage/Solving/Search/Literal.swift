/// That a package is chosen, or that it is not.
struct Literal: Hashable, Sendable {
    /// Twice the package's number, and one more for "not".
    let code: Int32

    private init(code: Int32) { self.code = code }

    /// That a package is chosen.
    static func chosen(_ package: PackagePool.Member) -> Literal { Literal(code: package << 1) }

    /// That a package is not chosen.
    static func refused(_ package: PackagePool.Member) -> Literal { Literal(code: package << 1 | 1) }

    var package: PackagePool.Member { code >> 1 }
    var isChosen: Bool { code & 1 == 0 }
    /// The opposite.
    var negated: Literal { Literal(code: code ^ 1) }
}
