package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Expansion;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Token;
import io.lazuli.graph.memory.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The first rows of a scan of many partitions, of which only as many are read as are needed. Each round looks at the rows that
/// are there, and either is done or expands to the next partitions and another round; what it has seen tells how many to take.
///
/// ```
///   round 0 ──▶ [ partition 0 ──▶ round 1 ──▶ [ partitions 1 to 4 ──▶ round 2: enough, done ] ]
/// ```
///
/// @param scan     of all partitions
/// @param steps    after it, the last one a head of as many rows
/// @param types    of the columns that leave the last step
/// @param tables   layers that the steps read, in the order of their dependencies
/// @param rounds   layers of the partitions that were read so far, in order; dependencies after those on tables
/// @param next     the first partition that was not read yet
/// @param width    partitions to read next if nothing was found yet
public record FirstRows(
        Pipeline.Scan scan, List<Pipeline.Step> steps, List<DataType> types, long rowCount, List<Token> tables,
        List<Token> rounds, int next, int width) implements Operation {
    /// A round is at most as many times as wide as all before it.
    private static final int GROWTH = 4;

    public FirstRows {
        steps = List.copyOf(steps);
        types = List.copyOf(types);
        tables = List.copyOf(tables);
        rounds = List.copyOf(rounds);
        if (next < 0 || width < 1) {
            throw new IllegalArgumentException("no round of " + width + " partitions from " + next);
        }
    }

    @Override
    public String name() {
        return new Pipeline(scan, steps, new Pipeline.Collect(types)).name();
    }

    @Override
    public boolean namesInputs() {
        return true;
    }

    /// What the layer of this round depends on.
    public List<Dependency> dependencies() {
        return Stream.concat(tables.stream(), rounds.stream()).<Dependency>map(Broadcast::new).toList();
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        long found = rowsOfRounds(inputs);
        return found >= rowCount || next == scan.splits().size()
                ? collect(context, inputs)
                : nextRound(inputs, found).toBlock();
    }

    private long rowsOfRounds(TaskInputs inputs) {
        return IntStream.range(tables.size(), inputs.dependencyCount())
                .boxed()
                .flatMap(dependency -> inputs.blocks(dependency).stream())
                .mapToLong(Block::rowCount)
                .sum();
    }

    private Expansion nextRound(TaskInputs inputs, long found) {
        int end = (int) Math.min(scan.splits().size(), (long) next + partitionsFor(found));
        Pipeline part = new Pipeline(
                new Pipeline.Scan(scan.source(), scan.request(), scan.splits().subList(next, end)),
                Pipeline.moved(steps, next), new Pipeline.Collect(types));
        List<Dependency> tableRows = tables.stream().<Dependency>map(Broadcast::new).toList();
        Layer read = Layer.of(part, end - next, tableRows, part.name());
        FirstRows after = new FirstRows(
                scan, steps, types, rowCount, tables, with(rounds, read.token()), end, GROWTH * width);
        Layer decide = Layer.of(after, 1, after.dependencies(), after.name());
        Map<Token, Integer> known = counts(inputs);
        // partitions that read the same as those of an earlier round, such as empty ones, are there already
        List<Layer> layers = known.containsKey(read.token()) ? List.of(decide) : List.of(read, decide);
        return new Expansion(new TaskGraph(known, layers, decide.token()));
    }

    /// Partitions that should hold the rest, if the next ones are like those before.
    private long partitionsFor(long found) {
        double perPartition = (double) found / Math.max(1, next);
        double needed = Math.ceil((rowCount - found) / perPartition);
        return found == 0 ? width : (long) Math.min(needed, (double) GROWTH * next);
    }

    /// The layers that the next round may start from, with their partitions.
    private Map<Token, Integer> counts(TaskInputs inputs) {
        Map<Token, Integer> counts = new LinkedHashMap<>();
        List<Dependency> dependencies = dependencies();
        for (int d = 0; d < dependencies.size(); d++) {
            counts.put(dependencies.get(d).on(), inputs.blocks(d).size());
        }
        return counts;
    }

    private Block collect(TaskContext context, TaskInputs inputs) {
        BlockBuilder rows = new BlockBuilder(context.memory(), types, 0);
        Scratch scratch = new Scratch(context.memory());
        long left = rowCount;
        for (int dependency = tables.size(); dependency < inputs.dependencyCount() && left > 0; dependency++) {
            BlockOrigin origin = BlockOrigin.whole(context, inputs, dependency);
            for (Optional<Batch> batch = origin.next(scratch); batch.isPresent() && left > 0;
                    batch = origin.next(scratch)) {
                context.checkCancelled();
                Batch taken = batch.get().slice(0, (int) Math.min(left, batch.get().rowCount()), scratch);
                rows.append(taken);
                left -= taken.rowCount();
                scratch.reset();
            }
        }
        return rows.finish();
    }

    private static <T> List<T> with(List<T> values, T last) {
        List<T> longer = new ArrayList<>(values);
        longer.add(last);
        return longer;
    }
}
