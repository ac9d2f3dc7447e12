package io.lazuli.scheduler.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/// What happened in a simulation, or in many.
final class Statistics {
    private final EnumMap<Fault, Long> faults = new EnumMap<>(Fault.class);
    /// Jobs by how they ended.
    private final Map<String, Long> ends = new TreeMap<>();
    long seeds;
    long happenings;
    long schedulerEvents;
    long workerEvents;
    long tasksStarted;
    /// How often a task waited for others.
    long waits;
    long recomputed;
    long virtualNanos;

    void count(Fault fault) {
        faults.merge(fault, 1L, Long::sum);
    }

    long sum(Fault... kinds) {
        long sum = 0;
        for (Fault fault : kinds) {
            sum += faults.getOrDefault(fault, 0L);
        }
        return sum;
    }

    void countEnd(String end) {
        ends.merge(end, 1L, Long::sum);
    }

    void add(Statistics other) {
        other.faults.forEach((fault, count) -> faults.merge(fault, count, Long::sum));
        other.ends.forEach((end, count) -> ends.merge(end, count, Long::sum));
        seeds += other.seeds;
        happenings += other.happenings;
        schedulerEvents += other.schedulerEvents;
        workerEvents += other.workerEvents;
        tasksStarted += other.tasksStarted;
        waits += other.waits;
        recomputed += other.recomputed;
        virtualNanos += other.virtualNanos;
    }

    @Override
    public String toString() {
        return """
                %,d seeds, %,d happenings, %,d scheduler events, %,d worker events, %,d task starts, %,d waits, %,d recomputed, %,d virtual seconds
                jobs %s
                faults %s"""
                .formatted(
                        seeds, happenings, schedulerEvents, workerEvents, tasksStarted, waits, recomputed,
                        virtualNanos / Times.SECOND, ends, faults);
    }
}
