import FarmModel
import HostSystem
import TestSupport
import Testing

@testable import PackageWriting

@Suite struct LicenseTextsTests {
    private let place: TemporaryFolder

    init() throws {
        place = try TemporaryFolder()
        try place.makeFolder("out")
    }

    private func texts(_ entries: [(license: String, path: String?)]) throws -> LicenseTexts {
        let copyrights = entries.map { entry in
            var copyright = PackageBody.Copyright(license: entry.license)
            copyright.textPath = entry.path
            return copyright
        }
        return try LicenseTexts(of: copyrights, in: try Files.open(place("out"), [.read, .folder]))
    }

    private static let unknown = "The text of this licence is in the package or its sources."

    @Test func billsOfMaterialsHaveThem() throws {
        try place.write("May be used.\n", to: "out/.licenses/a/0")
        try place.write([0x61, 0xFF], to: "out/.licenses/a/1")
        let texts = try texts([("Our own", ".licenses/a/0"), ("LicenseRef-b", ".licenses/a/1"), ("Our own", "absent"), ("MIT", "absent")])
        var body = TestPackage().body
        body.copyrights = ["Our own", "LicenseRef-b", "and more"].map { .init(license: $0) }
        let document = try JSONParser.parse(BillOfMaterials(body: body, namespace: "x", licenseTexts: texts).text)
        let found = document["hasExtractedLicensingInfos"]?.array?.map { [$0["licenseId"]?.string, $0["extractedText"]?.string] }
        #expect(
            found == [
                ["LicenseRef-Our-own", "May be used.\n"], ["LicenseRef-and-more", Self.unknown], ["LicenseRef-b", "a\u{FFFD}"],
            ])
    }

    @Test(arguments: [
        ("absent", "cannot be read"), ("folder", "is no file"), ("pipe", "is no file"), ("link", "cannot be read"),
        ("folder/../../secret", "cannot be read"), ("large", "larger than 4 MiB"),
    ])
    func othersAreRefused(_ path: String, _ reason: String) throws {
        try place.makeFolder("out/folder")
        try place.write("content\n", to: "secret")
        try place.link("out/link", place("secret"))
        try place.write([UInt8](repeating: 0x61, count: (4 << 20) + 1), to: "out/large")
        _ = try place.python("import os; os.mkfifo('out/pipe')")
        let error = try #require(throws: FarmError.self) { try texts([("Our own", path)]) }
        #expect(error.status == .badInput && error.message.contains(reason), "\(error.message)")
    }

    @Test func allTogetherAreLimited() throws {
        try place.write([UInt8](repeating: 0x61, count: 3 << 20), to: "out/a")
        #expect(throws: FarmError.self) { try texts([("a b", "a"), ("c d", "a")]) }
        #expect(try texts([("a b", "a"), ("a b", "a")])["LicenseRef-a-b"].utf8.count == 3 << 20)
    }
}
