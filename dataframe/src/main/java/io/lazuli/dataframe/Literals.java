package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.ExpressionErrors;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.type.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/// Constants of the user's program as the planner knows them: as numbers of the units that columns count in.
///
/// Errors: USER if a value is beyond its type.
final class Literals {
    private static final LocalDateTime EPOCH = LocalDate.EPOCH.atStartOfDay();

    private Literals() {}

    /// @param value see [ExprNode.Literal]
    static BoundExpr.Literal of(Object value) {
        return switch (value) {
            case Long number -> constant(DataType.LONG, number);
            case Double number -> constant(DataType.FLOAT64, number);
            case BigDecimal number -> decimal(number);
            case String text -> constant(DataType.UTF8, text);
            case Character text -> constant(DataType.UTF8, text.toString());
            case DateUnit unit -> constant(DataType.UTF8, unit.name());
            case ZoneId zone -> constant(DataType.UTF8, zone.getId());
            case Boolean flag -> constant(DataType.BOOL, flag);
            case LocalDate date -> constant(DataType.DATE, days(date));
            case LocalDateTime time ->
                constant(DataType.TIMESTAMP, micros(Duration.between(EPOCH, time), time, DataType.TIMESTAMP));
            case Duration duration -> constant(DataType.DURATION, micros(duration, duration, DataType.DURATION));
            default -> throw new IllegalStateException("a literal of " + value.getClass());
        };
    }

    private static int days(LocalDate date) {
        long days = date.toEpochDay();
        if (days != (int) days) {
            throw ExpressionErrors.literalOutOfRange(Code.literal(date), DataType.DATE);
        }
        return (int) days;
    }

    private static long micros(Duration duration, Object value, DataType type) {
        try {
            return Math.addExact(Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1000);
        } catch (ArithmeticException e) {
            throw ExpressionErrors.literalOutOfRange(Code.literal(value), type);
        }
    }

    private static BoundExpr.Literal decimal(BigDecimal number) {
        if (Math.abs((long) number.scale()) > DataType.Decimal.MOST_DIGITS) {
            throw ExpressionErrors.literalOutOfRange(Code.literal(number), "decimal(18, 18)");
        }
        BigDecimal exact = number.scale() < 0 ? number.setScale(0) : number;
        DataType type = DataType.decimal(Math.max(exact.precision(), exact.scale()), exact.scale());
        return constant(type, exact.unscaledValue().longValueExact());
    }

    private static BoundExpr.Literal constant(DataType type, Object value) {
        return new BoundExpr.Literal(type, Optional.of(value));
    }
}
