internal import FarmModel

/// The bill of materials that a package carries: SPDX 2.3 as JSON (https://spdx.github.io/spdx-spec/v2.3/). The same package gives the same
/// text.
struct BillOfMaterials {
    /// The package.
    let body: PackageBody
    /// Who makes the packages: `wolfi`.
    let namespace: String
    /// What licences say that no list of SPDX has.
    var licenseTexts = LicenseTexts()

    private static let unknown = JSONValue.string("NOASSERTION")
    private static let documentID = "SPDXRef-DOCUMENT"

    /// Where it stands in the package.
    var path: String { "var/lib/db/sbom/\(body.name)-\(body.version).spdx.json" }

    /// The document.
    var text: String {
        var document = content
        document["documentNamespace"] = .string("https://spdx.org/spdxdocs/bf/\(fullName)-\(Digest.of(content.canonicalBytes).hex)")
        return JSONValue.object(document).text + "\n"
    }

    private var fullName: String { "apk-\(Self.percentEncoded(body.name))-\(Self.percentEncoded(body.version))" }

    /// All but the name that nobody else's document has, which is made of it.
    private var content: JSONObject {
        let time = Timestamp.format(milliseconds: clampedSeconds * 1_000).replacingFraction
        var document: JSONObject = [
            "SPDXID": .string(Self.documentID), "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "name": .string(fullName),
            "creationInfo": ["created": .string(time), "creators": [.string("Tool: bf"), .string(supplier)]],
            "documentDescribes": [.string(packageID)], "packages": [operatingSystem, package],
            "relationships": [relationship(Self.documentID, "DESCRIBES", packageID)],
        ]
        let references = licenses.references
        if !references.isEmpty { document["hasExtractedLicensingInfos"] = .array(references.map(extracted)) }
        return document
    }

    private var licenses: LicenseExpression { LicenseExpression(body.copyrights.map(\.license)) }

    /// The years that a timestamp can have.
    private var clampedSeconds: Int64 { min(max(body.buildTime, 0), Timestamp.range.upperBound / 1_000) }

    private var supplier: String { "Organization: \(namespace)" }

    private var packageID: String { "SPDXRef-Package-apk-\(Self.identifier(body.name))-\(Self.identifier(body.version))" }

    private var operatingSystem: JSONValue {
        [
            "SPDXID": "SPDXRef-OperatingSystem", "name": .string(namespace), "description": "Operating System", "filesAnalyzed": false,
            "licenseConcluded": Self.unknown, "licenseDeclared": Self.unknown, "downloadLocation": Self.unknown,
            "copyrightText": Self.unknown, "supplier": .string(supplier), "primaryPackagePurpose": "OPERATING-SYSTEM",
        ]
    }

    private var package: JSONValue {
        let copyright = body.copyrights.compactMap(\.attestation).joined(separator: "\n")
        var package: JSONObject = [
            "SPDXID": .string(packageID), "name": .string(body.name), "versionInfo": .string(body.version), "filesAnalyzed": false,
            "licenseConcluded": Self.unknown, "licenseDeclared": licenses.text.map(JSONValue.string) ?? Self.unknown,
            "downloadLocation": Self.unknown, "copyrightText": copyright.isEmpty ? Self.unknown : .string(copyright),
            "originator": .string(supplier), "supplier": .string(supplier), "primaryPackagePurpose": "APPLICATION",
            "externalRefs": [
                ["referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": .string(packageURL)]
            ],
        ]
        if !body.summary.isEmpty { package["summary"] = .string(body.summary) }
        if !body.url.isEmpty { package["homepage"] = .string(body.url) }
        if let commit = body.commit, !commit.isEmpty { package["sourceInfo"] = .string("built from the commit \(commit)") }
        return .object(package)
    }

    /// https://github.com/package-url/purl-spec, type `apk`
    private var packageURL: String {
        let place = "pkg:apk/\(Self.percentEncoded(namespace))/\(Self.percentEncoded(body.name))@\(Self.percentEncoded(body.version))"
        let distribution = namespace == PackageAssembly.Options.unknownNamespace ? "" : "&distro=\(Self.percentEncoded(namespace))"
        return "\(place)?arch=\(Self.percentEncoded(body.architecture))\(distribution)"
    }

    private func relationship(_ element: String, _ type: String, _ other: String) -> JSONValue {
        ["spdxElementId": .string(element), "relationshipType": .string(type), "relatedSpdxElement": .string(other)]
    }

    private func extracted(_ reference: String) -> JSONValue {
        ["licenseId": .string(reference), "extractedText": .string(licenseTexts[reference])]
    }

    /// Letters, digits, full stops and dashes; others by their number.
    private static func identifier(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            scalar.isASCIILetterOrDigit || scalar == "." || scalar == "-" ? String(scalar) : "C\(scalar.value)"
        }.joined()
    }

    /// RFC 3986, all but unreserved characters.
    private static func percentEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.map { byte in
            byte.isASCIILetterOrDigit || "-._~".utf8.contains(byte)
                ? String(Unicode.Scalar(byte)) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
        }.joined()
    }
}

extension JSONObject {
    fileprivate var canonicalBytes: [UInt8] { Array(JSONValue.object(self).canonicalText.utf8) }
}

extension String {
    /// SPDX has no fractions of seconds.
    fileprivate var replacingFraction: String { hasSuffix(".000Z") ? dropLast(5) + "Z" : self }
}
