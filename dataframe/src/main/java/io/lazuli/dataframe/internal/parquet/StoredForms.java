package io.lazuli.dataframe.internal.parquet;

import java.util.Optional;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;

/// Finds the form of a column from its physical type and its annotation, which old files give as a converted type and
/// new ones as a logical type.
final class StoredForms {
    private StoredForms() {}

    /// Empty if the type has no counterpart here.
    static Optional<StoredForm> of(SchemaElement column) {
        return switch (column.getType()) {
            case BOOLEAN -> Optional.of(StoredForm.BIT);
            case INT32 ->
                column.isSetLogicalType() ? int32(column.getLogicalType()) : int32(column.getConverted_type());
            case INT64 ->
                column.isSetLogicalType() ? int64(column.getLogicalType()) : int64(column.getConverted_type());
            case INT96 -> Optional.of(StoredForm.INT96);
            case FLOAT -> Optional.of(StoredForm.FLOAT);
            case DOUBLE -> Optional.of(StoredForm.DOUBLE);
            case BYTE_ARRAY -> isText(column) ? Optional.of(StoredForm.TEXT) : Optional.empty();
            case FIXED_LEN_BYTE_ARRAY -> Optional.empty();
        };
    }

    /// The type as a user may know it, for messages.
    static String describe(SchemaElement column) {
        String annotation = "";
        if (column.isSetLogicalType()) {
            annotation = column.getLogicalType().getSetField() + " in ";
        } else if (column.isSetConverted_type()) {
            annotation = column.getConverted_type() + " in ";
        }
        return "type " + annotation + column.getType();
    }

    private static Optional<StoredForm> int32(LogicalType logical) {
        if (logical.isSetINTEGER()) {
            boolean fits = logical.getINTEGER().isIsSigned() || logical.getINTEGER().getBitWidth() < 32;
            return Optional.of(fits ? StoredForm.INT32 : StoredForm.UINT32);
        }
        return logical.isSetDATE() ? Optional.of(StoredForm.DAYS) : Optional.empty();
    }

    private static Optional<StoredForm> int32(ConvertedType converted) {
        return switch (converted) {
            case null -> Optional.of(StoredForm.INT32);
            case INT_8, INT_16, INT_32, UINT_8, UINT_16 -> Optional.of(StoredForm.INT32);
            case UINT_32 -> Optional.of(StoredForm.UINT32);
            case DATE -> Optional.of(StoredForm.DAYS);
            default -> Optional.empty();
        };
    }

    private static Optional<StoredForm> int64(LogicalType logical) {
        if (logical.isSetINTEGER() && logical.getINTEGER().isIsSigned()) {
            return Optional.of(StoredForm.INT64);
        }
        return logical.isSetTIMESTAMP() ? ofUnit(logical.getTIMESTAMP().getUnit()) : Optional.empty();
    }

    private static Optional<StoredForm> int64(ConvertedType converted) {
        return switch (converted) {
            case null -> Optional.of(StoredForm.INT64);
            case INT_64 -> Optional.of(StoredForm.INT64);
            case TIMESTAMP_MILLIS -> Optional.of(StoredForm.MILLIS);
            case TIMESTAMP_MICROS -> Optional.of(StoredForm.MICROS);
            default -> Optional.empty();
        };
    }

    private static Optional<StoredForm> ofUnit(TimeUnit unit) {
        if (unit.isSetMILLIS()) {
            return Optional.of(StoredForm.MILLIS);
        }
        if (unit.isSetMICROS()) {
            return Optional.of(StoredForm.MICROS);
        }
        return unit.isSetNANOS() ? Optional.of(StoredForm.NANOS) : Optional.empty();
    }

    private static boolean isText(SchemaElement column) {
        if (column.isSetLogicalType()) {
            LogicalType logical = column.getLogicalType();
            return logical.isSetSTRING() || logical.isSetENUM() || logical.isSetJSON();
        }
        return switch (column.getConverted_type()) {
            case UTF8, ENUM, JSON -> true;
            case null, default -> false;
        };
    }
}
