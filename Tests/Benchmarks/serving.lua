-- For wrk: sends the body in the file named by the first argument, if there is one, and prints what came of it as JSON.
function init(arguments)
    if arguments[1] then
        local file = assert(io.open(arguments[1]))
        wrk.method = "POST"
        wrk.body = file:read("*a")
        file:close()
    end
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '{"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"refused":%d,"broken":%d}\n', summary.requests, summary.duration / 1e6,
        latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
