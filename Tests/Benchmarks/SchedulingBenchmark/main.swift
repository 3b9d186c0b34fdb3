import HostSystem

/// Reads a trace from standard input; the argument says what to print: `orders` or `forecasts`.
let trace = try Trace(reading: .standardInput)
switch CommandLine.arguments.last {
case "orders": try OrderTable(trace: trace).printAll(slots: [2, 4, 16, 64])
case "forecasts": try ForecastTable(trace: trace).printAll(slots: [4, 16])
default: print("the argument is orders or forecasts")
}
