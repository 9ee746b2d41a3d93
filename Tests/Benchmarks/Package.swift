// swift-tools-version: 6.2
import PackageDescription

// Measures parts of Suoyin that the library does not show. Targets of another package can only be used through its
// products, and a product would be compiled differently; so the targets are built here once more, from the same
// sources, by symbolic links.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "suoyin-benchmarks",
    targets: [
        .systemLibrary(name: "CICUSystem", pkgConfig: "icu-i18n"),
        .target(name: "CICU", dependencies: ["CICUSystem"]),
        .target(name: "Model", swiftSettings: settings),
        .target(name: "ICU", dependencies: ["CICU"], swiftSettings: settings),
        .target(name: "Tokenizer", dependencies: ["ICU", "Model"], swiftSettings: settings),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd"),
        .systemLibrary(name: "CISAL", pkgConfig: "libisal"),
        .target(name: "Bytes", dependencies: ["CISAL"], swiftSettings: settings),
        .target(name: "Storage", dependencies: ["Bytes"], swiftSettings: settings),
        .target(
            name: "InvertedIndex", dependencies: ["CZstd", "Bytes", "Storage", "Model"], swiftSettings: settings),
        .executableTarget(
            name: "suoyin-benchmark",
            dependencies: ["ICU", "Model", "Tokenizer", "Bytes", "Storage", "InvertedIndex"],
            path: "Sources/Benchmark", swiftSettings: settings),
    ]
)
