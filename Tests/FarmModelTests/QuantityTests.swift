import FarmModel
import Testing

@Suite struct QuantityTests {
    static let durations: [(String, Int64?)] = [
        ("30m", 1_800_000), ("1h30m", 5_400_000), ("90s", 90_000), ("500ms", 500), ("2d", 172_800_000), ("90", 90_000), ("0", 0),
        ("1.5", 1500),
        ("1.5h", 5_400_000), ("0.0005s", 0), ("1d2h3m4s5ms", 93_784_005), ("1m1ms", 60_001), ("36500d", DurationText.longestMilliseconds),
        ("36501d", nil), ("36500d1ms", nil), ("", nil), ("m", nil), ("1x", nil), ("1 m", nil), (" 1m", nil), ("1m ", nil), ("-1s", nil),
        ("1m1h", nil),
        ("1s1s", nil), ("1h30", nil), ("1.", nil), (".5s", nil), ("1..5s", nil), ("1.5.5s", nil), ("1e3s", nil), ("1H", nil), ("٣s", nil),
        ("999999999999999999d", nil), ("9999999999999999999s", nil), ("0.00000000000000001d", 0),
        ("0.000000000000000001d", nil), ("1M", nil),
    ]

    @Test(arguments: durations) func durationsAreRead(_ text: String, _ milliseconds: Int64?) {
        #expect(DurationText.milliseconds(text) == milliseconds)
    }

    static let durationTexts: [(Int64, String)] = [
        (-5, "0ms"), (0, "0ms"), (999, "999ms"), (1000, "1s"), (1099, "1s"), (4250, "4.2s"), (10_100, "10s"), (59_999, "59s"),
        (60_000, "1m"),
        (200_000, "3m20s"), (3_600_000, "1h"), (7_500_000, "2h5m"), (86_400_000, "1d"), (273_600_000, "3d4h"), (.max, "106751991167d7h"),
    ]

    @Test(arguments: durationTexts) func durationsAreShown(_ milliseconds: Int64, _ text: String) {
        #expect(DurationText.text(milliseconds: milliseconds) == text)
    }

    static let sizes: [(String, Int64?)] = [
        ("0", 0), ("1", 1), ("12b", 12), ("2GiB", 2_147_483_648), ("512M", 536_870_912), ("1.5 GB", 1_500_000_000), ("1.5G", 1_610_612_736),
        ("1k", 1024),
        ("1kb", 1000), ("1KIB", 1024), ("3T", 3_298_534_883_328), ("1PB", 1_000_000_000_000_000), ("1024P", 1 << 60), ("1025P", nil),
        ("0.5", 0), ("", nil),
        ("G", nil), ("1E", nil), ("1GiBs", nil), ("1Gi", nil), ("1  G", nil), (" 1G", nil), ("1G ", nil), ("-1G", nil), ("1,5G", nil),
        ("1i", nil),
        ("1ib", nil), ("99999999999999999999", nil),
    ]

    @Test(arguments: sizes) func sizesAreRead(_ text: String, _ bytes: Int64?) { #expect(SizeText.bytes(text) == bytes) }

    static let sizeTexts: [(Int64, String)] = [
        (-1, "0B"), (0, "0B"), (1023, "1023B"), (1024, "1KiB"), (1536, "1.5KiB"), (1 << 20, "1MiB"), (1 << 30, "1GiB"),
        (2_500_000_000, "2.3GiB"),
        (1 << 50, "1PiB"), (.max, "8191.9PiB"),
    ]

    @Test(arguments: sizeTexts) func sizesAreShown(_ bytes: Int64, _ text: String) { #expect(SizeText.text(bytes: bytes) == text) }

    @Test func shownQuantitiesAreReadAgain() {
        for exponent in 0..<50 {
            let span = min(DurationText.longestMilliseconds, Int64(3) << exponent)
            let shown = DurationText.text(milliseconds: span)
            #expect(DurationText.milliseconds(shown).map { DurationText.text(milliseconds: $0) } == shown)
            let size = SizeText.text(bytes: Int64(1) << exponent)
            #expect(SizeText.bytes(size) == Int64(1) << exponent)
        }
    }
}
