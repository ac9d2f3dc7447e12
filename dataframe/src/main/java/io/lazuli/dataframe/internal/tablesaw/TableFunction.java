package io.lazuli.dataframe.internal.tablesaw;

import io.lazuli.dataframe.internal.RowErrors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.user.PartitionFunction;
import io.lazuli.dataframe.internal.operator.user.PartitionRows;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Token;
import io.lazuli.graph.function.Function1;
import java.util.Optional;
import tech.tablesaw.api.Table;

/// A function of the user's program from the table of a partition to another table.
///
/// @param output       what the function declares to return
/// @param place        the method and where the user wrote it, such as `mapPartitions (Trips.java:42)`
/// @param contentToken of code and captures; empty where that cannot be had, and then `token` is random
public record TableFunction(
        Method method,
        Schema input,
        Schema output,
        Function1<Table, Table> function,
        String place,
        Optional<Token> contentToken,
        Token token) implements PartitionFunction {
    /// The method that the function was given to: it says what the function returns.
    public enum Method {
        /// Any rows.
        MAP_PARTITIONS("mapPartitions"),
        /// A row for each row of the table, in order; those of rows around the partition are dropped.
        MAP_OVERLAP("mapOverlap");

        private final String code;

        Method(String code) {
            this.code = code;
        }
    }

    /// @param callSite where the user wrote it, such as `Trips.java:42`
    public static TableFunction of(
            Method method, Schema input, Schema output, Function1<Table, Table> function, String callSite) {
        Optional<Token> content = function.contentToken().map(code -> Token.of(method.code, input, output, code));
        String place = "%s (%s)".formatted(method.code, callSite);
        return new TableFunction(
                method, input, output, function, place, content, content.orElseGet(Token::random));
    }

    @Override
    public String name() {
        return switch (method) {
            case MAP_PARTITIONS -> "map partitions";
            case MAP_OVERLAP -> "map overlap";
        };
    }

    @Override
    public BatchReader apply(PartitionRows rows, int partition, Scratch scratch) {
        return switch (method) {
            case MAP_PARTITIONS -> new TableReader(call(rows, partition), output, place, partition, scratch);
            case MAP_OVERLAP -> rows.own().rowCount() == 0 ? new NoRows() : overlap(rows, partition, scratch);
        };
    }

    private BatchReader overlap(PartitionRows rows, int partition, Scratch scratch) {
        Table result = call(rows, partition);
        int count = rows.own().rowCount();
        TableReader reader = new TableReader(result, output, place, partition, scratch);
        if (result.rowCount() != rows.all().mapToLong(Batch::rowCount).sum()) {
            throw RowErrors.otherRowCount(
                    place, partition, rows.beforeCount(), count, rows.afterCount(), result.rowCount());
        }
        reader.restrict(rows.beforeCount(), count);
        return reader;
    }

    private Table call(PartitionRows rows, int partition) {
        TableBuilder table = new TableBuilder(input, Runtime.getRuntime().maxMemory() / 4,
                (byteSize, limit) -> RowErrors.tableTooLarge(place, partition, byteSize, limit));
        rows.all().forEach(table::append);
        Table result;
        try {
            result = function.apply(table.build("partition " + partition));
        } catch (Exception e) {
            throw RowErrors.tableFunctionFailed(place, partition, e);
        }
        if (result == null) {
            throw RowErrors.tableSchema(place, partition, "null", output);
        }
        return result;
    }

    /// What becomes of a partition that has no row of its own.
    private record NoRows() implements BatchReader {
        @Override
        public Optional<Batch> next() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }

    @Override
    public String toString() {
        return name();
    }
}
