package io.lazuli.dataframe.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Shape;
import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Evaluates expressions over columns of any [Shape] and compares each row with a specification of one line.
final class Evaluations {
    private Evaluations() {}

    /// Which operands are columns, and which are literals.
    enum Operands {
        COLUMN_COLUMN,
        COLUMN_LITERAL,
        LITERAL_COLUMN,
        LITERAL_LITERAL,
        COLUMN_NULL
    }

    static BoundExpr input(int index, DataType type) {
        return new BoundExpr.Input(index, type);
    }

    static BoundExpr literal(DataType type, Object value) {
        return new BoundExpr.Literal(type, Optional.ofNullable(value));
    }

    /// Checks a function of one value; null gives null.
    static void checkUnary(Shape shape, DataType type, UnaryOperator<BoundExpr> expression,
            UnaryOperator<Object> specification) {
        checkUnary(shape, type, shape.values(type, 0), expression, specification);
    }

    static void checkUnary(
            Shape shape, DataType type, List<?> values, UnaryOperator<BoundExpr> expression,
            UnaryOperator<Object> specification) {
        checkRows(shape, List.of(type), List.of(values), expression.apply(input(0, type)),
                row -> row.get(0) == null ? null : specification.apply(row.get(0)));
    }

    /// Checks a function of one value and constants.
    static void checkCall(Shape shape, DataType type, List<?> values, BoundExpr.Call call,
            UnaryOperator<Object> specification) {
        checkRows(shape, List.of(type), List.of(values), call,
                row -> row.get(0) == null ? null : specification.apply(row.get(0)));
    }

    /// A call on column 0, with constants behind it: String, Integer or Long (a duration).
    static BoundExpr.Call call(ScalarFunction function, DataType operand, DataType result, Object... constants) {
        List<BoundExpr> arguments = new ArrayList<>(List.of(input(0, operand)));
        for (Object constant : constants) {
            DataType type = constant instanceof Integer
                    ? DataType.INT
                    : constant instanceof Long ? DataType.DURATION : DataType.UTF8;
            arguments.add(literal(type, constant));
        }
        return new BoundExpr.Call(function, arguments, result);
    }

    /// Checks a function of two values; a null on either side gives null.
    static void checkBinary(
            Shape shape,
            Operands operands,
            DataType type,
            BinaryOperator<BoundExpr> expression,
            BinaryOperator<Object> specification) {
        checkBinary(shape, operands, type, shape.values(type, 0), shape.values(type, 1), expression, specification);
    }

    /// As above, with given columns; the first value stands for the column where a literal is wanted.
    static void checkBinary(
            Shape shape,
            Operands operands,
            DataType type,
            List<?> left,
            List<?> right,
            BinaryOperator<BoundExpr> expression,
            BinaryOperator<Object> specification) {
        Object leftLiteral = left.isEmpty() || left.getFirst() == null ? shape.value(type, 2) : left.getFirst();
        Object rightLiteral = right.isEmpty() || right.getFirst() == null ? shape.value(type, 3) : right.getFirst();
        boolean literalLeft = operands == Operands.LITERAL_COLUMN || operands == Operands.LITERAL_LITERAL;
        boolean literalRight = operands == Operands.COLUMN_LITERAL || operands == Operands.LITERAL_LITERAL;
        boolean nullRight = operands == Operands.COLUMN_NULL;
        BoundExpr leftExpr = literalLeft ? literal(type, leftLiteral) : input(0, type);
        BoundExpr rightExpr =
                nullRight ? literal(type, null) : literalRight ? literal(type, rightLiteral) : input(1, type);
        checkRows(shape, List.of(type, type), List.of(left, right), expression.apply(leftExpr, rightExpr), row -> {
            Object x = literalLeft ? leftLiteral : row.get(0);
            Object y = nullRight ? null : literalRight ? rightLiteral : row.get(1);
            return x == null || y == null ? null : specification.apply(x, y);
        });
    }

    /// Checks `expression` over input columns against a function of the row. If that throws an ArithmeticException or
    /// IllegalArgumentException for any row, a DATA error is expected.
    static void checkRows(
            Shape shape,
            List<DataType> types,
            List<? extends List<?>> inputs,
            BoundExpr expression,
            Function<List<Object>, Object> specification) {
        List<Object> expected = new ArrayList<>();
        boolean fails = false;
        for (int row = 0; row < shape.length(); row++) {
            List<Object> values = new ArrayList<>();
            for (List<?> column : inputs) {
                values.add(column.get(row));
            }
            try {
                expected.add(specification.apply(values));
            } catch (ArithmeticException | IllegalArgumentException e) {
                fails = true;
            }
        }
        try (TestColumns columns = TestColumns.open()) {
            Batch batch = batch(columns, shape, types, inputs);
            Evaluator evaluator = Evaluator.create(expression, columns.memory());
            if (fails) {
                LazuliException error = catchThrowableOfType(
                        LazuliException.class, () -> evaluator.evaluate(batch, columns.scratch()));
                assertThat(error).isNotNull();
                assertThat(error.code()).isEqualTo(ErrorCode.DATA);
                return;
            }
            Column result = evaluator.evaluate(batch, columns.scratch());
            assertThat(result.type()).isEqualTo(expression.type());
            assertThat(TestColumns.values(result)).isEqualTo(expected);
        }
    }

    private static Batch batch(TestColumns columns, Shape shape, List<DataType> types, List<? extends List<?>> inputs) {
        List<Column> made = new ArrayList<>();
        for (int c = 0; c < types.size(); c++) {
            made.add(shape.column(columns, types.get(c), inputs.get(c)));
        }
        return new Batch(shape.length(), made);
    }

    /// Evaluates over literal columns and returns the values.
    static List<Object> evaluate(BoundExpr expression, List<DataType> types, List<List<Object>> inputs) {
        try (TestColumns columns = TestColumns.open()) {
            List<Column> made = new ArrayList<>();
            for (int c = 0; c < types.size(); c++) {
                made.add(columns.of(types.get(c), inputs.get(c)));
            }
            Batch batch = new Batch(inputs.getFirst().size(), made);
            return TestColumns
                    .values(Evaluator.create(expression, columns.memory()).evaluate(batch, columns.scratch()));
        }
    }
}
