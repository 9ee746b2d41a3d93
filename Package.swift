// swift-tools-version: 6.2
import PackageDescription

/// Settings every Swift target shares.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

/// One line a target, in the order in which data passes through them: a target may import the ones it names
/// here and no others.
let modules: [(name: String, imports: [Target.Dependency])] = [
    ("Bytes", ["CISAL"]),
    ("Storage", ["Bytes"]),
    ("Model", []),
    ("JSON", []),
    ("TOML", ["CTOML"]),
    ("ICU", ["CICU"]),
    ("Articles", ["CCMark", "CGumbo", "CExpat", "CZlib", "CZstd", "ICU", "Bytes", "Model", "JSON", "TOML"]),
    ("Tokenizer", ["ICU", "Model"]),
    ("InvertedIndex", ["CZstd", "Bytes", "Storage", "Model"]),
    ("Search", ["Bytes", "Model", "Tokenizer", "InvertedIndex"]),
    ("Suoyin", ["Bytes", "Storage", "Model", "Articles", "Tokenizer", "InvertedIndex", "Search"]),
    ("Output", ["Bytes", "Model", "JSON"]),
    ("MCP", ["Model", "JSON", "Suoyin", "Output"]),
]

/// The same for test targets; "TestSupport" holds what they share.
let tests: [(name: String, imports: [Target.Dependency])] = [
    ("BytesTests", ["TestSupport", "Bytes"]),
    ("ModelTests", ["TestSupport", "Model"]),
    ("JSONTests", ["TestSupport", "JSON"]),
    ("TOMLTests", ["TestSupport", "TOML"]),
    ("StorageTests", ["TestSupport", "Bytes", "Storage"]),
    ("ArticlesTests", ["TestSupport", "ICU", "Model", "Articles"]),
    ("TokenizerTests", ["TestSupport", "CZstd", "ICU", "Model", "Tokenizer"]),
    ("InvertedIndexTests", ["TestSupport", "Bytes", "Storage", "Model", "InvertedIndex"]),
    (
        "SearchTests",
        ["TestSupport", "Bytes", "Storage", "Model", "Tokenizer", "InvertedIndex", "Search", "Suoyin"]
    ),
    ("SuoyinTests", ["TestSupport", "Model", "Articles", "Suoyin"]),
    ("OutputTests", ["TestSupport", "Bytes", "Model", "Output"]),
    ("MCPTests", ["TestSupport", "JSON", "Model", "Suoyin", "Output", "MCP"]),
    ("CLITests", ["TestSupport", "Bytes", "JSON", "Example"]),
]

let package = Package(
    name: "suoyin",
    products: [
        .library(name: "Suoyin", targets: ["Suoyin"]),
        .executable(name: "suoyin", targets: ["CLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
    ],
    targets: [
        .systemLibrary(name: "CICUSystem", pkgConfig: "icu-i18n", providers: [.apt(["libicu-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(
            name: "CCMark", pkgConfig: "libcmark-gfm",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
        .systemLibrary(name: "CGumboSystem", pkgConfig: "gumbo", providers: [.apt(["libgumbo-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "minizip", providers: [.apt(["libminizip-dev", "zlib1g-dev"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .target(name: "CICU", dependencies: ["CICUSystem"]),
        .target(name: "CGumbo", dependencies: ["CGumboSystem"]),
        // Of headers only, so there is nothing to link: libtomlplusplus-dev.
        .target(name: "CTOML"),
        .executableTarget(
            name: "CLI",
            dependencies: [
                "CMalloc", "Model", "JSON", "TOML", "Articles", "Suoyin", "Output", "MCP", argumentParser,
            ],
            swiftSettings: settings),
        // A program of someone who imports the library and nothing else.
        .executableTarget(
            name: "Example", dependencies: ["Suoyin"], path: "Tests/Example",
            swiftSettings: [.enableUpcomingFeature("MemberImportVisibility")]),
        .target(
            name: "TestSupport", dependencies: ["CZlib", "CZstd", "Bytes", "JSON", "Storage", "ICU"],
            path: "Tests/TestSupport",
            swiftSettings: settings),
    ]
        + modules.map { .target(name: $0.name, dependencies: $0.imports, swiftSettings: settings) }
        + tests.map {
            .testTarget(
                name: $0.name, dependencies: $0.imports,
                exclude: $0.name == "CLITests" ? ["Client", "Frozen", "Snapshots"] : [], swiftSettings: settings)
        },
    cxxLanguageStandard: .cxx17
)
