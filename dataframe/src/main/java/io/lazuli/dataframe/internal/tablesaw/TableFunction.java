package io.lazuli.dataframe.internal.tablesaw;

import io.lazuli.dataframe.internal.RowErrors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.user.PartitionFunction;
import io.lazuli.dataframe.internal.operator.user.PartitionRows;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Token;
import io.lazuli.graph.codec.Portable;
import io.lazuli.graph.function.Function1;
import java.util.Optional;
import tech.tablesaw.api.Table;

/// A function of the user's program from the table of a partition to another table.
public final class TableFunction implements PartitionFunction, Portable {
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

    private final Method method;
    private final Schema input;
    private final Schema output;
    private final Function1<Table, Table> function;
    private final String place;
    private final Optional<Token> contentToken;
    private final Token token;

    /// @param output   what the function declares to return
    /// @param callSite where the user wrote it, such as `Trips.java:42`
    public TableFunction(
            Method method, Schema input, Schema output, Function1<Table, Table> function, String callSite) {
        this.method = method;
        this.input = input;
        this.output = output;
        this.function = function;
        this.place = "%s (%s)".formatted(method.code, callSite);
        this.contentToken = function.contentToken().map(code -> Token.of(method.code, input, output, code));
        this.token = contentToken.orElseGet(Token::random);
    }

    private TableFunction(Parts parts) {
        this.method = parts.method;
        this.input = parts.input;
        this.output = parts.output;
        this.function = parts.function;
        this.place = parts.place;
        this.contentToken = parts.contentToken;
        this.token = parts.token;
    }

    private record Parts(Method method, Schema input, Schema output, Function1<Table, Table> function, String place,
            Optional<Token> contentToken, Token token) implements Form {
        @Override
        public Object restore() {
            return new TableFunction(this);
        }
    }

    @Override
    public Form form() {
        return new Parts(method, input, output, function, place, contentToken, token);
    }

    @Override
    public String name() {
        return switch (method) {
            case MAP_PARTITIONS -> "map partitions";
            case MAP_OVERLAP -> "map overlap";
        };
    }

    @Override
    public Token token() {
        return token;
    }

    @Override
    public Optional<Token> contentToken() {
        return contentToken;
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
