package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.graph.TaskContext;

/// Counts the rows that reach each stage of a pipeline: its steps, then its sink. One addition a batch.
///
/// ```
///   origin ──0──▶ step ──1──▶ step ──2──▶ sink
/// ```
final class StageRows {
    /// By stage, the sink last.
    private final long[] rows;

    StageRows(Pipeline pipeline) {
        rows = new long[pipeline.steps().size() + 1];
    }

    /// `consumer` as the stage that has so many steps before the sink at and after it.
    BatchConsumer counted(int stepsLeft, BatchConsumer consumer) {
        return new Counted(rows.length - 1 - stepsLeft, consumer);
    }

    /// Rows that reached the sink.
    long sunk() {
        return rows[rows.length - 1];
    }

    /// Tells the engine: stage `s` is count `s`.
    void report(TaskContext context) {
        for (int stage = 0; stage < rows.length; stage++) {
            context.count(stage, rows[stage]);
        }
    }

    private final class Counted implements BatchConsumer {
        private final int stage;
        private final BatchConsumer consumer;

        Counted(int stage, BatchConsumer consumer) {
            this.stage = stage;
            this.consumer = consumer;
        }

        @Override
        public void accept(Batch batch) {
            rows[stage] += batch.rowCount();
            consumer.accept(batch);
        }

        @Override
        public boolean wantsMore() {
            return consumer.wantsMore();
        }
    }
}
