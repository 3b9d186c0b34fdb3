public import FarmModel
public import FarmStore
internal import HostSystem

/// Forecasts of the builds that somebody looks on: made anew as often as that costs little.
public struct ForecastCache {
    private let store: any Farm
    private var builds: [BuildID: Entry] = [:]

    private struct Entry {
        var forecaster: any BuildForecaster
        var forecast: BuildForecast?
        /// The end of its time, in boot-clock milliseconds.
        var dueMilliseconds: Int64
    }

    private static let shortest: Int64 = 500
    /// Looking ahead takes at most one part of so many of the time.
    private static let idleShare: Int64 = 20

    /// Makes forecasts from a store.
    public init(_ store: any Farm) { self.store = store }

    /// When a build will be done; nil if that cannot be told.
    public mutating func forecast(_ build: BuildRecord) throws(FarmError) -> BuildForecast? {
        guard !build.state.isTerminal else {
            builds[build.id] = nil
            return nil
        }
        let start = Clock.boottimeMilliseconds
        if let entry = builds[build.id], start < entry.dueMilliseconds { return entry.forecast }
        var forecaster = builds[build.id]?.forecaster ?? store.forecaster(of: build.id)
        let forecast = try forecaster.forecast(build)
        let cost = Clock.boottimeMilliseconds - start
        builds[build.id] = Entry(
            forecaster: forecaster, forecast: forecast, dueMilliseconds: start + max(Self.shortest, cost * Self.idleShare))
        return forecast
    }
}
