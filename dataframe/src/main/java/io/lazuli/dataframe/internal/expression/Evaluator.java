package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.internal.Lists;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.expression.BoundExpr.And;
import io.lazuli.dataframe.internal.expression.BoundExpr.Arithmetic;
import io.lazuli.dataframe.internal.expression.BoundExpr.Call;
import io.lazuli.dataframe.internal.expression.BoundExpr.Cast;
import io.lazuli.dataframe.internal.expression.BoundExpr.Compare;
import io.lazuli.dataframe.internal.expression.BoundExpr.If;
import io.lazuli.dataframe.internal.expression.BoundExpr.Input;
import io.lazuli.dataframe.internal.expression.BoundExpr.IsNull;
import io.lazuli.dataframe.internal.expression.BoundExpr.Literal;
import io.lazuli.dataframe.internal.expression.BoundExpr.MapValue;
import io.lazuli.dataframe.internal.expression.BoundExpr.Not;
import io.lazuli.dataframe.internal.expression.BoundExpr.Or;
import io.lazuli.dataframe.internal.kernel.BoolKernels;
import io.lazuli.dataframe.internal.kernel.SelectKernels;
import io.lazuli.dataframe.internal.kernel.Validity;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;

/// Evaluates one expression for the batches of one task. Confined to one thread.
///
/// Both sides of AND, OR and IF are evaluated for all rows, but a side that can fail sees the rows that do not ask for it as
/// null, so it cannot fail there: see [Guard].
public final class Evaluator {
    private final PreparedExpr root;

    private Evaluator(PreparedExpr root) {
        this.root = root;
    }

    /// Chooses the kernels. Literals take a little of `memory` until it is closed.
    public static Evaluator create(BoundExpr expression, Reservation memory) {
        return new Evaluator(prepare(expression, memory));
    }

    /// The value for each row of `batch`. Errors: DATA and USER, see [BoundExpr].
    ///
    /// Ownership: the result is a column of `batch` itself, or valid until the next reset of `scratch`, or (a literal)
    /// until the task ends.
    public Column evaluate(Batch batch, Scratch scratch) {
        return root.evaluate(batch, scratch);
    }

    private static PreparedExpr prepare(BoundExpr expression, Reservation memory) {
        return switch (expression) {
            case Input input -> prepareInput(input);
            case Literal literal -> Constant.create(literal, memory);
            case Arithmetic arithmetic -> Arithmetics.prepare(
                    arithmetic, prepare(arithmetic.left(), memory), prepare(arithmetic.right(), memory), memory);
            case Compare compare -> Comparisons.prepare(
                    compare, prepare(compare.left(), memory), prepare(compare.right(), memory));
            case And and -> prepareAnd(prepare(and.left(), memory), guard(and.right(), memory));
            case Or or -> prepareOr(prepare(or.left(), memory), guard(or.right(), memory));
            case Not not -> prepareNot(prepare(not.operand(), memory));
            case IsNull isNull -> prepareIsNull(prepare(isNull.operand(), memory));
            case Cast cast -> Casts.prepare(cast, prepare(cast.operand(), memory));
            case If choice -> prepareIf(
                    prepare(choice.condition(), memory), guard(choice.then(), memory),
                    guard(choice.otherwise(), memory));
            case Call call -> Calls.prepare(
                    call, Lists.map(call.arguments(), a -> prepare(a, memory)), memory);
            case MapValue map -> MapFunctions.prepare(map.function(), prepare(map.operand(), memory));
        };
    }

    /// A column under the type that the plan knows: operators below may care for nothing but its kind.
    private static PreparedExpr prepareInput(Input input) {
        return (batch, scratch) -> {
            Column column = batch.column(input.index());
            return column.type().equals(input.type()) ? column : column.withType(input.type());
        };
    }

    /// True if some row could make the evaluation fail.
    public static boolean mayFail(BoundExpr expression) {
        boolean itself =
                switch (expression) {
                    case Arithmetic arithmetic -> mayFail(arithmetic);
                    case Cast cast -> !Casts.isSafe(cast.operand().type(), cast.type());
                    case Call call -> call.function().mayFail(call.type()) || Choices.mayFail(call);
                    case MapValue ignored -> true;
                    case Input ignored -> false;
                    case Literal ignored -> false;
                    case Compare ignored -> false;
                    case And ignored -> false;
                    case Or ignored -> false;
                    case Not ignored -> false;
                    case IsNull ignored -> false;
                    case If ignored -> false;
                };
        if (itself) {
            return true;
        }
        for (BoundExpr child : expression.children()) {
            if (mayFail(child)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayFail(Arithmetic arithmetic) {
        return switch (arithmetic.operator()) {
            case ADD, SUBTRACT, MULTIPLY, FLOOR_DIVIDE -> arithmetic.type() != DataType.FLOAT64;
            case REMAINDER, MODULO, DIVIDE -> false;
        };
    }

    private static Guard guard(BoundExpr expression, Reservation memory) {
        return Guard.create(expression, prepare(expression, memory));
    }

    private static PreparedExpr prepareAnd(PreparedExpr left, Guard right) {
        return (batch, scratch) -> {
            Column first = left.evaluate(batch, scratch);
            Column second = right.evaluate(batch, () -> notFalse(first, scratch), scratch);
            return BoolKernels.and(first, second, scratch);
        };
    }

    private static PreparedExpr prepareOr(PreparedExpr left, Guard right) {
        return (batch, scratch) -> {
            Column first = left.evaluate(batch, scratch);
            Column second = right.evaluate(batch, () -> notTrue(first, scratch), scratch);
            return BoolKernels.or(first, second, scratch);
        };
    }

    private static PreparedExpr prepareNot(PreparedExpr operand) {
        return (batch, scratch) -> {
            Column column = operand.evaluate(batch, scratch);
            MemorySegment bits = scratch.bits(column.length());
            BoolKernels.not(column.values(), column.length(), bits);
            return new Column(DataType.BOOL, column.length(), column.validity(), bits);
        };
    }

    private static PreparedExpr prepareIsNull(PreparedExpr operand) {
        return (batch, scratch) -> {
            Column column = operand.evaluate(batch, scratch);
            return new Column(DataType.BOOL, column.length(), Column.NO_NULLS, Validity.nulls(column, scratch));
        };
    }

    private static PreparedExpr prepareIf(PreparedExpr condition, Guard then, Guard otherwise) {
        return (batch, scratch) -> {
            Column chosen = condition.evaluate(batch, scratch);
            MemorySegment bits = BoolKernels.trueBits(chosen, scratch);
            Column first = then.evaluate(batch, () -> bits, scratch);
            Column second = otherwise.evaluate(batch, () -> notTrue(chosen, scratch), scratch);
            return SelectKernels.select(bits, first, second, scratch);
        };
    }

    static MemorySegment notTrue(Column condition, Scratch scratch) {
        MemorySegment bits = scratch.bits(condition.length());
        BoolKernels.not(BoolKernels.trueBits(condition, scratch), condition.length(), bits);
        return bits;
    }

    static MemorySegment notFalse(Column condition, Scratch scratch) {
        if (!condition.mayHaveNulls()) {
            return condition.values();
        }
        MemorySegment bits = Validity.nulls(condition, scratch);
        BoolKernels.or(bits, condition.values(), condition.length(), bits);
        return bits;
    }
}
