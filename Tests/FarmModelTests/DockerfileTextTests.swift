import FarmModel
import Testing

@Suite struct DockerfileTextTests {
    private static let digest = "@sha256:" + String(repeating: "a", count: 64)

    @Test(arguments: [
        "FROM scratch", "from scratch\n", "# a comment\nFROM scratch AS a\nFROM a\nFROM 0", "FROM h/a:1\(digest)",
        "FROM --platform=linux/amd64 h/a\(digest) AS Base\r\nRUN x\r\nFROM base\r\n", "FROM scratch AS a\nFROM scratch\nCOPY --from=a / /",
        "FROM scratch AS a\nFROM scratch\nCOPY --chown=1 --from=0 / /\nRUN --mount=type=bind,from=a,target=/x make",
        "# syntax=h/reader\(digest)\nFROM scratch", "FROM scratch\nRUN make from=there",
    ])
    func imagesThatStayTheSame(_ text: String) { #expect(DockerfileText(text).hasFixedImages) }

    @Test(arguments: [
        "", "RUN x", "FROM", "FROM a", "FROM a:1", "FROM scratch\nFROM a", "FROM scratch AS a\nFROM b", "FROM $BASE",
        "FROM ${BASE}\(digest)",
        "FROM \\\na", "FROM --platform=x", "FROM scratch\nCOPY --from=a / /", "FROM scratch\nCOPY --from=1 / /",
        "FROM scratch\nRUN --mount=type=bind,from=a,target=/x make", "FROM scratch\nRUN \\\n  --mount=from=a make",
        "#syntax = h/reader:1\nFROM scratch",
        "  # syntax=h/reader\nFROM scratch", "FROM a AS scratch2\nFROM scratch2",
    ])
    func imagesThatMayBeOthers(_ text: String) { #expect(!DockerfileText(text).hasFixedImages) }
}
