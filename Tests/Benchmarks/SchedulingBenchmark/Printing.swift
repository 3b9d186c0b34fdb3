/// Prints a title and cells in columns.
func printRow(_ title: String, _ cells: [String]) {
    let name = title + String(repeating: " ", count: max(0, 36 - title.count))
    print(name + cells.map { String(repeating: " ", count: max(0, 10 - $0.count)) + $0 }.joined())
}

/// A number with so many places after the point.
func decimal(_ value: Double, places: Int) -> String {
    let scale = (0..<places).reduce(1) { scale, _ in scale * 10 }
    let rounded = Int((abs(value) * Double(scale)).rounded())
    let fraction = String(rounded % scale)
    return (value < 0 ? "-" : "") + "\(rounded / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
}
