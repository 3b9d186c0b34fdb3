internal import AsyncHTTPClient
internal import FarmModel
public import FarmStore
internal import HostSystem
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// Brings the messages of the outbox to those who are to be told.
public struct WebhookCourier: Sendable {
    private let store: Store
    private let secret: @Sendable (String) -> [UInt8]?

    private static let batch = 16
    private static let timeout = TimeAmount.seconds(20)
    private static let answerLimit = 4 << 10

    /// - Parameters:
    ///   - store: Has the outbox.
    ///   - secret: The value of a configured secret by its name.
    public init(store: Store, secret: @escaping @Sendable (String) -> [UInt8]?) {
        self.store = store
        self.secret = secret
    }

    /// Delivers as messages fall due, until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            // What goes wrong here, such as a full disk, concerns no message: they stay, and are due again.
            _ = try? await deliverDue()
            try? await Task.sleep(for: .seconds(1))
        }
    }

    /// Delivers what is due now.
    /// - Returns: How many were delivered, and how many were not.
    @discardableResult
    public func deliverDue() async throws -> (delivered: Int, failed: Int) {
        var counts = (delivered: 0, failed: 0)
        while true {
            let store = store
            let messages = try await offloaded { () throws(FarmError) in try store.dueMessages(Self.batch) }
            if messages.isEmpty { return counts }
            let failures = await withTaskGroup(of: Bool.self) { group in
                for message in messages { group.addTask { await deliver(message) } }
                return await group.reduce(0) { $0 + ($1 ? 0 : 1) }
            }
            counts = (counts.delivered + messages.count - failures, counts.failed + failures)
        }
    }

    private func deliver(_ message: OutboxMessage) async -> Bool {
        let store = store
        do {
            try await send(message)
            try await offloaded(on: .waiting) { () throws(FarmError) in try store.delivered(message.id) }
            return true
        } catch {
            let why = (error as? FarmError)?.message ?? "\(error)"
            _ = try? await offloaded(on: .waiting) { () throws(FarmError) in try store.failedDelivery(message.id, why) }
            return false
        }
    }

    private func send(_ message: OutboxMessage) async throws {
        let target = try await WebhookTarget(message)
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(10), read: .seconds(15)))
        // The address that was checked is the one that is used: a name may mean another one a moment later.
        configuration.dnsOverride = [target.host: target.address.description]
        configuration.httpVersion = .http1Only
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            try await exchange(message, client)
            try await client.shutdown()
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    private func exchange(_ message: OutboxMessage, _ client: HTTPClient) async throws {
        var request = HTTPClientRequest(url: message.url)
        request.method = .POST
        let body = Array(message.body.utf8)
        let time = Clock.wallMilliseconds / 1_000
        request.headers = [
            "Content-Type": "application/json", "User-Agent": "bf-serve/\(Release.version)", "Bf-Event": message.type.rawValue,
            "Bf-Event-Id": message.event, "Bf-Timestamp": String(time),
        ]
        if let name = message.secret {
            guard let key = try store.webhookSecret(of: message) ?? secret(name) else {
                throw FarmError(.configuration, "the secret \(name) that signs it is not configured")
            }
            let signature = WebhookSignature.hex(secret: key, timestamp: time, body: body)
            request.headers.add(name: "Bf-Signature", value: "v1=\(signature)")
        }
        request.body = .bytes(ByteBuffer(bytes: body))
        let answer = try await client.execute(request, timeout: Self.timeout)
        _ = try? await answer.body.collect(upTo: Self.answerLimit)
        guard (200..<300).contains(answer.status.code) else { throw FarmError(.unavailable, "it answered \(answer.status.code)") }
    }
}

/// Where a message goes: a host, and the address of it that was checked.
private struct WebhookTarget {
    let host: String
    let address: NetworkAddress

    init(_ message: OutboxMessage) async throws {
        let name = Self.host(of: message.url)
        guard !name.isEmpty else { throw FarmError(.badInput, "its address names no host") }
        let addresses = try await offloaded(on: .waiting) { () throws(FarmError) in
            do throws(SystemError) { return try NetworkAddress.resolve(name) } catch { throw FarmError(.unavailable, "\(error)") }
        }
        // One forbidden address among several is as good as only forbidden ones: which of them is used is not ours to say.
        if !message.allowsPrivate, let forbidden = addresses.first(where: { !$0.isPublic }) {
            throw FarmError(
                .noPermission,
                "\(name) is \(forbidden), which is not on the public internet; only a configured webhook may say private: true")
        }
        guard let first = addresses.first else { throw FarmError(.unavailable, "\(name) has no address") }
        host = name
        address = first
    }

    /// The host of an address that ``Webhook/fault(ofURL:)`` let through.
    private static func host(of url: String) -> String {
        let authority =
            url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).dropFirst(2).first?
            .prefix { !"/?#\\".contains($0) } ?? ""
        if authority.hasPrefix("[") { return String(authority.dropFirst().prefix { $0 != "]" }) }
        return String(authority.prefix { $0 != ":" })
    }
}
