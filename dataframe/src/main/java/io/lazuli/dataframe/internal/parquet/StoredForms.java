package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.parquet.SchemaElement.Logical;
import java.util.Optional;

/// Finds the form of a column from its physical type and its annotation, which old files give as a converted type and
/// new ones as a logical type.
final class StoredForms {
    private static final Optional<StoredForm> NONE = Optional.empty();

    private StoredForms() {}

    /// Empty if the type has no counterpart here.
    static Optional<StoredForm> of(SchemaElement column) {
        return column.physical().flatMap(physical -> switch (physical) {
            case BOOLEAN -> Optional.of(StoredForm.BIT);
            case INT32 -> column.logical().map(StoredForms::int32).orElseGet(() -> int32(column.converted()));
            case INT64 -> column.logical().map(StoredForms::int64).orElseGet(() -> int64(column.converted()));
            case INT96 -> Optional.of(StoredForm.INT96);
            case FLOAT -> Optional.of(StoredForm.FLOAT);
            case DOUBLE -> Optional.of(StoredForm.DOUBLE);
            case BYTE_ARRAY -> isText(column) ? Optional.of(StoredForm.TEXT) : NONE;
            case FIXED_LEN_BYTE_ARRAY -> NONE;
        });
    }

    private static Optional<StoredForm> int32(Logical logical) {
        return switch (logical.annotation()) {
            case INTEGER ->
                Optional.of(logical.isSigned() || logical.bitWidth() < 32 ? StoredForm.INT32 : StoredForm.UINT32);
            case DATE -> Optional.of(StoredForm.DAYS);
            default -> NONE;
        };
    }

    private static Optional<StoredForm> int32(int converted) {
        return switch (converted) {
            case -1, 11, 12, 15, 16, 17 -> Optional.of(StoredForm.INT32);
            case 13 -> Optional.of(StoredForm.UINT32);
            case 6 -> Optional.of(StoredForm.DAYS);
            default -> NONE;
        };
    }

    private static Optional<StoredForm> int64(Logical logical) {
        return switch (logical.annotation()) {
            case INTEGER -> Optional.of(logical.isSigned() ? StoredForm.INT64 : StoredForm.UINT64);
            case TIMESTAMP -> switch (logical.unit()) {
                case 1 -> Optional.of(StoredForm.MILLIS);
                case 2 -> Optional.of(StoredForm.MICROS);
                case 3 -> Optional.of(StoredForm.NANOS);
                default -> NONE;
            };
            default -> NONE;
        };
    }

    private static Optional<StoredForm> int64(int converted) {
        return switch (converted) {
            case -1, 18 -> Optional.of(StoredForm.INT64);
            case 14 -> Optional.of(StoredForm.UINT64);
            case 9 -> Optional.of(StoredForm.MILLIS);
            case 10 -> Optional.of(StoredForm.MICROS);
            default -> NONE;
        };
    }

    private static boolean isText(SchemaElement column) {
        return column.logical()
                .map(logical -> switch (logical.annotation()) {
                    case STRING, ENUM, JSON -> true;
                    default -> false;
                })
                .orElseGet(() -> switch (column.converted()) {
                    case 0, 4, 19 -> true;
                    default -> false;
                });
    }
}
