internal import GRPCCore
internal import SwiftProtobuf

/// Answers the daemon's question whether the client is still there.
struct HealthService: Grpc_Health_V1_Health.SimpleServiceProtocol {
    func check(request: Grpc_Health_V1_HealthCheckRequest, context: ServerContext) async throws -> Grpc_Health_V1_HealthCheckResponse {
        .with { $0.status = .serving }
    }
}

/// Hands out secrets.
struct SecretsService: Moby_Buildkit_Secrets_V1_Secrets.SimpleServiceProtocol {
    let secrets: [String: [UInt8]]

    func getSecret(
        request: Moby_Buildkit_Secrets_V1_GetSecretRequest, context: ServerContext
    ) async throws -> Moby_Buildkit_Secrets_V1_GetSecretResponse {
        guard let value = secrets[request.id] else { throw RPCError(code: .notFound, message: "there is no secret \(request.id)") }
        return .with { $0.data = value.protobuf }
    }
}

/// Hands out credentials of registries.
struct CredentialsService: Moby_Filesync_V1_Auth.SimpleServiceProtocol {
    let credentials: @Sendable (String) -> (name: String, secret: String)?

    func credentials(
        request: Moby_Filesync_V1_CredentialsRequest, context: ServerContext
    ) async throws -> Moby_Filesync_V1_CredentialsResponse {
        let known = credentials(request.host)
        return .with {
            $0.username = known?.name ?? ""
            $0.secret = known?.secret ?? ""
        }
    }
}
