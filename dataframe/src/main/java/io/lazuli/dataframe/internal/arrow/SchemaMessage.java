package io.lazuli.dataframe.internal.arrow;

import io.lazuli.dataframe.type.Schema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/// A schema on its own, as the message that a stream begins with. Parquet files carry one in their footers, for the types that
/// Parquet has no name for.
public final class SchemaMessage {
    private static final ChronoUnit[] UNITS = {
        ChronoUnit.SECONDS, ChronoUnit.MILLIS, ChronoUnit.MICROS, ChronoUnit.NANOS
    };

    private SchemaMessage() {}

    /// The message with its length in front of it.
    public static byte[] of(Schema schema) {
        FlatWriter message = new FlatWriter();
        byte[] metadata =
                MessageWriter.message(message, ArrowFile.SCHEMA, SchemaWriter.write(message, schema), 0);
        return ByteBuffer.allocate(8 + metadata.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(-1)
                .putInt(metadata.length)
                .put(metadata)
                .array();
    }

    /// The units of the columns that are durations, by name. Errors: IllegalStateException or IndexOutOfBoundsException if it is no
    /// such message.
    public static Map<String, ChronoUnit> durations(byte[] message) {
        ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        int start = bytes.getInt(0) == -1 ? 8 : 4;
        byte[] metadata = new byte[message.length - start];
        bytes.get(start, metadata);
        FlatTable schema = FlatTable.root(metadata).table(2);
        Map<String, ChronoUnit> units = new HashMap<>();
        for (int f = 0, count = schema.length(1, 4); f < count; f++) {
            FlatTable field = schema.element(1, f);
            if (field.int8(2) == VectorTypes.DURATION) {
                units.put(field.text(0), UNITS[field.table(3).int16(0, 1)]);
            }
        }
        return Map.copyOf(units);
    }
}
