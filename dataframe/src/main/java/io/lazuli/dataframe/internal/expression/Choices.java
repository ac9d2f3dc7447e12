package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.expression.BoundExpr.Call;
import io.lazuli.dataframe.internal.expression.BoundExpr.Cast;
import io.lazuli.dataframe.internal.expression.BoundExpr.Compare;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.kernel.BoolKernels;
import io.lazuli.dataframe.internal.kernel.MathKernels;
import io.lazuli.dataframe.internal.kernel.SelectKernels;
import io.lazuli.dataframe.internal.kernel.Validity;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Functions that test a value and then choose it or another one. Each could be written with IF and comparisons that name the value
/// again and again; here it is computed once a batch, so that a chain of them costs as much as it is long.
final class Choices {
    private Choices() {}

    /// What an argument came to for the batch in flight, for all that look at it.
    private static final class Computed implements PreparedExpr {
        /// Null before the first batch.
        private @Nullable Column column;

        /// What comparisons take in place of an argument: a constant, which they have a form for, or this.
        PreparedExpr operand(PreparedExpr argument) {
            return argument instanceof Constant ? argument : this;
        }

        Column set(Column computed) {
            column = computed;
            return computed;
        }

        @Override
        public Column evaluate(Batch batch, Scratch scratch) {
            return Objects.requireNonNull(column, "set for every batch, before it is looked at");
        }
    }

    private static Guard guard(Call call, List<PreparedExpr> arguments, int index) {
        return Guard.create(call.arguments().get(index), arguments.get(index));
    }

    /// The first argument against another one, in whose type they meet.
    private static PreparedExpr compare(CompareOperator operator, Call call, int index, PreparedExpr left,
            PreparedExpr right) {
        BoundExpr other = call.arguments().get(index);
        BoundExpr first = call.arguments().getFirst();
        PreparedExpr meeting = left;
        if (first.type() == DataType.INT && other.type() instanceof DataType.Decimal) {
            first = new Cast(first, DataType.LONG);
            meeting = Casts.prepare((Cast) first, meeting);
        }
        if (!first.type().equals(other.type())) {
            first = new Cast(first, other.type());
            meeting = Casts.prepare((Cast) first, meeting);
        }
        return Comparisons.prepare(new Compare(operator, first, other), meeting, right);
    }

    /// Whether the value may fail to meet what it is compared to.
    static boolean mayFail(Call call) {
        return (call.function() == ValueFunction.BETWEEN || call.function() == ValueFunction.IN)
                && IntStream.range(1, call.arguments().size()).anyMatch(i -> mayFail(call, i));
    }

    private static boolean mayFail(Call call, int index) {
        return !Casts.isSafe(call.arguments().getFirst().type(), call.arguments().get(index).type());
    }

    static PreparedExpr coalesce(Call call, List<PreparedExpr> arguments) {
        PreparedExpr first = arguments.getFirst();
        List<Guard> others = IntStream.range(1, arguments.size()).mapToObj(i -> guard(call, arguments, i)).toList();
        return (batch, scratch) -> {
            Column result = first.evaluate(batch, scratch);
            for (Guard other : others) {
                if (!result.mayHaveNulls()) {
                    return result;
                }
                Column known = result;
                Column filling = other.evaluate(batch, () -> Validity.nulls(known, scratch), scratch);
                result = SelectKernels.select(known.validity(), known, filling, scratch);
            }
            return result;
        };
    }

    static PreparedExpr nullIf(Call call, List<PreparedExpr> arguments) {
        PreparedExpr argument = arguments.getFirst();
        Computed value = new Computed();
        PreparedExpr isEqual = compare(CompareOperator.EQ, call, 1, value, arguments.get(1));
        return (batch, scratch) -> {
            Column column = value.set(argument.evaluate(batch, scratch));
            return Validity.restrict(column, Evaluator.notTrue(isEqual.evaluate(batch, scratch), scratch), scratch);
        };
    }

    /// Numbers other than doubles are never NaN.
    static PreparedExpr fillNaN(Call call, List<PreparedExpr> arguments) {
        PreparedExpr argument = arguments.getFirst();
        Guard filling = guard(call, arguments, 1);
        return Kind.of(call.type()) != Kind.DOUBLE ? argument : (batch, scratch) -> {
            Column column = argument.evaluate(batch, scratch);
            MemorySegment isNaN = nans(column, scratch);
            return Bits.count(isNaN, column.length()) == 0
                    ? column
                    : SelectKernels.select(isNaN, filling.evaluate(batch, () -> isNaN, scratch), column, scratch);
        };
    }

    private static MemorySegment nans(Column column, Scratch scratch) {
        MemorySegment bits = scratch.bits(column.length());
        MathKernels.isNaN(column.values(), column.length(), bits);
        if (column.mayHaveNulls()) {
            BoolKernels.and(bits, column.validity(), column.length(), bits);
        }
        return bits;
    }

    static PreparedExpr clip(Call call, List<PreparedExpr> arguments) {
        PreparedExpr argument = arguments.get(0);
        PreparedExpr low = arguments.get(1);
        Guard high = guard(call, arguments, 2);
        Computed value = new Computed();
        Computed least = new Computed();
        Computed greatest = new Computed();
        PreparedExpr isBelow = compare(CompareOperator.LT, call, 1, value, least.operand(low));
        PreparedExpr isAbove = compare(CompareOperator.GT, call, 2, value, greatest.operand(arguments.get(2)));
        return (batch, scratch) -> {
            Column column = value.set(argument.evaluate(batch, scratch));
            Column lowest = least.set(low.evaluate(batch, scratch));
            Column below = isBelow.evaluate(batch, scratch);
            Column highest = greatest.set(high.evaluate(batch, () -> Evaluator.notTrue(below, scratch), scratch));
            MemorySegment above = BoolKernels.trueBits(isAbove.evaluate(batch, scratch), scratch);
            if (column.kind() == Kind.DOUBLE) {
                MemorySegment isNumber = nans(column, scratch);
                BoolKernels.not(isNumber, column.length(), isNumber);
                BoolKernels.and(above, isNumber, column.length(), isNumber);
                above = isNumber;
            }
            Column capped = SelectKernels.select(above, highest, column, scratch);
            return SelectKernels.select(BoolKernels.trueBits(below, scratch), lowest, capped, scratch);
        };
    }

    static PreparedExpr isBetween(Call call, List<PreparedExpr> arguments) {
        PreparedExpr argument = arguments.getFirst();
        Guard high = guard(call, arguments, 2);
        Computed value = new Computed();
        Computed greatest = new Computed();
        PreparedExpr isEnough = compare(CompareOperator.GE, call, 1, value, arguments.get(1));
        PreparedExpr isNotMore = compare(CompareOperator.LE, call, 2, value, greatest.operand(arguments.get(2)));
        boolean mayFail = mayFail(call, 2);
        return (batch, scratch) -> {
            Column column = value.set(argument.evaluate(batch, scratch));
            Column enough = isEnough.evaluate(batch, scratch);
            if (mayFail) {
                value.set(Validity.restrict(column, Evaluator.notFalse(enough, scratch), scratch));
            }
            greatest.set(high.evaluate(batch, () -> Evaluator.notFalse(enough, scratch), scratch));
            return BoolKernels.and(enough, isNotMore.evaluate(batch, scratch), scratch);
        };
    }

    /// Whether the first argument is one of the others.
    static PreparedExpr isOneOf(Call call, List<PreparedExpr> arguments) {
        PreparedExpr argument = arguments.getFirst();
        Computed value = new Computed();
        List<PreparedExpr> tests = IntStream.range(1, arguments.size())
                .mapToObj(i -> compare(CompareOperator.EQ, call, i, value, arguments.get(i)))
                .toList();
        return (batch, scratch) -> {
            Column column = value.set(argument.evaluate(batch, scratch));
            Column found = tests.getFirst().evaluate(batch, scratch);
            for (int t = 1; t < tests.size(); t++) {
                if (mayFail(call, t + 1)) {
                    value.set(Validity.restrict(column, Evaluator.notTrue(found, scratch), scratch));
                }
                found = BoolKernels.or(found, tests.get(t).evaluate(batch, scratch), scratch);
            }
            return found;
        };
    }

    /// The first argument, or what stands behind the one of the others that it is equal to; the first such one counts.
    static PreparedExpr replace(Call call, List<PreparedExpr> arguments) {
        PreparedExpr argument = arguments.getFirst();
        Computed value = new Computed();
        int count = arguments.size() / 2;
        List<PreparedExpr> tests = IntStream.range(0, count)
                .mapToObj(i -> compare(CompareOperator.EQ, call, 2 * i + 1, value, arguments.get(2 * i + 1)))
                .toList();
        List<Guard> others = IntStream.range(0, count).mapToObj(i -> guard(call, arguments, 2 * i + 2)).toList();
        return (batch, scratch) -> {
            Column result = value.set(argument.evaluate(batch, scratch));
            for (int i = count - 1; i >= 0; i--) {
                MemorySegment bits = BoolKernels.trueBits(tests.get(i).evaluate(batch, scratch), scratch);
                result = SelectKernels.select(bits, others.get(i).evaluate(batch, () -> bits, scratch), result,
                        scratch);
            }
            return result;
        };
    }
}
