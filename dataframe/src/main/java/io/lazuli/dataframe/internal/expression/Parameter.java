package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Optional;

/// What a function accepts in one place, and what it is cast to before the function sees it.
public enum Parameter {
    TEXT("text (UTF8)", Optional.empty(), DataType.UTF8),
    TEXT_OR_BYTES("text (UTF8) or BINARY", Optional.empty(), DataType.UTF8, DataType.BINARY),
    BOOL("BOOL", Optional.empty(), DataType.BOOL),
    /// Kept as it is.
    NUMBER("a number", Optional.empty(), DataType.INT, DataType.LONG, DataType.FLOAT64),
    NUMBER_OR_DURATION(
            "a number or DURATION", Optional.empty(), DataType.INT, DataType.LONG, DataType.FLOAT64, DataType.DURATION),
    /// A double to the function.
    DOUBLE("a number", Optional.of(DataType.FLOAT64), DataType.INT, DataType.LONG, DataType.FLOAT64),
    /// Kept as it is.
    INTEGER("a whole number (INT or LONG)", Optional.empty(), DataType.INT, DataType.LONG),
    LONG("a whole number (INT or LONG)", Optional.of(DataType.LONG), DataType.INT, DataType.LONG),
    DATE("a DATE or TIMESTAMP", Optional.empty(), DataType.DATE, DataType.TIMESTAMP),
    TIMESTAMP("a TIMESTAMP", Optional.empty(), DataType.TIMESTAMP),
    DURATION("a DURATION", Optional.empty(), DataType.DURATION),
    ANY("a value", Optional.empty(), DataType.Simple.values()),
    /// Literals that are not null: the function is prepared for them once.
    CONSTANT_TEXT("a constant text", Optional.empty(), DataType.UTF8),
    CONSTANT_INT("a constant whole number", Optional.of(DataType.INT), DataType.INT, DataType.LONG),
    CONSTANT_DURATION("a constant DURATION", Optional.empty(), DataType.DURATION);

    private final String description;
    private final Optional<DataType> cast;
    private final List<DataType> types;

    Parameter(String description, Optional<DataType> cast, DataType... types) {
        this.description = description;
        this.cast = cast;
        this.types = List.of(types);
    }

    /// For errors: what stands behind "needs".
    public String description() {
        return description;
    }

    /// What arguments are cast to; empty if they are kept as they are.
    public Optional<DataType> cast() {
        return cast;
    }

    public boolean isConstant() {
        return this == CONSTANT_TEXT || this == CONSTANT_INT || this == CONSTANT_DURATION;
    }

    public boolean accepts(DataType type) {
        return types.contains(type) || type instanceof DataType.Decimal && acceptsDecimals();
    }

    private boolean acceptsDecimals() {
        return this == ANY || types.contains(DataType.FLOAT64);
    }
}
