package io.lazuli.dataframe.internal.tablesaw;

import io.lazuli.dataframe.internal.RowErrors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.user.PartitionFunction;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Token;
import io.lazuli.graph.function.Function1;
import java.util.Optional;
import tech.tablesaw.api.Table;

/// A function of the user's program from the table of a partition to another table.
public final class TableFunction implements PartitionFunction {
    private final Schema input;
    private final Schema output;
    private final Function1<Table, Table> function;
    private final String callSite;
    private final Optional<Token> contentToken;
    private final Token token;

    /// @param output   what the function declares to return
    /// @param callSite where the user wrote it, such as `Trips.java:42`
    public TableFunction(Schema input, Schema output, Function1<Table, Table> function, String callSite) {
        this.input = input;
        this.output = output;
        this.function = function;
        this.callSite = callSite;
        this.contentToken = function.contentToken().map(code -> Token.of("partitions", input, output, code));
        this.token = contentToken.orElseGet(Token::random);
    }

    @Override
    public String name() {
        return "map partitions";
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
    public BatchReader apply(Batch rows, int partition, Scratch scratch) {
        TableBuilder table = new TableBuilder(input, Runtime.getRuntime().maxMemory() / 4);
        table.append(rows);
        return new TableReader(call(table.build("partition " + partition), partition), output, callSite, partition,
                scratch);
    }

    private Table call(Table table, int partition) {
        Table result;
        try {
            result = function.apply(table);
        } catch (Exception e) {
            throw RowErrors.tableFunctionFailed(callSite, partition, e);
        }
        if (result == null) {
            throw RowErrors.tableSchema(callSite, partition, "null", output);
        }
        return result;
    }

    @Override
    public String toString() {
        return name();
    }
}
