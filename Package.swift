// swift-tools-version: 6.1
import Foundation
import PackageDescription

/// What every Swift target is compiled with.
///
/// Warnings are errors: main builds without any.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .unsafeFlags(["-warnings-as-errors"]),
]

/// The record path has one owner at a time by construction (docs/decisions/0005), so run-time exclusivity checks
/// only cost.
let hot = strict + [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]

/// C is compiled with optimisation in debug builds too: tests would crawl otherwise.
let optimised: [CSetting] = [.unsafeFlags(["-O3"])]

/// Links a library from its static archive where the distribution ships one, so that one binary runs on all.
func archive(_ name: String) -> LinkerSetting {
    let folders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib", "/usr/local/lib"]
    let isThere = folders.contains { FileManager.default.fileExists(atPath: "\($0)/lib\(name).a") }
    return .linkedLibrary(isThere ? ":lib\(name).a" : name)
}

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
]

var targets: [Target] = [
    .executableTarget(
        name: "martlet",
        dependencies: [
            "Agent", "Artefacts", "Audit", "Inputs", "RecordPath", "Settings",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: strict
    ),
    .target(
        name: "Agent",
        dependencies: [
            "Artefacts", "Audit", "Inputs", "Outputs", "Admin", "Objectives", "RecordPath", "Spool", "Transport",
            "Settings",
            .product(name: "Crypto", package: "swift-crypto"), .product(name: "Logging", package: "swift-log"),
        ],
        swiftSettings: strict
    ),
    .target(name: "Inputs", dependencies: ["RecordPath", "Settings", "CJournal"], swiftSettings: strict),
    .target(name: "Outputs", dependencies: ["Transport", "Settings", "CCodec"], swiftSettings: strict),
    .target(
        name: "Admin",
        dependencies: nio,
        resources: [.embedInCode("Page/live.html"), .embedInCode("Page/live.css"), .embedInCode("Page/live.js")],
        swiftSettings: strict
    ),
    .target(name: "Audit", dependencies: ["RecordPath", "Transport"], swiftSettings: strict),
    .target(name: "Artefacts", dependencies: ["Objectives", "Settings"], swiftSettings: strict),
    .target(name: "Objectives", dependencies: ["RecordPath", "Settings"], swiftSettings: strict),
    .target(name: "Spool", dependencies: ["CScan"], swiftSettings: strict),
    .target(name: "RecordPath", dependencies: ["Settings", "CScan", "CRE2"], swiftSettings: hot),
    .target(
        name: "Transport",
        dependencies: [
            .product(name: "AsyncHTTPClient", package: "async-http-client"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
        ] + nio,
        swiftSettings: strict
    ),
    .target(name: "Settings", dependencies: ["CYAML"], swiftSettings: strict, linkerSettings: [archive("yaml")]),
    .target(name: "CScan", cSettings: optimised),
    .target(
        name: "CCodec",
        cSettings: optimised,
        linkerSettings: [.linkedLibrary("z"), archive("snappy"), .linkedLibrary("stdc++")]
    ),
    .target(name: "CJournal", cSettings: optimised),
    .target(name: "CRE2", linkerSettings: [archive("re2"), .linkedLibrary("stdc++")]),
    .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),

    .target(
        name: "TestSupport",
        dependencies: ["Inputs", "Outputs", "RecordPath", "Transport"] + nio,
        path: "Tests/TestSupport",
        swiftSettings: strict
    ),
    .testTarget(name: "AdminTests", dependencies: ["Admin", "TestSupport"], swiftSettings: strict),
    .testTarget(
        name: "ArtefactsTests",
        dependencies: ["Artefacts", "Objectives", "RecordPath", "Settings"],
        swiftSettings: strict
    ),
    .testTarget(name: "AuditTests", dependencies: ["Audit", "Transport"], swiftSettings: strict),
    .testTarget(name: "CScanTests", dependencies: ["CScan", "TestSupport"], swiftSettings: strict),
    .testTarget(
        name: "InputsTests",
        dependencies: ["Inputs", "RecordPath", "Settings", "TestSupport", "journal-reader-fixture"],
        swiftSettings: strict
    ),
    .executableTarget(
        name: "journal-reader-fixture",
        dependencies: ["Inputs"],
        path: "Tests/JournalReaderFixture",
        swiftSettings: strict
    ),
    .testTarget(
        name: "OutputsTests",
        dependencies: ["Outputs", "Settings", "Transport", "TestSupport"],
        swiftSettings: strict
    ),
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter", cSettings: optimised),
    .target(name: "RedactionCorpus", path: "Tests/RedactionCorpus", swiftSettings: strict),
    .testTarget(
        name: "IntegrationTests",
        dependencies: ["martlet", "Admin", "Objectives", "RecordPath", "Settings", "TestSupport"],
        swiftSettings: strict
    ),
    .testTarget(
        name: "AgentTests",
        dependencies: [
            "Agent", "Artefacts", "Audit", "Objectives", "Outputs", "RecordPath", "Settings", "Spool", "TestSupport",
        ],
        swiftSettings: strict
    ),
    .testTarget(
        name: "RecordPathTests",
        dependencies: ["RecordPath", "RedactionCorpus", "AllocationCounter", "TestSupport"],
        swiftSettings: strict
    ),
    .testTarget(
        name: "ObjectivesTests",
        dependencies: ["Objectives", "RecordPath", "Settings", "TestSupport"],
        swiftSettings: strict
    ),
    .testTarget(name: "SpoolTests", dependencies: ["Spool"], swiftSettings: strict),
    .testTarget(name: "SettingsTests", dependencies: ["Settings"], swiftSettings: strict),
    .testTarget(
        name: "TransportTests",
        dependencies: [
            "Transport", "TestSupport", .product(name: "Crypto", package: "swift-crypto"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
        ] + nio,
        swiftSettings: strict
    ),
    .testTarget(name: "TidyTests", swiftSettings: strict),
]

// Benchmarks compare with simdjson, which nothing else needs: `make bench` asks for them.
if Context.environment["MARTLET_BENCH"] != nil {
    targets += [
        .executableTarget(
            name: "Benchmarks",
            dependencies: ["RecordPath", "Outputs", "Spool", "CReference", "AllocationCounter"],
            path: "Benchmarks/Benchmarks",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "RedactionBench",
            dependencies: ["RecordPath", "RedactionCorpus", "AllocationCounter", "RE2Set"],
            path: "Benchmarks/RedactionBench",
            swiftSettings: strict
        ),
        .target(
            name: "RE2Set",
            path: "Benchmarks/RE2Set",
            cxxSettings: [.unsafeFlags(["-O3"])],
            linkerSettings: [archive("re2"), .linkedLibrary("stdc++")]
        ),
        .target(
            name: "CReference",
            path: "Benchmarks/CReference",
            cxxSettings: [.unsafeFlags(["-O3", "-march=native"])],
            linkerSettings: [.linkedLibrary("simdjson"), .linkedLibrary("z")]
        ),
    ]
}

let package = Package(
    name: "martlet",
    products: [.executable(name: "martlet", targets: ["martlet"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-crypto", "3.0.0"..<"5.0.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.25.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.30.0"),
    ],
    targets: targets,
    cxxLanguageStandard: .cxx17
)
