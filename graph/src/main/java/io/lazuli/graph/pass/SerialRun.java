package io.lazuli.graph.pass;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What would happen if one worker ran a graph, without running it: of the tasks that can run always one of the latest layer,
/// and of these the lowest partition, as engines do.
///
/// A result is alive from the end of its task until the end of the last task that reads it; the output's to the end of the
/// run. Results held by the engine are not counted.
///
/// Time and space O(tasks + links of explicit dependencies).
public final class SerialRun {
    /// Layers, the last first: so the task with the lowest id runs first.
    private final List<LayerState> layers = new ArrayList<>();
    private final Map<Token, LayerState> byToken = new HashMap<>();
    /// Inputs that a task still waits for, barriers not counted, by task id.
    private final int[] missing;
    /// Reads that a result still expects, by task id.
    private final int[] reads;
    private final int[] position;
    private final int[] lastRead;
    private final ReadySet ready;
    private int runCount;
    private int alive;
    private int mostAlive;

    private SerialRun(TaskGraph graph) {
        int tasks = 0;
        for (Layer layer : graph.layers().reversed()) {
            LayerState state = new LayerState(layer, tasks);
            layers.add(state);
            byToken.put(layer.token(), state);
            tasks = Math.addExact(tasks, layer.partitionCount());
        }
        missing = new int[tasks];
        reads = new int[tasks];
        position = new int[tasks];
        lastRead = new int[tasks];
        ready = new ReadySet(tasks);
        layers.forEach(this::link);
        LayerState output = state(graph.output());
        expectReads(output);
        layers.forEach(this::findReady);
        while (!ready.isEmpty()) {
            run(ready.takeLeast());
        }
        for (int p = 0; p < output.count(); p++) {
            lastRead[output.first + p] = runCount;
        }
    }

    public static SerialRun of(TaskGraph graph) {
        return new SerialRun(graph);
    }

    /// The most results alive at once; that of the task which just ended and its inputs' included.
    public int mostAlive() {
        return mostAlive;
    }

    /// How many tasks run before this one.
    public int position(Key key) {
        return position[id(key)];
    }

    /// How many tasks run while this one's result is alive, its last reader included.
    public int age(Key key) {
        int id = id(key);
        return Math.max(0, lastRead[id] - position[id] - 1);
    }

    /// True if some task reads the result, or the user wants it.
    public boolean isRead(Key key) {
        return lastRead[id(key)] > 0;
    }

    public int taskCount() {
        return position.length;
    }

    private int id(Key key) {
        LayerState state = state(key.layer());
        return state.first + Objects.checkIndex(key.partition(), state.count());
    }

    private LayerState state(Token token) {
        LayerState state = byToken.get(token);
        if (state == null) {
            throw new IllegalArgumentException("the graph has no layer " + token);
        }
        return state;
    }

    /// One layer while the graph runs.
    private static final class LayerState {
        final Layer layer;
        /// Id of partition 0.
        final int first;
        /// What reads this layer.
        final List<Edge> readers = new ArrayList<>();
        /// What this layer reads; without held results.
        final List<Edge> inputs = new ArrayList<>();
        /// Tasks that have not run.
        int tasksLeft;
        /// Layers that must be complete before any task of this one runs, once for each dependency.
        int barriersLeft;

        LayerState(Layer layer, int first) {
            this.layer = layer;
            this.first = first;
            this.tasksLeft = layer.partitionCount();
        }

        int count() {
            return layer.partitionCount();
        }
    }

    /// One dependency.
    private record Edge(LayerState producer, LayerState consumer, Dependency pattern, Readers readers) {
        static Edge of(LayerState producer, LayerState consumer, Dependency pattern) {
            return new Edge(producer, consumer, pattern, Readers.of(pattern, producer.count()));
        }

        /// True if every task of the consumer reads the whole producer: counted per layer, not per pair of tasks.
        boolean isBarrier() {
            return switch (pattern) {
                case Dependency.Broadcast _, Dependency.Exchange _, Dependency.Kept _ -> true;
                case Dependency.OneToOne _, Dependency.Tree _, Dependency.Explicit _ -> false;
            };
        }
    }

    /// An explicit dependency the other way round: `p` is read by `targets[offsets[p]]` up to `targets[offsets[p + 1]]`.
    private record Readers(int[] offsets, int[] targets) {
        private static final Readers NONE = new Readers(new int[0], new int[0]);

        static Readers of(Dependency pattern, int producerCount) {
            if (!(pattern instanceof Dependency.Explicit links)) {
                return NONE;
            }
            int[] offsets = new int[producerCount + 1];
            for (int source : links.sources()) {
                offsets[source + 1]++;
            }
            Arrays.parallelPrefix(offsets, Integer::sum);
            int[] targets = new int[links.sources().length];
            int[] next = offsets.clone();
            for (int p = 0; p + 1 < links.offsets().length; p++) {
                for (int i = links.offsets()[p]; i < links.offsets()[p + 1]; i++) {
                    targets[next[links.sources()[i]]++] = p;
                }
            }
            return new Readers(offsets, targets);
        }
    }

    private void link(LayerState consumer) {
        for (Dependency dependency : consumer.layer.dependencies()) {
            LayerState producer = byToken.get(dependency.on());
            if (producer == null) {
                continue; // held
            }
            Edge edge = Edge.of(producer, consumer, dependency);
            consumer.inputs.add(edge);
            producer.readers.add(edge);
            if (edge.isBarrier()) {
                consumer.barriersLeft++;
                expectReads(producer);
            } else {
                linkTasks(edge);
            }
        }
    }

    /// One read more for each partition: by the whole consumer, or by the user.
    private void expectReads(LayerState producer) {
        for (int p = 0; p < producer.count(); p++) {
            reads[producer.first + p]++;
        }
    }

    private void linkTasks(Edge edge) {
        LayerState producer = edge.producer;
        for (int p = 0; p < edge.consumer.count(); p++) {
            int consumer = edge.consumer.first + p;
            switch (edge.pattern) {
                case Dependency.Explicit links -> {
                    for (int i = links.offsets()[p]; i < links.offsets()[p + 1]; i++) {
                        missing[consumer]++;
                        reads[producer.first + links.sources()[i]]++;
                    }
                }
                case Dependency other -> other.partitions(p, producer.count()).forEach(source -> {
                    missing[consumer]++;
                    reads[producer.first + source]++;
                });
            }
        }
    }

    private void findReady(LayerState state) {
        for (int p = 0; p < state.count() && state.barriersLeft == 0; p++) {
            if (missing[state.first + p] == 0) {
                ready.add(state.first + p);
            }
        }
    }

    private void run(int id) {
        LayerState state = stateOf(id);
        int partition = id - state.first;
        position[id] = runCount++;
        mostAlive = Math.max(mostAlive, ++alive);
        if (reads[id] == 0) {
            alive--;
        }
        state.inputs.forEach(edge -> endReads(edge, partition));
        state.tasksLeft--;
        state.readers.forEach(edge -> tellReaders(edge, partition));
    }

    private LayerState stateOf(int id) {
        int low = 0;
        int high = layers.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (layers.get(middle).first <= id) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return layers.get(low);
    }

    private void endReads(Edge edge, int partition) {
        LayerState producer = edge.producer;
        if (edge.isBarrier()) {
            if (edge.consumer.tasksLeft == 1) {
                for (int p = 0; p < producer.count(); p++) {
                    endRead(producer.first + p);
                }
            }
            return;
        }
        switch (edge.pattern) {
            case Dependency.Explicit links -> {
                for (int i = links.offsets()[partition]; i < links.offsets()[partition + 1]; i++) {
                    endRead(producer.first + links.sources()[i]);
                }
            }
            case Dependency other ->
                other.partitions(partition, producer.count()).forEach(source -> endRead(producer.first + source));
        }
    }

    private void endRead(int id) {
        lastRead[id] = runCount;
        if (--reads[id] == 0) {
            alive--;
        }
    }

    private void tellReaders(Edge edge, int partition) {
        switch (edge.pattern) {
            case Dependency.OneToOne _ -> arrived(edge.consumer, partition);
            case Dependency.Tree tree -> arrived(edge.consumer, partition / tree.fanIn());
            case Dependency.Explicit _ -> {
                Readers readers = edge.readers;
                for (int i = readers.offsets[partition]; i < readers.offsets[partition + 1]; i++) {
                    arrived(edge.consumer, readers.targets[i]);
                }
            }
            case Dependency.Broadcast _, Dependency.Exchange _, Dependency.Kept _ -> {
                if (edge.producer.tasksLeft == 0 && --edge.consumer.barriersLeft == 0) {
                    findReady(edge.consumer);
                }
            }
        }
    }

    private void arrived(LayerState consumer, int partition) {
        int id = consumer.first + partition;
        if (--missing[id] == 0 && consumer.barriersLeft == 0) {
            ready.add(id);
        }
    }
}
