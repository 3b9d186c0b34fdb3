import FarmModel
import Testing

@testable import FarmModel

@Suite struct WebhookTests {
    /// RFC 4231, test cases 1, 2 and 6.
    @Test(
        arguments: [
            (Array(repeating: UInt8(0x0b), count: 20), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (Array("Jefe".utf8), "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
            (
                Array(repeating: UInt8(0xaa), count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ])
    func authenticationAsTheStandardHasIt(key: [UInt8], message: String, code: String) {
        #expect(Hexadecimal.text(of: WebhookSignature.authenticate(Array(message.utf8), key: key)) == code)
    }

    /// Computed with: printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac secret
    @Test func theTimeIsSignedToo() {
        let secret = Array("secret".utf8)
        let body = Array(#"{"a":1}"#.utf8)
        let signature = WebhookSignature.hex(secret: secret, timestamp: 1_700_000_000, body: body)
        #expect(signature == "49f24e537407743fa4a0242bb63b94b9a47ee99cbbe071ccd8a22550ae411686")
        #expect(signature != WebhookSignature.hex(secret: secret, timestamp: 1_700_000_001, body: body))
    }

    @Test func waitsDoubleUntilItIsGivenUp() {
        func next(_ attempts: Int, now: Int64 = 0, jitter: Double = 0.5) -> Int64? {
            WebhookSchedule.nextAttempt(after: attempts, created: 0, now: now, jitter: jitter)
        }
        #expect([1, 2, 3, 4].map { next($0) } == [10_000, 20_000, 40_000, 80_000])
        #expect([100, .max].map { next($0) } == [14_400_000, 14_400_000])
        #expect(next(1, jitter: 0) == 7_500)
        #expect(next(1, jitter: 1) == 12_500)
        let life = WebhookSchedule.lifeMilliseconds
        #expect(next(1, now: life - 10_000) == life)
        #expect(next(1, now: life - 9_999) == nil)
    }

    /// With the longest waits and the shortest, a message is tried some dozens of times.
    @Test(arguments: [0.0, 1.0])
    func thereAreSomeDozenTries(jitter: Double) {
        var now: Int64? = 0
        var attempts = 0
        while let time = now {
            attempts += 1
            now = WebhookSchedule.nextAttempt(after: attempts, created: 0, now: time, jitter: jitter)
        }
        #expect((20...40).contains(attempts))
    }

    @Test func whatIsStoredIsReadAgain() throws {
        var webhook = Webhook(url: "https://example.org/x", events: [.buildEnded, .jobEnded], secret: "hook")
        webhook.labels = ["team=core"]
        webhook.owner = "ann"
        webhook.allowsPrivate = true
        #expect(Webhook(stored: .object(webhook.json)) == webhook)
        #expect(Webhook(stored: "text") == nil)
        let plain = Webhook(url: "https://example.org/x")
        #expect(Webhook(stored: .object(plain.json)) == plain)
    }

    @Test func whatIsAskedForIsChecked() throws {
        func requested(_ object: JSONObject) throws -> Webhook { try Webhook(requested: .object(object)) }
        let webhook = try requested(["url": "https://example.org", "events": ["job.ended", "build.ended"], "secret": "s"])
        #expect(webhook == Webhook(url: "https://example.org", events: [.buildEnded, .jobEnded], secret: "s"))
        #expect(try requested(["url": "http://h/"]).events == [.buildEnded])
        let bad: [JSONObject] = [
            [:], ["url": 1], ["url": "https://x", "private": true], ["url": "https://x", "labels": ["a"]],
            ["url": "https://x", "events": []],
            ["url": "https://x", "events": ["build.ended", "nothing"]], ["url": "https://x", "events": "build.ended"],
            ["url": "https://x", "secret": ""], ["url": "https://x", "secret": 1], ["url": "https://x", "secret": "a b"],
        ]
        for object in bad {
            #expect(throws: FarmError.self, "\(object)") { try requested(object) }
        }
        #expect(throws: FarmError.self) { try Webhook(requested: "https://x") }
    }

    @Test(
        arguments: [
            "", "example.org", "ftp://example.org", "https://", "https:///x", "https://:80/", "https://user:password@example.org/",
            "https://token@example.org", "https://exa mple.org", "https://example.org/\n", "https://example.org\\@other.example/",
            "file:///etc/passwd",
            "https://example.org/" + String(repeating: "x", count: 2048),
        ])
    func addressesThatAreRefused(url: String) { #expect(Webhook.fault(ofURL: url) != nil) }

    @Test(arguments: [
        "https://example.org", "HTTP://example.org:8080/a?b=c@d#e", "https://[2001:db8::1]/x", "https://b\u{fc}cher.example/",
    ])
    func addressesThatAreTaken(url: String) { #expect(Webhook.fault(ofURL: url) == nil) }

    /// A password that stands in an address is not repeated in the message about it.
    @Test func passwordsAreNotRepeated() {
        #expect(Webhook.fault(ofURL: "https://user:hunter2@example.org/")?.contains("hunter2") == false)
    }

    @Test func labelsAndOwnerChooseBuilds() {
        var webhook = Webhook(url: "https://x")
        webhook.labels = ["team=core", "nightly"]
        #expect(webhook.wants(.buildEnded, owner: nil, labels: ["nightly", "team=core", "x"]))
        #expect(!webhook.wants(.buildEnded, owner: nil, labels: ["nightly"]))
        #expect(!webhook.wants(.jobEnded, owner: nil, labels: ["nightly", "team=core"]))
        webhook.labels = []
        webhook.owner = "ann"
        #expect(webhook.wants(.buildEnded, owner: "ann", labels: []))
        #expect(!webhook.wants(.buildEnded, owner: "bob", labels: []))
        #expect(!webhook.wants(.buildEnded, owner: nil, labels: []))
    }
}
