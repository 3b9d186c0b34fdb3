// swift-tools-version: 6.2
import PackageDescription

/// Every target of our own is checked as strictly as the compiler can.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// The libraries, from the bottom up: each imports only what stands above it here.
let libraries: [Target] = [
    .target(name: "CHostSystem"),
    // SHA-256 and AES-GCM with the processor's instructions, in a library of 300 KB: what is larger would be felt at each start of a tool.
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    // RSA, of the same library: apk signs with nothing else.
    .systemLibrary(name: "CHogweed", pkgConfig: "hogweed", providers: [.apt(["nettle-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .target(name: "HostSystem", dependencies: ["CHostSystem"], swiftSettings: strict),
    .target(name: "BuildGraph", swiftSettings: strict),
    .target(name: "FarmModel", dependencies: ["BuildGraph", "CNettle"], swiftSettings: strict),
    .target(name: "FarmStore", dependencies: ["CNettle", "CSQLite", "CZstd", "FarmModel", "HostSystem"], swiftSettings: strict),
    .target(name: "Documents", dependencies: ["BuildGraph", "CYAML", "FarmModel"], swiftSettings: strict),
    .target(name: "FarmConfiguration", dependencies: ["Documents", "FarmModel", "HostSystem"], swiftSettings: strict),
    // What apk packages are, as values: versions, constraints, records, indexes, and which of them go together.
    .target(name: "AlpinePackage", dependencies: ["BuildGraph", "FarmModel"], swiftSettings: strict),
    .target(name: "Recipes", dependencies: ["AlpinePackage", "BuildGraph", "Documents", "FarmModel"], swiftSettings: strict),
    .target(name: "Fetching", dependencies: ["FarmModel", "HostSystem"], swiftSettings: strict),
    .target(name: "Archives", dependencies: ["CArchive", "FarmModel", "HostSystem"], swiftSettings: strict),
    .target(name: "Execution", dependencies: ["FarmModel", "FarmStore", "HostSystem"], swiftSettings: strict),
    // apk packages and indexes as files: compressed segments, archives, signatures.
    .target(
        name: "PackageFiles", dependencies: ["AlpinePackage", "CHogweed", "CNettle", "CZlib", "FarmModel", "HostSystem"],
        swiftSettings: strict),
    // Root file systems made of packages.
    .target(
        name: "PackageRoots", dependencies: ["AlpinePackage", "Fetching", "FarmModel", "HostSystem", "PackageFiles"], swiftSettings: strict),
    // Packages made of folders.
    .target(
        name: "PackageWriting", dependencies: ["AlpinePackage", "CZlib", "FarmModel", "HostSystem", "PackageFiles"], swiftSettings: strict),
    // Docker and Podman by their Engine API.
    .target(
        name: "EngineClient",
        dependencies: [
            "FarmModel", "HostSystem", .product(name: "AsyncHTTPClient", package: "async-http-client"),
            .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
            .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
        ],
        swiftSettings: strict),
    // BuildKit by gRPC.
    .target(
        name: "BuildKitClient",
        dependencies: [
            "FarmModel", "HostSystem", "EngineClient", .product(name: "GRPCCore", package: "grpc-swift-2"),
            .product(name: "GRPCProtobuf", package: "grpc-swift-protobuf"),
            .product(name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport"),
            .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOEmbedded", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
        ],
        exclude: ["Protos/control.proto", "Protos/filesync.proto", "Protos/health.proto", "Protos/llb.proto", "Protos/secrets.proto"],
        swiftSettings: strict),
    // Runs plans on other machines: the executors over both clients.
    .target(
        name: "RemoteExecution",
        dependencies: [
            "Archives", "BuildKitClient", "EngineClient", "Execution", "FarmModel", "FarmStore", "HostSystem",
            .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
        ],
        swiftSettings: strict),
    .target(name: "Diagnosis", dependencies: ["Execution", "FarmModel", "FarmStore", "HostSystem"], swiftSettings: strict),
    .target(
        name: "FarmSubmission", dependencies: ["BuildGraph", "FarmModel", "FarmStore", "Fetching", "HostSystem", "Recipes"],
        swiftSettings: strict),
    .target(
        name: "FarmRunner",
        dependencies: [
            "AlpinePackage", "Archives", "Documents", "Execution", "FarmModel", "FarmStore", "Fetching", "HostSystem", "PackageFiles",
            "PackageRoots", "PackageWriting", "Recipes",
        ],
        swiftSettings: strict),
    .target(
        name: "FarmAPI", dependencies: ["BuildGraph", "Documents", "FarmModel", "FarmStore", "FarmSubmission", "Recipes"],
        swiftSettings: strict),
    .target(
        name: "FarmClient",
        dependencies: [
            "FarmAPI", "FarmModel", "FarmStore", "FarmSubmission", "HostSystem", "Recipes",
            .product(name: "AsyncHTTPClient", package: "async-http-client"), .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
        ],
        swiftSettings: strict),
    .target(
        name: "FarmServer",
        dependencies: [
            "BuildGraph", "CZlib", "Documents", "FarmAPI", "FarmConfiguration", "FarmModel", "FarmStore", "FarmSubmission", "Fetching",
            "GraphCommand", "HostSystem",
            "Recipes", .product(name: "AsyncHTTPClient", package: "async-http-client"),
            .product(name: "Hummingbird", package: "hummingbird"),
            .product(name: "HummingbirdHTTP2", package: "hummingbird"), .product(name: "HummingbirdTLS", package: "hummingbird"),
            .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "JWTKit", package: "jwt-kit"),
            .product(name: "X509", package: "swift-certificates"),
            .product(name: "SwiftASN1", package: "swift-asn1"),
            .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            .product(name: "NIOHTTPTypes", package: "swift-nio-extras"), .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
            .product(name: "NIOExtras", package: "swift-nio-extras"), .product(name: "NIOTLS", package: "swift-nio"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"), .product(name: "NIOWebSocket", package: "swift-nio"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            .product(name: "UnixSignals", package: "swift-service-lifecycle"), .product(name: "HummingbirdCore", package: "hummingbird"),
        ],
        resources: [.embedInCode("Dashboard/page")], swiftSettings: strict),
    .target(
        name: "ToolKit",
        dependencies: ["CSQLite", "Documents", "FarmConfiguration", "FarmModel", "FarmStore", "HostSystem", argumentParser],
        swiftSettings: strict),
]

/// Tools carry the Swift runtime and its C++ library: loading them as shared libraries would be most of their start-up. The libraries after
/// the flag are those of FoundationEssentials, which ArgumentParser brings: the compiler names them itself only to what it compiles for static
/// linking. The folder holds what makes the C++ library a static one. Nothing looks up the symbols of a tool, so they are not exported: the
/// loader would compare those it looks for with 12 000 others. LLVM's linker packs 50 000 relocations into 8 KB (glibc 2.36 and later read
/// that); the first `-z` keeps the metadata of the runtime.
let staticRuntime = LinkerSetting.unsafeFlags([
    "-static-stdlib", "-Xlinker", "-l_FoundationCollections", "-Xlinker", "-l_FoundationCShims", "-use-ld=lld",
    "-L\(Context.packageDirectory)/Sources/Linking", "-Xlinker", "--no-export-dynamic",
    "-Xlinker", "-z", "-Xlinker", "nostart-stop-gc", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs",
])

/// A tool: its command in a library, so that tests can link it, and an executable of a few lines.
func tool(_ name: String, _ command: String, _ dependencies: [Target.Dependency]) -> [Target] {
    [
        .target(
            name: command, dependencies: dependencies + ["FarmConfiguration", "FarmModel", "HostSystem", "ToolKit", argumentParser],
            swiftSettings: strict),
        .executableTarget(
            name: name, dependencies: [.target(name: command), "ToolKit"], swiftSettings: strict, linkerSettings: [staticRuntime]),
    ]
}

let tools =
    tool("bf-submit", "SubmitCommand", ["Documents", "FarmStore", "FarmSubmission", "Fetching", "Recipes"])
    + tool("bf-graph", "GraphCommand", ["BuildGraph", "Documents", "FarmStore", "FarmSubmission", "Recipes"])
    + tool("bf-run", "RunCommand", ["Execution", "FarmRunner", "FarmStore"])
    + tool("bf-status", "StatusCommand", ["BuildGraph", "Diagnosis", "FarmStore"])
    + tool("bf-logs", "LogsCommand", ["FarmStore"])
    + tool("bf-gc", "CollectCommand", ["FarmStore"])
    + tool(
        "bf-serve", "ServeCommand",
        [
            "Documents", "FarmClient", "FarmRunner", "FarmServer", "FarmStore", "GraphCommand", "LogsCommand", "Recipes", "RemoteExecution",
            "RunCommand", "StatusCommand", "SubmitCommand",
        ])

/// Tests of one library, by the name of its folder.
func tests(of library: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: library + "Tests", dependencies: [.target(name: library)] + dependencies, exclude: exclude, swiftSettings: strict)
}

let tests: [Target] = [
    .target(
        name: "TestSupport", dependencies: ["FarmModel", "FarmStore", "HostSystem", "ToolKit"], path: "Tests/TestSupport",
        swiftSettings: strict),
    .executableTarget(
        name: "store-exerciser", dependencies: ["FarmModel", "FarmStore", "HostSystem", "TestSupport"], path: "Tests/StoreExerciser",
        swiftSettings: strict),
    .executableTarget(
        name: "buildkit-exerciser", dependencies: ["BuildKitClient", "FarmModel", "HostSystem"], path: "Tests/BuildKitExerciser",
        swiftSettings: strict),
    .executableTarget(
        name: "executor-exerciser",
        dependencies: [
            "EngineClient", "Execution", "FarmModel", "FarmStore", "HostSystem", "RemoteExecution",
            .product(name: "NIOCore", package: "swift-nio"),
        ],
        path: "Tests/ExecutorExerciser", swiftSettings: strict),
    .executableTarget(
        name: "BenchmarkStore", dependencies: ["FarmModel", "FarmStore", "HostSystem", "TestSupport"],
        path: "Tests/Benchmarks/StoreBenchmark", swiftSettings: strict),
    .executableTarget(
        name: "BenchmarkScheduling", dependencies: ["BuildGraph", "FarmModel", "HostSystem"],
        path: "Tests/Benchmarks/SchedulingBenchmark", swiftSettings: strict),
    tests(of: "HostSystem", []),
    tests(of: "BuildGraph", []),
    tests(of: "FarmModel", ["HostSystem", "TestSupport"]),
    tests(of: "FarmStore", ["FarmModel", "HostSystem", "TestSupport", "store-exerciser"]),
    tests(of: "Documents", ["FarmModel"]),
    tests(of: "FarmConfiguration", ["Documents", "FarmModel"]),
    tests(of: "Recipes", ["AlpinePackage", "Documents", "FarmModel", "HostSystem"], exclude: ["Fixtures"]),
    tests(
        of: "FarmAPI",
        ["Documents", "Execution", "FarmModel", "FarmRunner", "FarmStore", "FarmSubmission", "HostSystem", "Recipes", "TestSupport"],
        exclude: ["Fixtures"]),
    tests(of: "FarmClient", ["FarmModel", "HostSystem", "TestSupport"]),
    tests(of: "Fetching", ["FarmModel", "HostSystem"]),
    tests(of: "Archives", ["FarmModel", "HostSystem"]),
    tests(of: "Execution", ["FarmModel", "FarmStore", "HostSystem"]),
    tests(of: "AlpinePackage", ["FarmModel"]),
    tests(of: "PackageFiles", ["AlpinePackage", "FarmModel", "HostSystem", "TestSupport"]),
    tests(of: "PackageRoots", ["AlpinePackage", "FarmModel", "Fetching", "HostSystem", "PackageFiles"]),
    tests(of: "PackageWriting", ["AlpinePackage", "FarmModel", "HostSystem", "PackageFiles", "TestSupport"]),
    tests(
        of: "EngineClient",
        [
            "FarmModel", "HostSystem", .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOEmbedded", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
        ]),
    tests(
        of: "BuildKitClient",
        [
            "EngineClient", "FarmModel", "HostSystem", .product(name: "GRPCCore", package: "grpc-swift-2"),
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOEmbedded", package: "swift-nio"), .product(name: "SwiftProtobuf", package: "swift-protobuf"),
        ]),
    tests(
        of: "RemoteExecution",
        ["EngineClient", "Execution", "FarmModel", "FarmStore", "HostSystem", .product(name: "NIOCore", package: "swift-nio")]),
    tests(of: "FarmSubmission", ["Documents", "FarmModel", "FarmStore", "HostSystem", "Recipes", "TestSupport"]),
    tests(of: "FarmRunner", ["Execution", "FarmModel", "FarmStore", "HostSystem"]),
    tests(of: "Diagnosis", ["Execution", "FarmModel", "FarmStore", "HostSystem"]),
    tests(of: "ToolKit", ["FarmModel", "FarmStore", "HostSystem", "TestSupport", argumentParser]),
    tests(of: "GraphCommand", ["FarmModel", "FarmStore", "HostSystem", "TestSupport", "ToolKit"]),
    tests(of: "StatusCommand", ["FarmModel", "FarmStore", "ToolKit"]),
    tests(
        of: "FarmServer",
        [
            "FarmAPI", "FarmModel", "FarmStore", "HostSystem", "TestSupport", .product(name: "HTTPTypes", package: "swift-http-types"),
            .product(name: "Hummingbird", package: "hummingbird"), .product(name: "Logging", package: "swift-log"),
            .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOEmbedded", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"),
        ]),
    tests(of: "LogsCommand", ["FarmModel", "FarmStore", "HostSystem", "TestSupport", "ToolKit"]),
]

let package = Package(
    name: "bf",
    products: [
        .library(name: "AlpinePackage", targets: ["AlpinePackage"]),
        .library(name: "Archives", targets: ["Archives"]),
        .library(name: "BuildGraph", targets: ["BuildGraph"]),
        .library(name: "Documents", targets: ["Documents"]),
        .library(name: "FarmAPI", targets: ["FarmAPI"]),
        .library(name: "FarmModel", targets: ["FarmModel"]),
        .library(name: "FarmStore", targets: ["FarmStore"]),
        .library(name: "Fetching", targets: ["Fetching"]),
        .library(name: "HostSystem", targets: ["HostSystem"]),
        .library(name: "PackageFiles", targets: ["PackageFiles"]),
        .library(name: "PackageRoots", targets: ["PackageRoots"]),
        .library(name: "Recipes", targets: ["Recipes"]),
        .library(name: "Execution", targets: ["Execution"]),
    ],
    dependencies: [
        // Command lines with help, suggestions and completion: Swift's own, and it needs no full Foundation.
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        // HTTP: routing, streaming and graceful shutdown over SwiftNIO. Without its traits it needs no full Foundation.
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        // The types in Hummingbird's public interface, named because we name them.
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        // Hummingbird's own helpers and life cycle, named because we name them.
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        // TLS on the same event loops; the operating system's library would be a second, blocking, way to do input and output.
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        // What certificates are written in.
        .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
        // Reads the names in client certificates; the verifier of web tokens stands on it too.
        .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
        // Verifies JSON Web Tokens and reads key sets: signature checks are not for us to write.
        .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
        // The client behind --server and webhooks: connection pools, TLS, time limits, streaming both ways.
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        // BuildKit speaks gRPC both ways over one connection, which the transport adopts after an upgrade: HTTP/2 framing, flow control and
        // message encoding are not for us to write.
        .package(url: "https://github.com/grpc/grpc-swift-2", exact: "2.4.3"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport", exact: "2.9.2"),
        .package(url: "https://github.com/grpc/grpc-swift-protobuf", exact: "2.4.1"),
        // The messages themselves. Without its traits it needs no full Foundation.
        .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0", traits: []),
    ],
    targets: libraries + tools + tests
)
