package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.parquet.SchemaElement.Annotation;
import io.lazuli.dataframe.internal.parquet.SchemaElement.DecimalDigits;
import io.lazuli.dataframe.internal.parquet.SchemaElement.Logical;
import io.lazuli.dataframe.type.DataType;
import java.util.Optional;

/// Finds the form of a column from its physical type and its annotation, which old files give as a converted type and
/// new ones as a logical type.
final class StoredForms {
    /// Decimals take 16 bytes where writers do not care; more are not written by anybody.
    private static final int WIDEST_DECIMAL = 16;
    private static final Optional<StoredForm> NONE = Optional.empty();

    private StoredForms() {}

    /// Empty if the type has no counterpart here.
    static Optional<StoredForm> of(SchemaElement column) {
        if (column.isDecimal()) {
            return column.decimal().filter(DecimalDigits::fit).flatMap(digits -> decimal(column, digits));
        }
        return column.physical().flatMap(physical -> switch (physical) {
            case BOOLEAN -> form(StoredKind.BIT, DataType.BOOL);
            case INT32 -> column.logical().map(StoredForms::int32).orElseGet(() -> int32(column.converted()));
            case INT64 -> column.logical().map(StoredForms::int64).orElseGet(() -> int64(column.converted()));
            case INT96 -> form(StoredKind.INT96, DataType.TIMESTAMP);
            case FLOAT -> form(StoredKind.FLOAT, DataType.FLOAT64);
            case DOUBLE -> form(StoredKind.DOUBLE, DataType.FLOAT64);
            case BYTE_ARRAY -> bytes(column);
            case FIXED_LEN_BYTE_ARRAY -> fixedBytes(column);
        });
    }

    private static Optional<StoredForm> form(StoredKind kind, DataType type) {
        return Optional.of(StoredForm.of(kind, type, 0));
    }

    private static Optional<StoredForm> decimal(SchemaElement column, DecimalDigits digits) {
        DataType type = DataType.decimal(digits.precision(), digits.scale());
        return column.physical().flatMap(physical -> switch (physical) {
            case INT32 -> form(StoredKind.WIDENED, type);
            case INT64 -> form(StoredKind.INT64, type);
            case BYTE_ARRAY -> form(StoredKind.BIG_ENDIAN, type);
            case FIXED_LEN_BYTE_ARRAY -> column.typeLength() > 0 && column.typeLength() <= WIDEST_DECIMAL
                    ? Optional.of(StoredForm.of(StoredKind.FIXED_BIG_ENDIAN, type, column.typeLength()))
                    : NONE;
            case BOOLEAN, INT96, FLOAT, DOUBLE -> NONE;
        });
    }

    private static Optional<StoredForm> int32(Logical logical) {
        return switch (logical.annotation()) {
            case INTEGER -> logical.isSigned() || logical.bitWidth() < 32
                    ? form(StoredKind.INT32, DataType.INT)
                    : form(StoredKind.UINT32, DataType.LONG);
            case DATE -> form(StoredKind.INT32, DataType.DATE);
            case TIME -> logical.unit() == 1 ? form(StoredKind.MILLIS32, DataType.DURATION) : NONE;
            default -> NONE;
        };
    }

    private static Optional<StoredForm> int32(int converted) {
        return switch (converted) {
            case -1, 11, 12, 15, 16, 17 -> form(StoredKind.INT32, DataType.INT);
            case 13 -> form(StoredKind.UINT32, DataType.LONG);
            case 6 -> form(StoredKind.INT32, DataType.DATE);
            case 7 -> form(StoredKind.MILLIS32, DataType.DURATION);
            default -> NONE;
        };
    }

    private static Optional<StoredForm> int64(Logical logical) {
        return switch (logical.annotation()) {
            case INTEGER -> form(logical.isSigned() ? StoredKind.INT64 : StoredKind.UINT64, DataType.LONG);
            case TIMESTAMP -> switch (logical.unit()) {
                case 1 -> form(StoredKind.MILLIS, DataType.TIMESTAMP);
                case 2 -> form(StoredKind.INT64, DataType.TIMESTAMP);
                case 3 -> form(StoredKind.NANOS, DataType.TIMESTAMP);
                default -> NONE;
            };
            case TIME -> switch (logical.unit()) {
                case 2 -> form(StoredKind.INT64, DataType.DURATION);
                case 3 -> form(StoredKind.NANOS, DataType.DURATION);
                default -> NONE;
            };
            default -> NONE;
        };
    }

    private static Optional<StoredForm> int64(int converted) {
        return switch (converted) {
            case -1, 18 -> form(StoredKind.INT64, DataType.LONG);
            case 14 -> form(StoredKind.UINT64, DataType.LONG);
            case 8 -> form(StoredKind.INT64, DataType.DURATION);
            case 9 -> form(StoredKind.MILLIS, DataType.TIMESTAMP);
            case 10 -> form(StoredKind.INT64, DataType.TIMESTAMP);
            default -> NONE;
        };
    }

    private static Optional<StoredForm> bytes(SchemaElement column) {
        boolean isText = column.logical()
                .map(logical -> switch (logical.annotation()) {
                    case STRING, ENUM, JSON -> true;
                    default -> false;
                })
                .orElseGet(() -> switch (column.converted()) {
                    case 0, 4, 19 -> true;
                    default -> false;
                });
        if (isText) {
            return form(StoredKind.TEXT, DataType.UTF8);
        }
        return column.isAnnotated() ? NONE : form(StoredKind.BYTES, DataType.BINARY);
    }

    private static Optional<StoredForm> fixedBytes(SchemaElement column) {
        boolean isFloat = column.is(Annotation.FLOAT16) && column.typeLength() == 2;
        if (isFloat) {
            return Optional.of(StoredForm.of(StoredKind.FLOAT16, DataType.FLOAT64, 2));
        }
        boolean isPlain = !column.isAnnotated() || column.is(Annotation.UUID);
        return isPlain && column.typeLength() > 0
                ? Optional.of(StoredForm.of(StoredKind.FIXED_BYTES, DataType.BINARY, column.typeLength()))
                : NONE;
    }
}
