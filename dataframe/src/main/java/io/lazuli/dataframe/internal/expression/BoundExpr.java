package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// An expression whose names are column indexes and whose types are settled: what the planner hands to kernels. Operands of
/// one operation always have the same [io.lazuli.dataframe.internal.column.Kind]; casts are explicit.
///
/// Nulls: arithmetic, comparison, [Cast], [Call] and [MapValue] give null where an operand is null; [And], [Or] and [Not] follow
/// SQL's three values; [IsNull] and [If] see nulls.
public sealed interface BoundExpr {
    DataType type();

    List<BoundExpr> children();

    /// A column of the input.
    record Input(int index, DataType type) implements BoundExpr {
        @Override
        public List<BoundExpr> children() {
            return List.of();
        }
    }

    /// A constant: Boolean, Integer (INT, DATE as days), Long (LONG, TIMESTAMP and DURATION as microseconds, decimals scaled), Double
    /// or String; empty is null. There is none of BINARY but null.
    record Literal(DataType type, Optional<Object> value) implements BoundExpr {
        @Override
        public List<BoundExpr> children() {
            return List.of();
        }
    }

    enum ArithmeticOperator {
        ADD,
        SUBTRACT,
        MULTIPLY,
        /// Of FLOAT64 only: the planner casts, so that 1 / 2 is 0.5.
        DIVIDE,
        /// Remainder with the sign of the dividend. Integer remainder by zero is null.
        REMAINDER,
        /// The quotient rounded down, and the remainder with the sign of the divisor that belongs to it. Integers by zero are null.
        FLOOR_DIVIDE,
        MODULO
    }

    /// Both sides and the result have one kind: INT, LONG (numbers, decimals, times, durations) or DOUBLE. Overflow of whole numbers
    /// and decimals is a DATA error.
    record Arithmetic(ArithmeticOperator operator, BoundExpr left, BoundExpr right, DataType type)
            implements BoundExpr {
        public Arithmetic(ArithmeticOperator operator, BoundExpr left, BoundExpr right) {
            this(operator, left, right, left.type());
        }

        @Override
        public List<BoundExpr> children() {
            return List.of(left, right);
        }
    }

    enum CompareOperator {
        EQ,
        NE,
        LT,
        LE,
        GT,
        GE;

        /// The operator for swapped sides.
        public CompareOperator turned() {
            return switch (this) {
                case EQ, NE -> this;
                case LT -> GT;
                case LE -> GE;
                case GT -> LT;
                case GE -> LE;
            };
        }
    }

    /// Total order: NaN equals NaN and is above every number, -0.0 equals 0.0, texts compare by their UTF-8 bytes, false < true.
    record Compare(CompareOperator operator, BoundExpr left, BoundExpr right) implements BoundExpr {
        @Override
        public DataType type() {
            return DataType.BOOL;
        }

        @Override
        public List<BoundExpr> children() {
            return List.of(left, right);
        }
    }

    record And(BoundExpr left, BoundExpr right) implements BoundExpr {
        @Override
        public DataType type() {
            return DataType.BOOL;
        }

        @Override
        public List<BoundExpr> children() {
            return List.of(left, right);
        }
    }

    record Or(BoundExpr left, BoundExpr right) implements BoundExpr {
        @Override
        public DataType type() {
            return DataType.BOOL;
        }

        @Override
        public List<BoundExpr> children() {
            return List.of(left, right);
        }
    }

    record Not(BoundExpr operand) implements BoundExpr {
        @Override
        public DataType type() {
            return DataType.BOOL;
        }

        @Override
        public List<BoundExpr> children() {
            return List.of(operand);
        }
    }

    record IsNull(BoundExpr operand) implements BoundExpr {
        @Override
        public DataType type() {
            return DataType.BOOL;
        }

        @Override
        public List<BoundExpr> children() {
            return List.of(operand);
        }
    }

    /// Between numeric types; BOOL to numbers (false 0, true 1); DATE to TIMESTAMP (midnight) and back (the day); anything to
    /// UTF8; UTF8 to anything. A value that does not fit or parse is a DATA error that shows it; a fraction is cut off on the way to
    /// an integer and rounded on the way to a decimal, halves away from zero.
    record Cast(BoundExpr operand, DataType type) implements BoundExpr {
        @Override
        public List<BoundExpr> children() {
            return List.of(operand);
        }
    }

    /// `then` where the condition is true, `otherwise` where it is false or null.
    record If(BoundExpr condition, BoundExpr then, BoundExpr otherwise) implements BoundExpr {
        @Override
        public DataType type() {
            return then.type();
        }

        @Override
        public List<BoundExpr> children() {
            return List.of(condition, then, otherwise);
        }
    }

    /// A built-in function.
    record Call(ScalarFunction function, List<BoundExpr> arguments, DataType type) implements BoundExpr {
        public Call {
            arguments = List.copyOf(arguments);
            Objects.requireNonNull(type, "type is null");
        }

        @Override
        public List<BoundExpr> children() {
            return arguments;
        }
    }

    /// A user's function of one value, called once a row that is not null. What it throws becomes a USER error that names it.
    record MapValue(MapFunction function, BoundExpr operand) implements BoundExpr {
        @Override
        public DataType type() {
            return function.resultType();
        }

        @Override
        public List<BoundExpr> children() {
            return List.of(operand);
        }
    }
}
