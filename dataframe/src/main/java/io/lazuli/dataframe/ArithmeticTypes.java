package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.ExpressionErrors;
import io.lazuli.dataframe.internal.expression.BoundExpr.ArithmeticOperator;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.plan.Coercion;
import io.lazuli.dataframe.type.DataType.Decimal;
import io.lazuli.dataframe.type.DataType;
import java.util.List;

/// What arithmetic there is between which types, and what comes out.
///
/// ```
///   INT, LONG, FLOAT64             the wider one; a quotient is FLOAT64
///   decimal(p, s) ± decimal(q, t)  the larger scale, and one digit more before the point
///   decimal(p, s) × decimal(q, t)  decimal(p + q, s + t), of at most 18 digits
///   DATE, TIMESTAMP ± DURATION     TIMESTAMP
///   DATE, TIMESTAMP − the same     DURATION
///   DURATION ± DURATION, × LONG    DURATION
///   DURATION ÷ DURATION            FLOAT64
/// ```
final class ArithmeticTypes {
    private ArithmeticTypes() {}

    /// @param left  of `whole`, bound, as `right` is
    /// @param sides the same in their common type, for numbers that have one; asked for only then
    static BoundExpr bind(ExprNode.Arithmetic whole, BoundExpr left, BoundExpr right, Sides sides) {
        ArithmeticOperator operator = whole.operator();
        if (isTime(left.type()) || isTime(right.type())) {
            return times(whole, left, right);
        }
        checkNumber(whole, whole.left(), left);
        checkNumber(whole, whole.right(), right);
        boolean isDecimal = left.type() instanceof Decimal || right.type() instanceof Decimal;
        boolean isDouble = left.type() == DataType.FLOAT64 || right.type() == DataType.FLOAT64;
        if (operator == ArithmeticOperator.DIVIDE || isDecimal && operator == ArithmeticOperator.FLOOR_DIVIDE) {
            return doubles(operator, left, right);
        }
        if (isDecimal && !isDouble) {
            return decimals(whole, left, right);
        }
        List<BoundExpr> unified = sides.unified();
        return new BoundExpr.Arithmetic(operator, unified.get(0), unified.get(1));
    }

    interface Sides {
        List<BoundExpr> unified();
    }

    private static boolean isTime(DataType type) {
        return type == DataType.DATE || type == DataType.TIMESTAMP || type == DataType.DURATION;
    }

    private static void checkNumber(ExprNode.Arithmetic whole, Expr operand, BoundExpr bound) {
        if (!bound.type().isNumeric()) {
            throw Errors.wrongType(whole.toString(), operand.toString(), bound.type(), "numbers");
        }
    }

    private static BoundExpr doubles(ArithmeticOperator operator, BoundExpr left, BoundExpr right) {
        return new BoundExpr.Arithmetic(operator, Coercion.cast(left, DataType.FLOAT64),
                Coercion.cast(right, DataType.FLOAT64));
    }

    private static BoundExpr decimals(ExprNode.Arithmetic whole, BoundExpr left, BoundExpr right) {
        Decimal x = Coercion.asDecimal(left);
        Decimal y = Coercion.asDecimal(right);
        if (whole.operator() == ArithmeticOperator.MULTIPLY) {
            int scale = x.scale() + y.scale();
            if (scale > Decimal.MOST_DIGITS) {
                throw ExpressionErrors.scaleTooLarge(whole.toString(), x, y);
            }
            DataType type = DataType.decimal(atMost(x.precision() + y.precision()), scale);
            return new BoundExpr.Arithmetic(ArithmeticOperator.MULTIPLY, Coercion.cast(left, x),
                    Coercion.cast(right, y), type);
        }
        Decimal common = Coercion.common(x, y);
        boolean isSum = whole.operator() == ArithmeticOperator.ADD || whole.operator() == ArithmeticOperator.SUBTRACT;
        DataType type = isSum ? DataType.decimal(atMost(common.precision() + 1), common.scale()) : common;
        return new BoundExpr.Arithmetic(whole.operator(), Coercion.cast(left, common), Coercion.cast(right, common),
                type);
    }

    private static int atMost(int precision) {
        return Math.min(precision, Decimal.MOST_DIGITS);
    }

    private static BoundExpr times(ExprNode.Arithmetic whole, BoundExpr left, BoundExpr right) {
        ArithmeticOperator operator = whole.operator();
        boolean isSum = operator == ArithmeticOperator.ADD;
        boolean isDifference = operator == ArithmeticOperator.SUBTRACT;
        boolean isLeftDuration = left.type() == DataType.DURATION;
        boolean isRightDuration = right.type() == DataType.DURATION;
        if (isLeftDuration && isRightDuration && (isSum || isDifference)) {
            return new BoundExpr.Arithmetic(operator, left, right);
        }
        if (isLeftDuration && isRightDuration && operator == ArithmeticOperator.DIVIDE) {
            return doubles(operator, Coercion.totalSeconds(left), Coercion.totalSeconds(right));
        }
        if (isTime(left.type()) && !isLeftDuration && isRightDuration && (isSum || isDifference)) {
            return new BoundExpr.Arithmetic(operator, Coercion.cast(left, DataType.TIMESTAMP), right);
        }
        if (isLeftDuration && isTime(right.type()) && isSum) {
            return new BoundExpr.Arithmetic(operator, Coercion.cast(right, DataType.TIMESTAMP), left);
        }
        if (isTime(left.type()) && isTime(right.type()) && !isLeftDuration && !isRightDuration && isDifference) {
            return new BoundExpr.Arithmetic(operator, Coercion.cast(left, DataType.TIMESTAMP),
                    Coercion.cast(right, DataType.TIMESTAMP), DataType.DURATION);
        }
        if (operator == ArithmeticOperator.MULTIPLY && isLeftDuration && isWhole(right)) {
            return new BoundExpr.Arithmetic(operator, left, Coercion.cast(right, DataType.LONG));
        }
        if (operator == ArithmeticOperator.MULTIPLY && isRightDuration && isWhole(left)) {
            return new BoundExpr.Arithmetic(operator, right, Coercion.cast(left, DataType.LONG));
        }
        throw ExpressionErrors.noArithmetic(whole.toString(), left.type(), right.type());
    }

    private static boolean isWhole(BoundExpr operand) {
        return operand.type() == DataType.INT || operand.type() == DataType.LONG;
    }
}
