import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes

/// The profiles that the farm knows.
struct DsynthProfiles {
    let store: Store

    /// The name of the profile that counts where none is named.
    func selected() throws(FarmError) -> String { try store.selectedProfile() ?? DsynthBuild.usualProfile }

    /// A profile; one that nobody made changes nothing.
    func profile(_ name: String?) throws(FarmError) -> DsynthProfile {
        let name = if let name { name } else { try selected() }
        return DsynthProfile(name: name, stored: try store.profiles()[name] ?? JSONObject())
    }

    /// All profiles by name, the usual one among them.
    func all() throws(FarmError) -> [DsynthProfile] {
        var stored = try store.profiles()
        for name in [DsynthBuild.usualProfile, try selected()] where stored[name] == nil { stored[name] = JSONObject() }
        return stored.sorted { $0.key < $1.key }.map { DsynthProfile(name: $0.key, stored: $0.value) }
    }
}

/// go-dsynth's configuration: the profiles, and what of the rest may be seen.
struct DsynthConfig: Sendable {
    let services: Services

    var routes: [Route] {
        [
            Route(.get, "/config", .dsynthGetConfig, dialect: .dsynth) { try await get($0) },
            Route(.put, "/config", .dsynthPutConfig, dialect: .dsynth) { try await put($0) },
            Route(.get, "/config/profiles", .dsynthListProfiles, dialect: .dsynth) { try await profiles($0) },
            Route(.post, "/config/profiles", .dsynthCreateProfile, dialect: .dsynth) { try await create($0) },
        ]
    }

    private func get(_ call: Call) async throws -> Reply {
        .dsynth(.ok, try await offloaded { () throws(FarmError) in try shown() }, call)
    }

    private func put(_ call: Call) async throws -> Reply {
        let change = try DsynthConfigurationChange(body: try await call.body())
        let (store, requester) = (services.store, call.requester)
        let data = try await offloaded(on: .waiting) { () throws(FarmError) in
            if let name = change.selected { try store.selectProfile(name, by: requester) }
            if change.changesProfile {
                var profile = try DsynthProfiles(store: store).profile(nil)
                change.apply(to: &profile)
                _ = try store.setProfile(profile.name, profile.settings, replaces: true, by: requester)
            }
            return try shown()
        }
        return .dsynth(.ok, data, call)
    }

    private func profiles(_ call: Call) async throws -> Reply {
        let store = services.store
        let data = try await offloaded(on: .waiting) { () throws(FarmError) in
            let profiles = DsynthProfiles(store: store)
            return DsynthProfile.list(try profiles.all(), selected: try profiles.selected())
        }
        return .dsynth(.ok, data, call)
    }

    private func create(_ call: Call) async throws -> Reply {
        let profile = try DsynthProfile(body: try await call.body())
        let (store, requester) = (services.store, call.requester)
        let isNew = try await offloaded(on: .waiting) { () throws(FarmError) in
            try store.setProfile(profile.name, profile.settings, replaces: false, by: requester)
        }
        guard isNew else { throw DsynthError(.conflict, "Profile \(profile.name) exists already") }
        return .dsynth(.created, profile.json, call)
    }

    private func shown() throws(FarmError) -> JSONObject {
        let profiles = DsynthProfiles(store: services.store)
        let workers = try services.store.runners().reduce(0) { $0 + $1.slots }
        return DsynthConfigurationChange.configuration(
            selected: try profiles.profile(nil), profiles: try profiles.all().map(\.name), workers: workers)
    }
}
