// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "bf",
    products: [],
    dependencies: [
        // SHA-256 with the processor's instructions and AES-GCM for sealed secrets; own cryptography would be worse in every way.
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2")
    ],
    targets: [
        .target(name: "CSystem"),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "HostSystem", dependencies: ["CSystem"], swiftSettings: strict),
        .target(name: "BuildGraph", swiftSettings: strict),
        .target(name: "FarmModel", dependencies: [.product(name: "Crypto", package: "swift-crypto")], swiftSettings: strict),
        .target(name: "FarmStore", dependencies: ["CSQLite", "FarmModel", "HostSystem"], swiftSettings: strict),
    ]
)
