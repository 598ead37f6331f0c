-- Sends PIPELINE requests at a time, and reports exact figures as one line of JSON: wrk's own summary rounds them.
if PIPELINE > 1 then
  init = function(args)
    local batch = {}
    for i = 1, PIPELINE do batch[i] = wrk.format() end
    pipelined = table.concat(batch)
  end
  request = function() return pipelined end
end

done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '\nleantea-figures {"requests":%.0f,"seconds":%.6f,"p50Micros":%.0f,"p99Micros":%.0f,' ..
    '"errors":{"connect":%.0f,"read":%.0f,"write":%.0f,"status":%.0f,"timeout":%.0f}}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50), latency:percentile(99),
    e.connect, e.read, e.write, e.status, e.timeout))
end
