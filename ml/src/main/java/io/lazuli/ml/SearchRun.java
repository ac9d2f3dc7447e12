package io.lazuli.ml;

import io.lazuli.graph.Engine;
import io.lazuli.graph.HeldResult;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobListener;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Upstream;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.ml.model.Predictor;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// Runs a search as one job and tells of candidates as they are done.
final class SearchRun {
    /// The job is over.
    private static final int ENDED = -1;

    private SearchRun() {}

    static <M extends Predictor> SearchResult<M> run(
            Search.Planned<M> planned, Consumer<SearchRow<M>> listener) {
        List<Delayed<?>> wanted = new ArrayList<>();
        planned.rows().forEach(row -> wanted.add(row.delayed()));
        wanted.add(planned.result().delayed());
        Upstream all = Delayed.upstreamOfAll(wanted);
        Engine engine = HeldResult.engineFor(all.results(), planned.result().engine());
        TaskGraph graph = new TaskGraph(all.held(), all.layers(), all.token());
        try (Job job = engine.submit(graph, JobOptions.DEFAULTS.withName("search"))) {
            Offers offers = new Offers();
            job.addListener(offers);
            int result = planned.rows().size();
            for (int offered = offers.next(); offered != ENDED; offered = offers.next()) {
                if (offered < result) {
                    listener.accept(SearchRun.<SearchRow<M>>take(job, offered));
                }
            }
            return take(job, result);
        } finally {
            Reference.reachabilityFence(planned);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T take(Job job, int partition) {
        Block block = job.take(partition);
        try {
            return (T) Objects.requireNonNull(block.value(), "a search has results");
        } finally {
            block.release();
        }
    }

    /// Hands what the engine tells over to the thread that waits.
    private static final class Offers implements JobListener {
        private final BlockingQueue<Integer> partitions = new LinkedBlockingQueue<>();

        @Override
        public void offered(int partition) {
            partitions.add(partition);
        }

        @Override
        public void ended(JobProgress.State state) {
            partitions.add(ENDED);
        }

        /// **Errors.** CANCELLED if the thread is interrupted.
        int next() {
            try {
                return partitions.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LazuliException(ErrorCode.CANCELLED, "The search was interrupted.", e);
            }
        }
    }
}
