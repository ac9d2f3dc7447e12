package io.lazuli.graph;

import java.time.Duration;
import java.util.List;

/// A moment of a job, or its summary once it has ended.
///
/// @param elapsed      since submission, until the end
/// @param spilledBytes written to disk for lack of memory
/// @param layers       in the order of the graph
public record JobProgress(State state, Duration elapsed, long spilledBytes, List<LayerProgress> layers) {
    public enum State {
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    public JobProgress {
        layers = List.copyOf(layers);
    }

    /// One layer of it.
    ///
    /// @param busy        time its tasks ran, summed over threads
    /// @param outputRows  rows its finished tasks returned
    /// @param outputBytes bytes its finished tasks returned
    /// @param longest     time its longest finished task ran; zero where that is not known, as in views of an engine's events
    /// @param counts      what its finished tasks counted, see [TaskContext#count]; a task that ran twice counts twice. Empty
    ///                    where that is not known
    public record LayerProgress(
            String label, int taskCount, int runningCount, int finishedCount, Duration busy, long outputRows,
            long outputBytes, Duration longest, List<Long> counts) {
        public LayerProgress {
            counts = List.copyOf(counts);
        }

        /// A layer whose tasks counted nothing.
        public LayerProgress(
                String label, int taskCount, int runningCount, int finishedCount, Duration busy, long outputRows,
                long outputBytes) {
            this(label, taskCount, runningCount, finishedCount, busy, outputRows, outputBytes, Duration.ZERO,
                    List.of());
        }
    }
}
