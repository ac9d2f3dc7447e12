package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.TextWriter;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.function.DoubleFunction1;
import io.lazuli.graph.function.Function1;
import io.lazuli.graph.function.LongFunction1;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Calls a user's function for each row that is not null.
final class MapFunctions {
    private MapFunctions() {}

    static PreparedExpr prepare(MapFunction function, PreparedExpr operand) {
        return switch (function.body()) {
            case MapFunction.OfDouble body ->
                (batch, scratch) -> mapDoubles(function, body.function(), operand.evaluate(batch, scratch), scratch);
            case MapFunction.OfLong body ->
                (batch, scratch) -> mapLongs(function, body.function(), operand.evaluate(batch, scratch), scratch);
            case MapFunction.OfString body ->
                (batch, scratch) -> mapStrings(function, body.function(), operand.evaluate(batch, scratch), scratch);
        };
    }

    private static Column mapDoubles(MapFunction function, DoubleFunction1 body, Column column, Scratch scratch) {
        MemorySegment values = scratch.values(column.kind(), column.length());
        int row = 0;
        try {
            for (; row < column.length(); row++) {
                double value = column.isNull(row) ? 0 : body.apply(column.doubleAt(row));
                values.set(Layouts.DOUBLE, row * 8L, value);
            }
        } catch (Exception e) {
            throw failed(function, column, row, scratch, e);
        }
        return new Column(column.type(), column.length(), column.validity(), values);
    }

    private static Column mapLongs(MapFunction function, LongFunction1 body, Column column, Scratch scratch) {
        MemorySegment values = scratch.values(column.kind(), column.length());
        int row = 0;
        try {
            for (; row < column.length(); row++) {
                long value = column.isNull(row) ? 0 : body.apply(column.longAt(row));
                values.set(Layouts.LONG, row * 8L, value);
            }
        } catch (Exception e) {
            throw failed(function, column, row, scratch, e);
        }
        return new Column(column.type(), column.length(), column.validity(), values);
    }

    private static Column mapStrings(MapFunction function, Function1<String, @Nullable String> body, Column column,
            Scratch scratch) {
        TextWriter writer = new TextWriter(column.length(), scratch);
        MemorySegment validity = scratch.bits(column.length());
        for (int row = 0; row < column.length(); row++) {
            @Nullable String result = column.isNull(row) ? null : call(function, body, column, row, scratch);
            Bits.set(validity, row, result != null);
            if (result == null) {
                writer.setEmpty(row);
            } else {
                writer.set(row, result);
            }
        }
        return writer.finish(column.length(), validity);
    }

    /// On its own, so that a refusal of memory for the result does not look like the function's failure.
    private static @Nullable String call(MapFunction function, Function1<String, @Nullable String> body, Column column,
            int row,
            Scratch scratch) {
        try {
            return body.apply(column.stringAt(row));
        } catch (Exception e) {
            throw failed(function, column, row, scratch, e);
        }
    }

    private static LazuliException failed(MapFunction function, Column column, int row, Scratch scratch,
            Exception cause) {
        String argument = Errors.shortened(Failures.show(column, row, scratch));
        return Errors.userFunctionFailed(function.name(), function.callSite(), argument, cause);
    }
}
