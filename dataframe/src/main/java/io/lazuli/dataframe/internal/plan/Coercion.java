package io.lazuli.dataframe.internal.plan;

import io.lazuli.dataframe.internal.expression.BoundExpr.Cast;
import io.lazuli.dataframe.internal.expression.BoundExpr.Literal;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.DateFunction;
import io.lazuli.dataframe.type.DataType.Decimal;
import io.lazuli.dataframe.type.DataType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// Brings operands to one type by casts, so that no kernel ever sees two.
///
/// ```
///   INT ─▶ LONG ─▶ decimal ─▶ FLOAT64     DATE ─▶ TIMESTAMP     others: only with themselves
/// ```
public final class Coercion {
    private static final long MICROS_A_DAY = 86_400_000_000L;
    private static final long DECIMAL_LIMIT = 1_000_000_000_000_000_000L;

    private Coercion() {}

    /// The narrowest type that holds both, if there is one.
    public static Optional<DataType> common(DataType left, DataType right) {
        if (left.equals(right)) {
            return Optional.of(left);
        }
        if (left.isNumeric() && right.isNumeric()) {
            if (left != DataType.FLOAT64 && right != DataType.FLOAT64
                    && (left instanceof Decimal || right instanceof Decimal)) {
                return Optional.of(common(asDecimal(left), asDecimal(right)));
            }
            return Optional
                    .of(left == DataType.FLOAT64 || right == DataType.FLOAT64 ? DataType.FLOAT64 : DataType.LONG);
        }
        return isTime(left) && isTime(right) ? Optional.of(DataType.TIMESTAMP) : Optional.empty();
    }

    /// With the larger scale, and digits before the point for both as far as there are 18.
    public static Decimal common(Decimal left, Decimal right) {
        int scale = Math.max(left.scale(), right.scale());
        int whole = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
        return new Decimal(Math.min(Math.max(1, whole + scale), Decimal.MOST_DIGITS), scale);
    }

    /// The decimal type of a number that is exact: a constant has no more digits than it shows.
    public static Decimal asDecimal(BoundExpr operand) {
        return operand instanceof Literal(DataType type, Optional<Object> value)
                && value.isPresent() && value.get() instanceof Long number && type == DataType.LONG
                && number < DECIMAL_LIMIT && number > -DECIMAL_LIMIT
                        ? new Decimal(Long.toString(Math.abs(number)).length(), 0)
                        : asDecimal(operand.type());
    }

    private static Decimal asDecimal(DataType type) {
        return type instanceof Decimal decimal
                ? decimal
                : new Decimal(type == DataType.INT ? 10 : Decimal.MOST_DIGITS, 0);
    }

    /// A duration as FLOAT64.
    public static BoundExpr totalSeconds(BoundExpr duration) {
        return new BoundExpr.Call(DateFunction.TOTAL_SECONDS, List.of(duration), DataType.FLOAT64);
    }

    /// True for a constant that an INT could hold.
    public static boolean fitsInt(BoundExpr operand) {
        return operand instanceof Literal(DataType type, Optional<Object> value)
                && type == DataType.LONG
                && value.map(v -> (Long) v == ((Long) v).intValue()).orElse(true);
    }

    private static boolean isTime(DataType type) {
        return type == DataType.DATE || type == DataType.TIMESTAMP;
    }

    public static boolean canCast(DataType from, DataType to) {
        return from.equals(to)
                || from.isNumeric() && to.isNumeric()
                || from == DataType.BOOL && to.isNumeric()
                || isTime(from) && isTime(to)
                || from == DataType.UTF8
                || to == DataType.UTF8;
    }

    /// The value in another type: the same expression where it has that type, a constant where one can be had, else a [Cast].
    public static BoundExpr cast(BoundExpr operand, DataType type) {
        if (operand.type().equals(type)) {
            return operand;
        }
        boolean isExact = operand.type() == DataType.BOOL || operand.type() == DataType.INT;
        if (isExact && type instanceof Decimal || operand.type() instanceof Decimal && type == DataType.INT) {
            return cast(cast(operand, DataType.LONG), type);
        }
        if (operand instanceof Literal(DataType from, Optional<Object> value)) {
            Optional<Literal> constant =
                    value.isEmpty()
                            ? Optional.of(new Literal(type, Optional.empty()))
                            : constant(from, value.get(), type);
            if (constant.isPresent()) {
                return constant.get();
            }
        }
        return new Cast(operand, type);
    }

    private static Optional<Literal> constant(DataType from, Object value, DataType to) {
        Object converted = null;
        if (value instanceof Long number && from == DataType.LONG && to == DataType.INT
                && number == number.intValue()) {
            converted = number.intValue();
        } else if (value instanceof Integer number && from == DataType.INT && to == DataType.LONG) {
            converted = number.longValue();
        } else if (value instanceof Number number && !(from instanceof Decimal) && from.isNumeric()
                && to == DataType.FLOAT64) {
            converted = number.doubleValue();
        } else if (value instanceof Long number && from == DataType.LONG
                && to instanceof Decimal(int precision, int scale)
                && BigDecimal.valueOf(number).precision() <= precision - scale) {
            converted = BigDecimal.valueOf(number).setScale(scale).unscaledValue().longValueExact();
        } else if (value instanceof Integer days && from == DataType.DATE && to == DataType.TIMESTAMP
                && Math.abs((long) days) <= Long.MAX_VALUE / MICROS_A_DAY) {
            converted = days * MICROS_A_DAY;
        }
        return Optional.ofNullable(converted).map(v -> new Literal(to, Optional.of(v)));
    }
}
