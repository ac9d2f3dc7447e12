package io.lazuli.dashboard.internal.web;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts requests that were refused for who or what they were, not those for things that are not there. For any thread.
final class RequestRefusals {
    private static final Map<Integer, String> REASONS = Map.of(
            401, "NO_TOKEN", 405, "OTHER_METHOD", 413, "BODY", 414, "LONG_PATH", 421, "OTHER_HOST");

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /// @param status of an answer
    void note(int status) {
        if (REASONS.get(status) instanceof String reason) {
            counts.computeIfAbsent(reason, _ -> new LongAdder()).increment();
        }
    }

    /// By reason, without zeros.
    Map<String, Long> counts() {
        Map<String, Long> found = new TreeMap<>();
        counts.forEach((reason, count) -> found.put(reason, count.sum()));
        return found;
    }
}
