/// How much text a configuration has come to: the limit holds for all of it together, so that nothing multiplies without end.
struct TextBudget: Sendable {
    private var spent = 0

    /// Counts some bytes.
    mutating func spend(_ bytes: Int) throws(SubstitutionFault) {
        spent += bytes
        guard spent <= MelangeLimits.expandedBytes else {
            throw SubstitutionFault(message: "all texts together are longer than \(MelangeLimits.expandedBytes) bytes")
        }
    }
}
