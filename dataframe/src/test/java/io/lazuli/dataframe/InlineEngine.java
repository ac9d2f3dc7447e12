package io.lazuli.dataframe;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Engine;
import io.lazuli.graph.Expansion;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobListener;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Persisted;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// The simplest engine that can be: one task after the other, layer by layer, in the thread that submits. Closing it fails
/// if any memory is left.
public final class InlineEngine implements Engine {
    private static final long LIMIT = 1L << 30;

    private final MemoryAccountant memory = MemoryAccountant.create(LIMIT);
    /// What was persisted and not closed; the same graph may be there more than once.
    private final List<HeldBlocks> held = new CopyOnWriteArrayList<>();
    private final List<TaskGraph> submitted = new ArrayList<>();
    /// What tasks of the last graph expanded to, in order.
    private final List<TaskGraph> expanded = new ArrayList<>();
    /// Of the layers of the last graph.
    private final Map<Token, Tally> tallies = new HashMap<>();

    /// What the tasks of one layer made and counted.
    private static final class Tally {
        private long rows;
        private long bytes;
        private long[] counts = {};

        void count(int index, long amount) {
            counts = counts.length > index ? counts : Arrays.copyOf(counts, index + 1);
            counts[index] += amount;
        }
    }

    /// The graphs so far, the last one last.
    public List<TaskGraph> submitted() {
        return List.copyOf(submitted);
    }

    /// What tasks of the last graph expanded to, the first one first.
    public List<TaskGraph> expanded() {
        return List.copyOf(expanded);
    }

    @Override
    public MemoryAccountant memory() {
        return memory;
    }

    @Override
    public Job submit(TaskGraph graph, JobOptions options) {
        submitted.add(graph);
        try {
            return new FinishedJob(graph, run(graph), null);
        } catch (LazuliException failure) {
            return new FinishedJob(graph, List.of(), failure);
        }
    }

    @Override
    public Persisted persist(TaskGraph graph, JobOptions options, Consumer<Job> started) {
        submitted.add(graph);
        List<Block> output = run(graph);
        try (FinishedJob job = new FinishedJob(graph, List.of(), null)) {
            started.accept(job);
        }
        HeldBlocks kept = new HeldBlocks(graph.output(), output);
        held.add(kept);
        return kept;
    }

    @Override
    public void close() {
        held.forEach(HeldBlocks::close);
        memory.close();
    }

    private List<Block> run(TaskGraph graph) {
        tallies.clear();
        expanded.clear();
        return run(graph, Map.of());
    }

    /// @param given what the graph may start from
    private List<Block> run(TaskGraph graph, Map<Token, List<Block>> given) {
        Map<Token, List<Block>> results = new HashMap<>(given);
        try {
            for (Layer layer : graph.layers()) {
                results.put(layer.token(), new ArrayList<>());
                for (int partition = 0; partition < layer.partitionCount(); partition++) {
                    results.get(layer.token()).add(expanded(run(layer, partition, results), results));
                }
                checkSlices(layer, results);
            }
            return results.get(graph.output()).stream().map(Block::retain).toList();
        } finally {
            results.forEach((token, blocks) -> {
                if (!given.containsKey(token)) {
                    blocks.forEach(Block::release);
                }
            });
        }
    }

    /// What a task's result stands for.
    private Block expanded(Block block, Map<Token, List<Block>> results) {
        if (block.kind() != Block.Kind.OBJECT || !(block.value(Object.class) instanceof Expansion(TaskGraph graph))) {
            return block;
        }
        block.release();
        expanded.add(graph);
        return run(graph, results).getFirst();
    }

    private Block run(Layer layer, int partition, Map<Token, List<Block>> results) {
        List<List<Block>> inputs = layer.dependencies().stream()
                .map(dependency -> inputs(dependency, partition, results))
                .toList();
        try (Reservation reservation = memory.reserve(layer.label(), layer.operation().grantBytes())) {
            Tally tally = tallies.computeIfAbsent(layer.token(), token -> new Tally());
            Block block = layer.operation().run(new Context(new Key(layer.token(), partition), reservation, tally),
                    new Inputs(layer, partition, inputs));
            tally.rows += block.rowCount();
            tally.bytes += block.byteSize();
            return block;
        }
    }

    private List<Block> blocks(Token token, Map<Token, List<Block>> results) {
        return results.containsKey(token)
                ? results.get(token)
                : held.stream().filter(kept -> kept.token.equals(token)).findFirst().orElseThrow().blocks;
    }

    private List<Block> inputs(Dependency dependency, int partition, Map<Token, List<Block>> results) {
        List<Block> produced = blocks(dependency.on(), results);
        return dependency.partitions(partition, produced.size()).mapToObj(produced::get).toList();
    }

    /// Each block of an exchange's producer must have a slice for every partition of the consumer.
    private void checkSlices(Layer layer, Map<Token, List<Block>> results) {
        for (Dependency dependency : layer.dependencies()) {
            if (dependency instanceof Dependency.Exchange(Token on)) {
                for (Block block : blocks(on, results)) {
                    if (block.sliceCount() != layer.partitionCount()) {
                        throw new IllegalStateException(layer + " takes slices of a block with " + block.sliceCount());
                    }
                }
            }
        }
    }

    private record Context(Key key, Reservation memory, Tally tally) implements TaskContext {
        @Override
        public void count(int index, long amount) {
            tally.count(index, amount);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void checkCancelled() {}
    }

    private record Inputs(Layer layer, int partition, List<List<Block>> all) implements TaskInputs {
        @Override
        public int dependencyCount() {
            return all.size();
        }

        @Override
        public List<Block> blocks(int dependency) {
            return all.get(dependency);
        }

        @Override
        public int slice(int dependency) {
            return layer.dependencies().get(dependency).slice(partition);
        }
    }

    private final class HeldBlocks implements Persisted {
        private final Token token;
        private final List<Block> blocks;
        private final List<Long> rowCounts;
        private final long byteSize;

        HeldBlocks(Token token, List<Block> blocks) {
            this.token = token;
            this.blocks = blocks;
            this.rowCounts = blocks.stream().map(Block::rowCount).toList();
            this.byteSize = blocks.stream().mapToLong(Block::byteSize).sum();
        }

        @Override
        public Token token() {
            return token;
        }

        @Override
        public List<Long> rowCounts() {
            return rowCounts;
        }

        @Override
        public long byteSize() {
            return byteSize;
        }

        @Override
        public void close() {
            if (held.remove(this)) {
                blocks.forEach(Block::release);
            }
        }
    }

    private final class FinishedJob implements Job {
        private final TaskGraph graph;
        private final List<Block> output;
        /// Null if the job succeeded.
        private final LazuliException failure;
        private final boolean[] taken;
        /// Of the layers of its graph.
        private final Map<Token, Tally> counted = Map.copyOf(tallies);

        FinishedJob(TaskGraph graph, List<Block> output, LazuliException failure) {
            this.graph = graph;
            this.output = output;
            this.failure = failure;
            this.taken = new boolean[output.size()];
        }

        @Override
        public long id() {
            return 1;
        }

        @Override
        public int partitionCount() {
            return graph.outputLayer().partitionCount();
        }

        @Override
        public Block take(int partition) {
            if (failure != null) {
                throw failure;
            }
            if (taken[partition]) {
                throw new IllegalStateException("partition " + partition + " was taken before");
            }
            taken[partition] = true;
            return output.get(partition);
        }

        @Override
        public Optional<Block> tryTake(int partition) {
            return Optional.of(take(partition));
        }

        @Override
        public boolean await(int partition, Duration timeout) {
            return true;
        }

        @Override
        public void addListener(JobListener listener) {
            for (int p = 0; failure == null && p < output.size(); p++) {
                if (!taken[p]) {
                    listener.offered(p);
                }
            }
            listener.ended(progress().state());
        }

        @Override
        public void cancel() {}

        @Override
        public JobProgress progress() {
            List<JobProgress.LayerProgress> layers = graph.layers().stream()
                    .map(layer -> progress(layer, counted.getOrDefault(layer.token(), new Tally())))
                    .toList();
            JobProgress.State state = failure == null ? JobProgress.State.SUCCEEDED : JobProgress.State.FAILED;
            return new JobProgress(state, Duration.ZERO, 0, layers);
        }

        private JobProgress.LayerProgress progress(Layer layer, Tally tally) {
            return new JobProgress.LayerProgress(
                    layer.label(), layer.partitionCount(), 0, layer.partitionCount(), Duration.ZERO, tally.rows,
                    tally.bytes, Duration.ZERO, Arrays.stream(tally.counts).boxed().toList());
        }

        @Override
        public void close() {
            IntStream.range(0, output.size()).filter(p -> !taken[p]).forEach(p -> output.get(p).release());
        }
    }
}
