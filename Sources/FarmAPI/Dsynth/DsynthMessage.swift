public import FarmModel

/// The messages of go-dsynth's event stream and log streams: each a JSON object with the time at its end.
public enum DsynthMessage {
    /// A package is being built.
    public static func buildStarted(build: String, package: String, worker: Int?, at time: Int64) -> JSONObject {
        message("build.started", at: time) { message in
            message.add("build_id", build)
            message.add("package", package)
            message.add("worker", worker.map(Int64.init))
        }
    }

    /// A build has come so far.
    /// - Parameter percent: From 0 to 100.
    public static func buildProgress(build: String, package: String? = nil, phase: String, percent: Int, at time: Int64) -> JSONObject {
        message("build.progress", at: time) { message in
            message.add("build_id", build)
            message.add("package", package)
            message.add("phase", phase)
            message.add("progress", Int64(min(max(percent, 0), 100)))
        }
    }

    /// A build, or one package of it, has ended well, or was skipped or cancelled.
    public static func buildCompleted(build: String, package: String? = nil, status: String, duration: Int64?, at time: Int64) -> JSONObject
    {
        message("build.completed", at: time) { message in
            message.add("build_id", build)
            message.add("package", package)
            message.add("status", status)
            message.add("duration", duration.map(DsynthDuration.text))
        }
    }

    /// A build, or one package of it, has failed.
    public static func buildFailed(build: String, package: String? = nil, phase: String?, error: String, at time: Int64) -> JSONObject {
        message("build.failed", at: time) { message in
            message.add("build_id", build)
            message.add("package", package)
            message.add("phase", phase)
            message.add("error", error)
        }
    }

    /// A worker has begun something.
    public static func workerStatus(_ worker: Int, status: String, package: String?, at time: Int64) -> JSONObject {
        message("worker.status", at: time) { message in
            message.add("worker", Int64(worker))
            message.add("status", status)
            message.add("package", package)
        }
    }

    /// A worker has nothing to do.
    public static func workerIdle(_ worker: Int, at time: Int64) -> JSONObject {
        message("worker.idle", at: time) { $0.add("worker", Int64(worker)) }
    }

    /// A line of a log.
    public static func logLine(build: String, line: String, at time: Int64) -> JSONObject {
        message("log.line", at: time) { message in
            message.add("build_id", build)
            message.add("line", line)
        }
    }

    /// How much there is to do.
    public static func systemLoad(_ load: [Double], busy: Int, total: Int, at time: Int64) -> JSONObject {
        message("system.load", at: time) { message in
            message.add("load_avg", .array(load.map(JSONValue.double)))
            message.add("workers_busy", Int64(busy))
            message.add("workers_total", Int64(total))
        }
    }

    /// A line of a log in the stream of that log, where it needs neither a type nor a build.
    public static func streamedLine(_ line: String, at time: Int64) -> JSONObject {
        ["line": .string(line), "timestamp": .string(GoText.time(time))]
    }

    private static func message(_ type: String, at time: Int64, _ fill: (inout JSONObject) -> Void) -> JSONObject {
        var message: JSONObject = ["type": .string(type)]
        fill(&message)
        message.add("timestamp", GoText.time(time))
        return message
    }
}
