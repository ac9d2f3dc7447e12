package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.expression.BoundExpr.Call;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.expression.BoundExpr.Literal;
import io.lazuli.dataframe.internal.kernel.BoolKernels;
import io.lazuli.dataframe.internal.kernel.Gather;
import io.lazuli.dataframe.internal.kernel.HashKernels;
import io.lazuli.dataframe.internal.kernel.SelectKernels;
import io.lazuli.dataframe.internal.kernel.Validity;
import io.lazuli.dataframe.internal.kernel.ValueSet;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/// Chooses kernels for functions of values of any type.
final class ValueCalls {
    private ValueCalls() {}

    static PreparedExpr prepare(ValueFunction function, Call call, List<PreparedExpr> arguments, Reservation memory) {
        return switch (function) {
            case IN -> call.arguments().size() - 1 > ValueFunction.MOST_COMPARISONS && canBeHashed(call)
                    ? in(call, arguments.getFirst(), memory)
                    : Choices.isOneOf(call, arguments);
            case REPLACE -> canBeHashed(call)
                    ? replace(call, arguments.getFirst(), memory)
                    : Choices.replace(call, arguments);
            case GREATEST -> (batch, scratch) -> best(CompareOperator.GE, arguments, batch, scratch);
            case LEAST -> (batch, scratch) -> best(CompareOperator.LE, arguments, batch, scratch);
            case COALESCE -> Choices.coalesce(call, arguments);
            case NULL_IF -> Choices.nullIf(call, arguments);
            case FILL_NAN -> Choices.fillNaN(call, arguments);
            case CLIP -> Choices.clip(call, arguments);
            case BETWEEN -> Choices.isBetween(call, arguments);
            case HASH -> (batch, scratch) -> hash(arguments, batch, scratch);
            case TRY_CAST -> Casts.prepareTry(call.arguments().getFirst().type(), call.type(), arguments.getFirst());
        };
    }

    private static boolean canBeHashed(Call call) {
        DataType type = call.arguments().getFirst().type();
        return Kind.of(type) != Kind.BOOL
                && type != DataType.BINARY
                && call.arguments().stream().skip(1).allMatch(argument -> argument instanceof Literal literal
                        && literal.value().isPresent() && literal.type().equals(type));
    }

    private static PreparedExpr in(Call call, PreparedExpr value, Reservation memory) {
        ValueSet set = ValueSet.of(Constant.column(literals(call, 1, 1), memory));
        Found found = new Found();
        return (batch, scratch) -> {
            Column column = value.evaluate(batch, scratch);
            MemorySegment bits = found.bits(set, column, scratch);
            return new Column(DataType.BOOL, column.length(), column.validity(), bits);
        };
    }

    private static PreparedExpr replace(Call call, PreparedExpr value, Reservation memory) {
        ValueSet set = ValueSet.of(Constant.column(literals(call, 1, 2), memory));
        Column replacements = Constant.column(literals(call, 2, 2), memory);
        Found found = new Found();
        return (batch, scratch) -> {
            Column column = value.evaluate(batch, scratch);
            MemorySegment bits = found.bits(set, column, scratch);
            Column replaced = Gather.takeOrNull(replacements, found.indexes, 0, column.length(), scratch);
            return SelectKernels.select(bits, replaced, column, scratch);
        };
    }

    private static List<Literal> literals(Call call, int first, int step) {
        List<BoundExpr> arguments = call.arguments();
        return IntStream.iterate(first, i -> i < arguments.size(), i -> i + step)
                .mapToObj(i -> (Literal) arguments.get(i))
                .toList();
    }

    /// Where the rows of a batch are in a set. Reused from batch to batch.
    private static final class Found {
        private int[] indexes = new int[Batch.ROWS];

        /// Says which rows are in the set, and leaves their indexes in it.
        MemorySegment bits(ValueSet set, Column column, Scratch scratch) {
            if (indexes.length < column.length()) {
                indexes = new int[column.length()];
            }
            set.find(column, indexes);
            MemorySegment bits = scratch.bits(column.length());
            for (int row = 0; row < column.length(); ) {
                int word = row >>> 6;
                long found = 0;
                for (int end = Math.min(row + 64, column.length()); row < end; row++) {
                    found |= (long) (~indexes[row] >>> 31) << row;
                }
                Bits.setWord(bits, word, found);
            }
            return bits;
        }
    }

    /// Keeps the first of two values where it compares to the second like this, or the second is null.
    private static Column best(CompareOperator operator, List<PreparedExpr> values, Batch batch, Scratch scratch) {
        Column best = values.getFirst().evaluate(batch, scratch);
        for (PreparedExpr value : values.subList(1, values.size())) {
            Column next = value.evaluate(batch, scratch);
            MemorySegment keeps = Comparisons.compare(operator, best, next, scratch);
            if (next.mayHaveNulls()) {
                MemorySegment bits = scratch.bits(next.length());
                BoolKernels.or(keeps, Validity.nulls(next, scratch), next.length(), bits);
                keeps = bits;
            }
            if (best.mayHaveNulls()) {
                MemorySegment bits = scratch.bits(best.length());
                BoolKernels.and(keeps, best.validity(), best.length(), bits);
                keeps = bits;
            }
            best = SelectKernels.select(keeps, best, next, scratch);
        }
        return best;
    }

    private static Column hash(List<PreparedExpr> values, Batch batch, Scratch scratch) {
        MemorySegment hashes = scratch.values(Kind.LONG, batch.rowCount()).fill((byte) 0);
        for (PreparedExpr value : values) {
            HashKernels.add(value.evaluate(batch, scratch), hashes);
        }
        return new Column(DataType.LONG, batch.rowCount(), Column.NO_NULLS, hashes);
    }
}
