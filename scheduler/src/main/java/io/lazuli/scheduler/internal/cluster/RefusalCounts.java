package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.event.RefusalCount;
import io.lazuli.scheduler.internal.transport.Refusal;
import java.util.List;
import java.util.Map;

/// What a process tells of connections that it has refused.
final class RefusalCounts {
    static final String SCHEDULER = "scheduler";
    static final String RESULTS = "results";
    static final String MEMBERS = "members";

    private RefusalCounts() {}

    /// Those of one port, without zeros.
    static List<RefusalCount> of(String process, String port, Map<Refusal, Long> counts) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> new RefusalCount(process, port, entry.getKey().name(), entry.getValue()))
                .toList();
    }
}
