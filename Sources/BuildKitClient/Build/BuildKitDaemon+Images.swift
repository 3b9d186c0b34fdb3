internal import EngineClient
internal import FarmModel
internal import NIOCore
internal import Synchronization

extension BuildKitDaemon {
    /// Makes an image and brings it where it belongs. What the daemon cannot do itself is done by other means, and told.
    public func make(
        _ image: ImageBuild, onEvent: @escaping @Sendable (BuildEvent) async -> Void = { _ in }
    ) async throws(BuildKitError) -> ImageOutcome {
        let abilities = try await abilities()
        let choice = ExportChoice(image.export, name: image.name, abilities: abilities)
        var build = image.build
        var fallbacks = choice.fallback.map { [$0] } ?? []
        build.export = choice.export
        if let sink = image.sink, choice.step == nil { build.content.destination = .archive(sink) }
        if let cache = image.cache {
            let caches = CacheChoice(registry: cache.registry, name: cache.name, mode: cache.mode, abilities: abilities)
            build.cacheImports += caches.imports
            build.cacheExports += caches.exports
            fallbacks += caches.fallback.map { [$0] } ?? []
        }
        var response = try await run(build, onEvent: onEvent)
        if let step = choice.step, let digest = try await perform(step, of: image) { response[ImageOutcome.digestKey] = digest }
        return ImageOutcome(response: response, fallbacks: fallbacks)
    }

    /// - Returns: the digest that a registry knows the image by.
    private func perform(_ step: ExportChoice.EngineStep, of image: ImageBuild) async throws(BuildKitError) -> String? {
        let (address, tls) = (endpoint.address, tls)
        return try await whileAnswering("handing out \(image.name)") {
            do {
                let engine = try EngineClient(try EngineAddress(address, tls: tls))
                switch step {
                case .push(let name): return try await Self.push(name, image, engine)
                case .save(let name):
                    try await Self.save(name, image, engine)
                    return nil
                }
            } catch {
                throw BuildKitError(Self.kind(of: error), "\(address): \(image.name) was built, but: \(Self.text(error))")
            }
        }
    }

    private static func push(_ name: String, _ image: ImageBuild, _ engine: EngineClient) async throws -> String? {
        let known = image.build.content.credentials(image.registry)
        let credentials = known.map { known in
            // As BuildKit has it, a password without a name is a token.
            known.name.isEmpty && !known.secret.isEmpty
                ? RegistryCredentials(user: "", password: "", identityToken: known.secret)
                : RegistryCredentials(user: known.name, password: known.secret)
        }
        let pushed = PushedDigest()
        try await engine.push(name, credentials: credentials) { progress in pushed.note(progress.digest) }
        return pushed.value
    }

    private static func save(_ name: String, _ image: ImageBuild, _ engine: EngineClient) async throws {
        guard let sink = image.sink else { return }
        let result: Result<Void, any Error>
        do {
            try await engine.save(name) { buffer in
                try await BlockingWork.run { try sink.write(Array(buffer.readableBytesView)) }
            }
            result = .success(())
        } catch { result = .failure(error) }
        // Of its own, so that it is done for a build that was cancelled, too.
        if image.isNameTemporary { _ = try? await Task { try await engine.removeImage(name) }.value }
        try result.get()
    }

    private static func kind(of error: any Error) -> BuildKitError.Kind {
        switch (error as? EngineError)?.problem {
        case .silent, .unreachable: .lost
        case .cancelled: .cancelled
        default: .refused
        }
    }

    private static func text(_ error: any Error) -> String { (error as? FarmError)?.message ?? "\(error)" }
}

/// What a push ends with.
private final class PushedDigest: Sendable {
    private let digest = Mutex<String?>(nil)

    var value: String? { digest.withLock { $0 } }

    func note(_ next: String?) { digest.withLock { $0 = next ?? $0 } }
}
