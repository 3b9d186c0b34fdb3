import FarmModel
import FarmStore

extension StateDirectory {
    /// Tells a farm from others in names that they share, as those of control groups.
    var farmName: String { String(Digest.of(Array(path.utf8)).hex.prefix(12)) }
}
