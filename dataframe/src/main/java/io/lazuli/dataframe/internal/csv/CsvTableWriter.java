package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.source.FileTarget;
import io.lazuli.dataframe.internal.source.TableWriter;
import io.lazuli.dataframe.io.CsvWriteOptions;
import io.lazuli.dataframe.internal.column.ValueText;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/// Writes one CSV file. What it writes reads back the same, if the types are declared and dates have years of four
/// digits.
public final class CsvTableWriter implements TableWriter {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT);

    private final FileTarget target;
    private final Schema schema;
    private final FileChannel channel;
    private final CsvText text;

    private CsvTableWriter(FileTarget target, Schema schema, CsvWriteOptions options, FileChannel channel) {
        this.target = target;
        this.schema = schema;
        this.channel = channel;
        this.text = new CsvText((byte) options.delimiter());
    }

    /// Errors: those of [FileTarget#check].
    ///
    /// Ownership: the caller closes it.
    public static CsvTableWriter create(String path, Schema schema, CsvWriteOptions options) {
        FileTarget target = FileTarget.create(path, options.overwrite());
        try {
            FileChannel channel =
                    FileChannel.open(target.unfinished(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            CsvTableWriter writer = new CsvTableWriter(target, schema, options, channel);
            if (options.header()) {
                writer.writeHeader();
            }
            return writer;
        } catch (IOException e) {
            target.close();
            throw Errors.writeFailed(path, e);
        }
    }

    private void writeHeader() {
        for (int c = 0; c < schema.size(); c++) {
            text.separate(c);
            text.quotable(schema.field(c).name().getBytes(StandardCharsets.UTF_8));
        }
        text.endRecord();
    }

    @Override
    public void write(Batch batch) {
        for (int row = 0; row < batch.rowCount(); row++) {
            for (int c = 0; c < schema.size(); c++) {
                text.separate(c);
                Column column = batch.column(c);
                if (!column.isNull(row)) {
                    writeValue(column, row);
                }
            }
            text.endRecord();
            if (text.isFull()) {
                flush();
            }
        }
    }

    private void writeValue(Column column, int row) {
        switch (column.type()) {
            case DataType.Simple.BOOL -> text.plain(Boolean.toString(column.booleanAt(row)));
            case DataType.Simple.INT -> text.plain(Integer.toString(column.intAt(row)));
            case DataType.Simple.LONG -> text.plain(Long.toString(column.longAt(row)));
            case DataType.Simple.FLOAT64 -> text.plain(Double.toString(column.doubleAt(row)));
            case DataType.Simple.UTF8 -> text.quotable(column, row);
            case DataType.Simple.DURATION, DataType.Simple.BINARY -> text.plain(ValueText.of(column, row));
            case DataType.Decimal ignored -> text.plain(ValueText.of(column, row));
            case DataType.Simple.DATE -> text.plain(LocalDate.ofEpochDay(column.intAt(row)).toString());
            case DataType.Simple.TIMESTAMP -> text.plain(TIMESTAMP.format(timestamp(column.longAt(row))));
        }
    }

    private static LocalDateTime timestamp(long micros) {
        long second = Math.floorDiv(micros, MICROS_PER_SECOND);
        int nanos = (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1000;
        return LocalDateTime.ofEpochSecond(second, nanos, ZoneOffset.UTC);
    }

    private void flush() {
        try {
            text.writeTo(channel);
        } catch (IOException e) {
            throw Errors.writeFailed(target.path(), e);
        }
    }

    @Override
    public void commit() {
        flush();
        try {
            channel.close();
        } catch (IOException e) {
            throw Errors.writeFailed(target.path(), e);
        }
        target.commit();
    }

    @Override
    public void close() {
        try (target) {
            channel.close();
        } catch (IOException e) {
            throw Errors.writeFailed(target.path(), e);
        }
    }
}
