package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/// Hands the rows of a batch to parquet-java; a record is the number of a row in it.
final class BatchWriteSupport extends WriteSupport<Integer> {
    private final Schema schema;
    /// Set by [#prepareForWrite].
    @SuppressWarnings("NullAway.Init")
    private RecordConsumer consumer;
    /// Set by [#start].
    @SuppressWarnings("NullAway.Init")
    private Batch batch;

    BatchWriteSupport(Schema schema) {
        this.schema = schema;
    }

    /// The batch that the next rows are of.
    void start(Batch batch) {
        this.batch = batch;
    }

    @Override
    public WriteContext init(Configuration configuration) {
        return context();
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return context();
    }

    private WriteContext context() {
        List<Type> columns = new ArrayList<>();
        schema.fields().forEach(field -> columns.add(column(field)));
        return new WriteContext(new MessageType("lazuli", columns), Map.of());
    }

    private static PrimitiveType column(Field field) {
        return switch (field.type()) {
            case DataType.Simple.BOOL -> Types.optional(PrimitiveTypeName.BOOLEAN).named(field.name());
            case DataType.Simple.INT -> Types.optional(PrimitiveTypeName.INT32).named(field.name());
            case DataType.Simple.LONG -> Types.optional(PrimitiveTypeName.INT64).named(field.name());
            case DataType.Simple.FLOAT64 -> Types.optional(PrimitiveTypeName.DOUBLE).named(field.name());
            case DataType.Simple.UTF8 ->
                Types.optional(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named(field.name());
            case DataType.Simple.DURATION -> Types.optional(PrimitiveTypeName.INT64).named(field.name());
            case DataType.Simple.BINARY -> Types.optional(PrimitiveTypeName.BINARY).named(field.name());
            case DataType.Decimal(int precision, int scale) ->
                Types.optional(PrimitiveTypeName.INT64)
                        .as(LogicalTypeAnnotation.decimalType(scale, precision))
                        .named(field.name());
            case DataType.Simple.DATE ->
                Types.optional(PrimitiveTypeName.INT32).as(LogicalTypeAnnotation.dateType()).named(field.name());
            case DataType.Simple.TIMESTAMP ->
                Types.optional(PrimitiveTypeName.INT64)
                        .as(LogicalTypeAnnotation.timestampType(false, TimeUnit.MICROS))
                        .named(field.name());
        };
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public void write(Integer row) {
        consumer.startMessage();
        for (int c = 0; c < schema.size(); c++) {
            Column column = batch.column(c);
            if (!column.isNull(row)) {
                consumer.startField(schema.field(c).name(), c);
                writeValue(column, row);
                consumer.endField(schema.field(c).name(), c);
            }
        }
        consumer.endMessage();
    }

    private void writeValue(Column column, int row) {
        switch (column.kind()) {
            case BOOL -> consumer.addBoolean(column.booleanAt(row));
            case INT -> consumer.addInteger(column.intAt(row));
            case LONG -> consumer.addLong(column.longAt(row));
            case DOUBLE -> consumer.addDouble(column.doubleAt(row));
            case UTF8 -> consumer.addBinary(text(column, row));
        }
    }

    private static Binary text(Column column, int row) {
        int length = Views.length(column.values(), row);
        byte[] bytes = new byte[length];
        boolean isInline = length <= Views.INLINE;
        MemorySegment from = isInline ? column.values() : column.data();
        long start = isInline ? row * (long) Views.WIDTH + 4 : Views.offset(Views.tail(column.values(), row));
        MemorySegment.copy(from, Layouts.BYTE, start, bytes, 0, length);
        return Binary.fromConstantByteArray(bytes);
    }
}
