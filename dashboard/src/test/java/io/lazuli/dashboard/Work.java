package io.lazuli.dashboard;

import io.lazuli.graph.Engine;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Jobs to look at.
final class Work {
    private Work() {}

    static EngineOptions options() {
        return EngineOptions.defaults().withThreads(2).withBufferBytes(1 << 26);
    }

    static LocalEngine engine() {
        return LocalEngine.open(options());
    }

    /// Runs `count` calls, each of which takes some time, and one that reads all of them.
    static int calls(Engine engine, String job, String name, int count, Duration each) {
        var call = Delayed.function((Integer i) -> {
            long end = System.nanoTime() + each.toNanos();
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return i + 1;
        }).named(name);
        var sum = Delayed.functionOfAll((List<Integer> values) -> values.size()).named("sum");
        List<Delayed<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(call.call(i));
        }
        return sum.call(calls).compute(engine, JobOptions.DEFAULTS.withName(job).withFusion(false));
    }

    /// Runs a call that fails, twice.
    static void failure(Engine engine, String job, String name, String message) {
        var call = Delayed.function((Integer i) -> {
            if (i >= 0) {
                throw new IllegalArgumentException(message);
            }
            return i;
        }).named(name);
        try {
            call.call(1).compute(engine, JobOptions.DEFAULTS.withName(job).withRetries(1).withFusion(false));
            throw new AssertionError("it did not fail");
        } catch (io.lazuli.graph.error.LazuliException e) {
            // As it should.
        }
    }
}
