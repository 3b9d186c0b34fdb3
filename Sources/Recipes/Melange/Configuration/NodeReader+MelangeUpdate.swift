import Documents

extension NodeReader {
    /// `update`: its keys are checked, and nothing of it is acted on.
    mutating func melangeUpdate(_ fields: DocumentNode) -> DocumentNode? {
        guard let update = melangeSection(fields, "update", MelangeKeys.update) else { return nil }
        for key in ["enabled", "manual", "require-sequential", "shared", "enable-prerelease-tags"] { _ = flag(update, key) }
        for key in ["version-separator", "exclude-reason"] { _ = melangeText(update, key) }
        _ = melangeTexts(update, "ignore-regex-patterns")
        let monitors = [
            ("release-monitor", MelangeKeys.releaseMonitor), ("github", MelangeKeys.github), ("git", MelangeKeys.git),
            ("oci", MelangeKeys.registry), ("version_data", MelangeKeys.versionData), ("schedule", MelangeKeys.schedule),
        ]
        for (key, allowed) in monitors { _ = melangeSection(update, key, allowed) }
        if let schedule = update["schedule"], let period = schedule["period"] {
            _ = member(period, "period", of: ["daily", "weekly", "monthly"])
        }
        _ = melangeSections(update, "version-transform", MelangeKeys.versionTransform)
        return update
    }
}
