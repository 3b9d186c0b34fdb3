import Fetching
import Testing

@Suite struct FileAddressTests {
    @Test(arguments: [
        ("https://example.org/a/b.tar.gz", "b.tar.gz"), ("http://h:80/x?y=/z#f/g", "x"), ("https://h/a%20b", "a b"),
        ("https://h/a%2fb", "download"),
        ("https://h/%2e%2e", "download"), ("https://h/..", "download"), ("https://h/", "download"), ("https://h", "download"),
        ("https://h/a%00b", "download"), ("https://h/%ff", "%ff"), ("https://h/%zz", "%zz"), ("https://[::1]/x", "x"),
        ("https://1.2.3.4/x", "x"),
    ])
    func goodAddressesAndTheirFileNames(text: String, name: String) throws {
        #expect(try FileAddress(text).fileName == name)
    }

    @Test(
        arguments: [
            ("file:///etc/passwd", .schemeNotAllowed), ("FILE:///etc", .schemeNotAllowed), ("HTTPS://h/x", .schemeNotAllowed),
            ("ftp://h/x", .schemeNotAllowed),
            ("-K/etc/x", .schemeNotAllowed), ("gopher://h/", .schemeNotAllowed), ("", .schemeNotAllowed), ("https://", .badHost),
            ("https:///x", .badHost),
            ("https://-x/", .badHost), ("https://a@b@h/", .badHost), ("https://h/a b", .controlCharacters),
            ("https://h/\n", .controlCharacters),
            ("https://h\\@i/", .controlCharacters), ("http://169.254.169.254/latest", .linkLocal), ("http://u@169.254.1.1:80/", .linkLocal),
            ("http://2852039166/", .linkLocal), ("http://0xA9FEA9FE/", .linkLocal), ("http://0251.0376.0251.0376/", .linkLocal),
            ("http://169.16689662/", .linkLocal), ("http://[fe80::1]/", .linkLocal), ("http://[febf::1%25eth0]/", .linkLocal),
            ("http://[::ffff:169.254.169.254]/", .linkLocal), ("http://[::ffff:a9fe:a9fe]/", .linkLocal),
        ] as [(String, FileAddress.Problem)])
    func badAddresses(text: String, problem: FileAddress.Problem) {
        #expect(throws: problem) { try FileAddress(text) }
    }
}
