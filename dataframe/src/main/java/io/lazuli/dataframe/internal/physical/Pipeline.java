package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.operator.join.JoinKind;
import io.lazuli.dataframe.internal.source.PartEncoding;
import io.lazuli.dataframe.internal.operator.ordered.OrderedCall;
import io.lazuli.dataframe.internal.operator.user.PartitionFunction;
import io.lazuli.dataframe.internal.operator.user.RowFunction;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.internal.source.Split;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The operation of almost every frame task: batches come from an origin, pass through steps, and end in a sink that returns
/// one block. All of it is data; [PipelineRun] runs it.
///
/// ```
///   origin ──batch──▶ step ──batch──▶ step ──batch──▶ sink ──▶ block
///   scan | blocks     filter | project | random       collect | aggregate | partition
///   merged groups     probe  | head | map rows        sort run | join table | last rows
///   joined slices
///   ordered | slice
/// ```
public record Pipeline(Origin origin, List<Step> steps, Sink sink) implements Operation {
    public Pipeline {
        steps = List.copyOf(steps);
    }

    @Override
    public String name() {
        return Stream
                .concat(Stream.concat(Stream.of(origin.name()), steps.stream().map(Step::name)), Stream.of(sink.name()))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(" > "));
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        return PipelineRun.run(this, context, inputs);
    }

    @Override
    public Block pack(Block object) {
        return sink instanceof BuildTable ? BuildTableSink.pack(object) : Operation.super.pack(object);
    }

    @Override
    public Block unpack(Block packed, Reservation memory) {
        return sink instanceof BuildTable build
                ? BuildTableSink.unpack(build, packed, memory)
                : Operation.super.unpack(packed, memory);
    }

    /// Where batches come from.
    public sealed interface Origin {
        String name();
    }

    /// Partition `p` of the layer reads `splits.get(p)`. Without splits the layer has one partition, which reads nothing.
    public record Scan(Source source, ScanRequest request, List<Split> splits) implements Origin {
        public Scan {
            splits = List.copyOf(splits);
        }

        @Override
        public String name() {
            return "scan " + source.name();
        }
    }

    /// The blocks of a dependency (this task's slice of them where it is an exchange), one after the other; `columns` picks some.
    public record Blocks(int dependency, List<Integer> columns) implements Origin {
        public Blocks {
            columns = List.copyOf(columns);
        }

        @Override
        public String name() {
            return "";
        }
    }

    /// Partial groups of a dependency merged and finished; columns are the keys, then one for each call.
    public record MergedGroups(int dependency, Aggregation aggregation) implements Origin {
        @Override
        public String name() {
            return "merge";
        }
    }

    /// Sorted runs of a dependency (this task's slice of them) merged into one order.
    public record MergedRuns(int dependency, SortOrder order) implements Origin {
        @Override
        public String name() {
            return "merge";
        }
    }

    /// Rows of dependency `left`, looked up in tables of the rows of dependency `right` (this task's slices of them where they are
    /// exchanges). `leftTypes` are those of the left columns.
    public record JoinedSlices(int left, int right, List<DataType> leftTypes, Matching matching) implements Origin {
        public JoinedSlices {
            leftTypes = List.copyOf(leftTypes);
        }

        @Override
        public String name() {
            return "join";
        }
    }

    /// How the sides of a join meet: left rows are looked up in a table of the right ones. Output: `leftColumns`, then
    /// `rightColumns`. Without keys, all rows match.
    public record Matching(JoinKind kind, List<Integer> leftKeys, List<Integer> rightKeys, List<Integer> leftColumns,
            List<Integer> rightColumns) {
        public Matching {
            leftKeys = List.copyOf(leftKeys);
            rightKeys = List.copyOf(rightKeys);
            leftColumns = List.copyOf(leftColumns);
            rightColumns = List.copyOf(rightColumns);
        }

        /// The same with the sides in each other's place; the columns come in another order.
        public Matching swapped() {
            return new Matching(kind.swapped(), rightKeys, leftKeys, rightColumns, leftColumns);
        }
    }

    /// The rows of a partition (dependency 0) with the columns of ordered calls behind them. Further dependencies, as far as
    /// they are there: the carries ([CarryRows]) of all partitions, the last rows of each ([EdgeRows]) where shifts reach back, the
    /// first rows of each where they reach ahead. A partition that is the only one has none of them.
    public record Ordered(List<OrderedCall> calls, boolean isOnly) implements Origin {
        public Ordered {
            calls = List.copyOf(calls);
        }

        @Override
        public String name() {
            return "ordered";
        }
    }

    /// Those rows of a partition (dependency 0) that are among rows `offset` to `offset + rowCount` of all partitions together;
    /// dependency 1 holds the carries of a row index. A negative offset counts from the end.
    public record Slice(long offset, long rowCount) implements Origin {
        @Override
        public String name() {
            return "slice";
        }
    }

    /// A partition (dependency 0) as a whole, through a function of the user's program, with up to `before` and `after` rows around it.
    /// Further dependencies, as far as these are not 0: the last rows of each partition, the first rows of each ([EdgeRows]).
    public record MapPartition(PartitionFunction function, int before, int after) implements Origin {
        @Override
        public String name() {
            return function.name();
        }
    }

    /// The partitions of several pipelines, one after the other: partition `p` is that of the branch that it falls into.
    public record Branches(List<Branch> branches) implements Origin {
        public Branches {
            branches = List.copyOf(branches);
        }

        @Override
        public String name() {
            return "concat";
        }
    }

    /// The first part of a pipeline with `partitionCount` partitions.
    public record Branch(Origin origin, List<Step> steps, int partitionCount) {
        public Branch {
            steps = List.copyOf(steps);
        }
    }

    /// What happens to each batch.
    public sealed interface Step {
        String name();
    }

    /// Keeps the rows for which the predicate is true.
    public record Filter(BoundExpr predicate) implements Step {
        @Override
        public String name() {
            return "filter";
        }
    }

    /// Replaces the columns by these expressions over them.
    public record Project(List<BoundExpr> expressions) implements Step {
        public Project {
            expressions = List.copyOf(expressions);
        }

        @Override
        public String name() {
            return "project";
        }
    }

    /// Looks each row up in a join table: the single OBJECT block of dependency `table` (a [BuildTable] sink). No row of the table may
    /// be asked to stand alone, because other tasks look there too.
    public record Probe(int table, Matching matching) implements Step {
        @Override
        public String name() {
            return "join";
        }
    }

    /// Passes the first `rowCount` rows and then asks for no more.
    public record Head(long rowCount) implements Step {
        @Override
        public String name() {
            return "head " + rowCount;
        }
    }

    /// Adds two columns of LONG: a random number, and the position of the row. Both depend on nothing but `seed`, the partition
    /// and the number of the row in it.
    ///
    /// @param offset what is to be added to the partition of the task, where it is one of several frames' or of a later round
    public record RandomKeys(long seed, int offset) implements Step {
        @Override
        public String name() {
            return "random";
        }
    }

    /// Passes each batch once for each group of its columns: these alone.
    public record Unpivot(List<List<Integer>> groups) implements Step {
        public Unpivot {
            groups = groups.stream().map(List::copyOf).toList();
        }

        @Override
        public String name() {
            return "unpivot";
        }
    }

    /// Passes rows through a function of the user's program.
    public record MapRows(RowFunction function) implements Step {
        @Override
        public String name() {
            return function.name();
        }
    }

    /// The steps, to give the rows of partition p what they gave them, in a task of partition p - `partitions`.
    public static List<Step> moved(List<Step> steps, int partitions) {
        return steps.stream()
                .map(step -> step instanceof RandomKeys(long seed, int offset)
                        ? new RandomKeys(seed, offset + partitions)
                        : step)
                .toList();
    }

    /// Where batches end.
    public sealed interface Sink {
        String name();
    }

    /// All rows, in order. `types` are those of the columns that arrive.
    public record Collect(List<DataType> types) implements Sink {
        public Collect {
            types = List.copyOf(types);
        }

        @Override
        public String name() {
            return "";
        }
    }

    /// The last `rowCount` rows, in order.
    public record LastRows(List<DataType> types, long rowCount) implements Sink {
        public LastRows {
            types = List.copyOf(types);
        }

        @Override
        public String name() {
            return "tail " + rowCount;
        }
    }

    /// Groups of this partition in partial form ([Aggregation#partialTypes]), cut into `sliceCount` slices by the hash of the keys;
    /// no cuts where it is 1.
    public record PartialGroups(Aggregation aggregation, int sliceCount) implements Sink {
        @Override
        public String name() {
            return "aggregate";
        }
    }

    /// The first `count` rows of each group of `keys` in this order; of equal ones, which all are where `order` is empty, the earlier, or
    /// the later where `prefersLater`. In row order within slices, of which there are `sliceCount` by the hash of the keys. Where
    /// `isPartial`, a group may have more.
    public record TopRows(List<DataType> types, List<Integer> keys, SortOrder order, boolean prefersLater, int count,
            int sliceCount, boolean isPartial) implements Sink {
        public TopRows {
            types = List.copyOf(types);
            keys = List.copyOf(keys);
        }

        @Override
        public String name() {
            return (prefersLater ? "last " : "top ") + count + " of groups";
        }
    }

    /// All rows, cut into `sliceCount` slices by the hash of the keys.
    public record HashSlices(List<DataType> types, List<Integer> keys, int sliceCount) implements Sink {
        public HashSlices {
            types = List.copyOf(types);
            keys = List.copyOf(keys);
        }

        @Override
        public String name() {
            return "partition";
        }
    }

    /// All rows sorted (stably), or the first `limit` of them where it is not negative.
    public record SortedRun(List<DataType> types, SortOrder order, long limit) implements Sink {
        public SortedRun {
            types = List.copyOf(types);
        }

        @Override
        public String name() {
            return limit < 0 ? "sort" : "top " + limit;
        }
    }

    /// All rows as a piece of a file, in the form that the file's writer wants. `types` are those of the columns that arrive.
    public record Encode(PartEncoding encoding, List<DataType> types) implements Sink {
        public Encode {
            types = List.copyOf(types);
        }

        @Override
        public String name() {
            return "encode " + encoding.name();
        }
    }

    /// All rows in a hash table, as an OBJECT block for [Probe].
    public record BuildTable(List<DataType> types, List<Integer> keys) implements Sink {
        public BuildTable {
            types = List.copyOf(types);
            keys = List.copyOf(keys);
        }

        @Override
        public String name() {
            return "build";
        }
    }
}
