package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.plan.Coercion;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Optional;

/// What the built-in functions take and give.
final class FunctionTypes {
    private FunctionTypes() {}

    /// Errors: USER if an operand has the wrong type.
    static BoundExpr bind(ExprNode.Call call, List<BoundExpr> operands) {
        return switch (call.function()) {
            case YEAR, MONTH, DAY, DAY_OF_WEEK -> {
                check(call, operands, 0, "a DATE or TIMESTAMP", DataType.DATE, DataType.TIMESTAMP);
                yield bound(call, operands, DataType.INT);
            }
            case HOUR -> {
                check(call, operands, 0, "a TIMESTAMP", DataType.TIMESTAMP);
                yield bound(call, operands, DataType.INT);
            }
            case LENGTH -> {
                checkTexts(call, operands);
                yield bound(call, operands, DataType.INT);
            }
            case UPPER, LOWER, TRIM, CONCAT -> {
                checkTexts(call, operands);
                yield bound(call, operands, DataType.UTF8);
            }
            case CONTAINS, STARTS_WITH, ENDS_WITH -> {
                checkTexts(call, operands);
                yield bound(call, operands, DataType.BOOL);
            }
            case SUBSTRING -> substring(call, operands);
            case ABS -> {
                checkNumber(call, operands);
                yield bound(call, operands, operands.getFirst().type());
            }
            case ROUND, FLOOR, CEIL, SQRT -> {
                checkNumber(call, operands);
                yield bound(call, List.of(Coercion.cast(operands.getFirst(), DataType.FLOAT64)), DataType.FLOAT64);
            }
        };
    }

    private static BoundExpr bound(ExprNode.Call call, List<BoundExpr> operands, DataType type) {
        return new BoundExpr.Call(call.function(), operands, type);
    }

    private static BoundExpr substring(ExprNode.Call call, List<BoundExpr> operands) {
        check(call, operands, 0, "text (UTF8)", DataType.UTF8);
        List<BoundExpr> numbers =
                operands.subList(1, 3).stream().map(n -> Coercion.cast(n, DataType.INT)).toList();
        boolean isNegative = numbers.stream()
                .anyMatch(n -> n instanceof BoundExpr.Literal(DataType ignored, Optional<Object> value)
                        && (Integer) value.get() < 0);
        if (isNegative) {
            throw Errors.negativeSubstring(call.toString());
        }
        return bound(call, List.of(operands.getFirst(), numbers.get(0), numbers.get(1)), DataType.UTF8);
    }

    private static void checkTexts(ExprNode.Call call, List<BoundExpr> operands) {
        for (int i = 0; i < operands.size(); i++) {
            check(call, operands, i, "text (UTF8)", DataType.UTF8);
        }
    }

    private static void checkNumber(ExprNode.Call call, List<BoundExpr> operands) {
        check(call, operands, 0, "a number", DataType.INT, DataType.LONG, DataType.FLOAT64);
    }

    private static void check(ExprNode.Call call, List<BoundExpr> operands, int index, String expected,
            DataType... types) {
        DataType found = operands.get(index).type();
        if (!List.of(types).contains(found)) {
            throw Errors.wrongType(call.toString(), call.operands().get(index).toString(), found, expected);
        }
    }
}
