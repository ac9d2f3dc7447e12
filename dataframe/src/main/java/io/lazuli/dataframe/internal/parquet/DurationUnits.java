package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.arrow.SchemaMessage;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;

/// Which columns are durations, and in what unit. Parquet has no type for them, so they are INT64 there; programs that think in
/// Arrow's types note the schema that the columns had, and so do we.
///
/// Source: the note `ARROW:schema` of Arrow C++, read by pyarrow, pandas, Polars and others.
record DurationUnits(Map<String, ChronoUnit> units) {
    static final DurationUnits NONE = new DurationUnits(Map.of());
    static final String KEY = "ARROW:schema";

    static boolean areNeeded(Schema schema) {
        return schema.types().contains(DataType.DURATION);
    }

    static String write(Schema schema) {
        return Base64.getEncoder().encodeToString(SchemaMessage.of(schema));
    }

    static DurationUnits read(String note) {
        try {
            return new DurationUnits(SchemaMessage.durations(Base64.getDecoder().decode(note)));
        } catch (RuntimeException e) {
            // a note is no part of the format: files are read without it, too
            return NONE;
        }
    }

    /// The form of a column, which is `stored` by what Parquet itself says.
    StoredForm form(SchemaElement column, StoredForm stored) {
        ChronoUnit unit = units.get(column.name());
        if (unit == null || stored.kind() != StoredKind.INT64 || column.isAnnotated()) {
            return stored;
        }
        return StoredForm.of(switch (unit) {
            case SECONDS -> StoredKind.SECONDS;
            case MILLIS -> StoredKind.MILLIS;
            case NANOS -> StoredKind.NANOS;
            default -> StoredKind.INT64;
        }, DataType.DURATION, 0);
    }
}
