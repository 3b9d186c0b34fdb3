import FarmModel
import Testing

@testable import PackageWriting

@Suite struct BillOfMaterialsTests {
    private var body: PackageBody {
        var body = PackageBody(
            folder: "hello", name: "hello++", version: "1.2-r3", architecture: "x86_64", origin: "hello", buildTime: 1_700_000_000)
        body.summary = "Says \"hello\""
        body.url = "https://example.com"
        body.commit = "0123abcd"
        body.copyrights = [
            .init(license: "MIT OR Apache-2.0", attestation: "(c) A"), .init(license: "GPL-2.0-or-later WITH Bison-exception-2.2"),
            .init(license: "My own licence!", attestation: "(c) B"), .init(license: ""),
        ]
        return body
    }

    private func document(_ body: PackageBody, _ namespace: String = "wolfi") throws -> JSONValue {
        try JSONParser.parse(BillOfMaterials(body: body, namespace: namespace).text)
    }

    @Test func hasWhatSPDXRequires() throws {
        let document = try document(body)
        #expect(document["spdxVersion"] == "SPDX-2.3")
        #expect(document["SPDXID"] == "SPDXRef-DOCUMENT")
        #expect(document["dataLicense"] == "CC0-1.0")
        #expect(document["name"] == "apk-hello%2B%2B-1.2-r3")
        #expect(document["documentNamespace"]?.string?.hasPrefix("https://spdx.org/spdxdocs/bf/apk-hello%2B%2B-1.2-r3-") == true)
        #expect(document["creationInfo"]?["created"] == "2023-11-14T22:13:20Z")
        #expect(document["creationInfo"]?["creators"] == ["Tool: bf", "Organization: wolfi"])
        let packages = try #require(document["packages"]?.array)
        #expect(packages.count == 2)
        for package in packages {
            for member in ["SPDXID", "name", "downloadLocation"] { #expect(package[member]?.string?.isEmpty == false, "\(member)") }
        }
        let identifier = "SPDXRef-Package-apk-helloC43C43-1.2-r3"
        #expect(packages[1]["SPDXID"] == .string(identifier))
        #expect(document["documentDescribes"] == [.string(identifier)])
        let relationship: JSONValue = [
            "spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": .string(identifier),
        ]
        #expect(document["relationships"] == [relationship])
    }

    @Test func saysWhatIsKnownOfThePackage() throws {
        let package = try #require(try document(body)["packages"]?.array?.last)
        #expect(package["versionInfo"] == "1.2-r3")
        let license = "(MIT OR Apache-2.0) AND GPL-2.0-or-later WITH Bison-exception-2.2 AND LicenseRef-My-own-licence-"
        #expect(package["licenseDeclared"] == .string(license))
        #expect(package["copyrightText"] == "(c) A\n(c) B")
        #expect(package["summary"] == "Says \"hello\"")
        #expect(package["homepage"] == "https://example.com")
        #expect(package["sourceInfo"] == "built from the commit 0123abcd")
        let place = "pkg:apk/wolfi/hello%2B%2B@1.2-r3?arch=x86_64&distro=wolfi"
        #expect(package["externalRefs"]?.array?.first?["referenceLocator"] == .string(place))
        #expect(try document(body)["hasExtractedLicensingInfos"]?.array?.map { $0["licenseId"] } == ["LicenseRef-My-own-licence-"])
    }

    @Test func saysNothingOfWhatIsNotKnown() throws {
        let bare = PackageBody(folder: "x", name: "x", version: "1", architecture: "noarch", origin: "x", buildTime: -5)
        let document = try document(bare, "unknown")
        #expect(document["creationInfo"]?["created"] == "1970-01-01T00:00:00Z")
        let package = try #require(document["packages"]?.array?.last)
        #expect(package["licenseDeclared"] == "NOASSERTION")
        #expect(package["copyrightText"] == "NOASSERTION")
        #expect(package["homepage"] == nil)
        #expect(package["externalRefs"]?.array?.first?["referenceLocator"] == "pkg:apk/unknown/x@1?arch=noarch")
        #expect(document["hasExtractedLicensingInfos"] == nil)
    }

    @Test func theSamePackageHasTheSameDocument() throws {
        let text = BillOfMaterials(body: body, namespace: "wolfi").text
        #expect(text == BillOfMaterials(body: body, namespace: "wolfi").text)
        var other = body
        other.summary = "Says nothing"
        #expect(try document(other)["documentNamespace"] != (try document(body)["documentNamespace"]))
    }

    @Test(arguments: [
        (["MIT"], "MIT"), (["MIT", "MIT"], "MIT"), (["MIT", "ISC"], "MIT AND ISC"), ([], nil), (["", " "], nil),
        (["MIT AND (ISC OR BSD-3-Clause)", "0BSD"], "(MIT AND (ISC OR BSD-3-Clause)) AND 0BSD"), (["MIT or ISC"], "LicenseRef-MIT-or-ISC"),
        (["(MIT"], "LicenseRef--MIT"), ([")MIT("], "LicenseRef--MIT-"), (["MIT AND"], "LicenseRef-MIT-AND"),
        (["LicenseRef-x"], "LicenseRef-x"),
        (["GPL-2.0+"], "GPL-2.0+"), (["été"], "LicenseRef--t-"),
    ])
    func licences(licenses: [String], expression: String?) { #expect(LicenseExpression(licenses).text == expression) }
}
