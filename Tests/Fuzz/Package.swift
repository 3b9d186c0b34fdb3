// swift-tools-version: 6.2
import PackageDescription

/// The libraries that read what strangers write. None of them brings a package from elsewhere, so nothing is fetched or built but our own.
let libraries = [
    "AlpinePackage", "Archives", "BuildGraph", "Documents", "FarmAPI", "FarmModel", "FarmStore", "Fetching", "HostSystem", "PackageFiles",
    "PackageRoots", "Recipes",
]

let package = Package(
    name: "fuzz",
    dependencies: [.package(name: "bf", path: "../..")],
    targets: [
        .systemLibrary(name: "CFuzzer"),
        .executableTarget(name: "fuzz", dependencies: ["CFuzzer"] + libraries.map { .product(name: $0, package: "bf") }),
    ]
)
