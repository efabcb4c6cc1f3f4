// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "martlet",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-crypto", "3.0.0"..<"5.0.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.30.0"),
    ],
    targets: [
        .target(name: "Transport", dependencies: [.product(name: "AsyncHTTPClient", package: "async-http-client"), .product(name:"ArgumentParser",package:"swift-argument-parser"),.product(name:"Logging",package:"swift-log"),.product(name:"NIOHTTP1",package:"swift-nio"),.product(name:"Crypto",package:"swift-crypto")]),
    ]
)
