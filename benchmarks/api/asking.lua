-- Asks for the paths of a file in turn, and tells at the end what happened as one line of JSON.
local paths = {}
local place = 0

function init(arguments)
  for line in io.lines(arguments[1]) do
    paths[#paths + 1] = line
  end
end

function request()
  place = place % #paths + 1
  return wrk.format("GET", paths[place], { ["Accept"] = "application/json" })
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"p50":%d,"p95":%d,"p99":%d,"max":%d,'
      .. '"statuses":%d,"timeouts":%d,"lost":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(95),
    latency:percentile(99), latency.max, errors.status, errors.timeout,
    errors.connect + errors.read + errors.write))
end
