package io.lazuli.dataframe.internal.arrow;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.arrow.ArrowFile.Message;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.internal.source.Split;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.PartitionSizes;
import io.lazuli.graph.Token;
import io.lazuli.graph.file.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/// Arrow files or streams with the same columns, read as one table in the order of their names.
///
/// The places of their messages are found once, when the source is opened; tasks read the buffers of their columns.
///
/// @param name what people see: the pattern's last part
public record ArrowSource(String name, List<ArrowFile> files, Schema schema) implements Source {
    /// What messages add up to at most.
    private static final double MOST_BYTES = 1L << 50;

    public ArrowSource {
        files = List.copyOf(files);
    }

    /// Opens a file, all `.arrow` files of a folder, or those that match a pattern.
    ///
    /// Errors: USER if there are none; DATA if one is not Arrow or differs in its columns; RESOURCE if one cannot be read.
    public static ArrowSource open(String pattern) {
        List<ArrowFile> files = SourceFile.find(pattern, ".arrow").stream().map(ArrowFile::read).toList();
        ArrowFile first = files.getFirst();
        Schema schema = schemaOf(first);
        for (ArrowFile file : files) {
            if (!schemaOf(file).equals(schema)) {
                throw Errors.differentSchemas(
                        first.file().path(), file.file().path(), schema.toString(), schemaOf(file).toString());
            }
        }
        if (schema.size() == 0 && !first.columns().skipped().isEmpty()) {
            throw ArrowErrors.noReadableColumns(first.file().path(), first.columns().skipped().toString());
        }
        String name = pattern.substring(pattern.replaceAll("/+$", "").lastIndexOf('/') + 1);
        return new ArrowSource(name, files, schema);
    }

    private static Schema schemaOf(ArrowFile file) {
        return new Schema(file.columns().columns().stream()
                .map(column -> new Field(column.name(), column.form().type()))
                .toList());
    }

    @Override
    public Token token() {
        return Token.of("arrow", files.stream().map(ArrowFile::file).toList());
    }

    @Override
    public SortedMap<String, String> skippedColumns() {
        return files.getFirst().columns().skipped();
    }

    /// Rows are known; texts are taken for their share of the file.
    @Override
    public Estimate estimate(ScanRequest request) {
        long rows = 0;
        double bytes = 0;
        for (ArrowFile file : files) {
            for (Message batch : file.batches()) {
                rows += batch.rowCount();
                bytes += decodedBytes(batch, request.columns());
            }
        }
        return new Estimate(rows, (long) Math.min(bytes, MOST_BYTES));
    }

    private double decodedBytes(Message batch, List<Integer> columns) {
        double bytes = 0;
        boolean hasTexts = false;
        for (int column : columns) {
            Kind kind = Kind.of(schema.field(column).type());
            bytes += kind.byteSize(batch.rowCount());
            hasTexts |= kind == Kind.UTF8;
        }
        return hasTexts ? Math.max(bytes, batch.bodySize() * (double) columns.size() / schema.size()) : bytes;
    }

    /// Record batches go to the partition in which their middle row lies; a partition never has batches of two files.
    @Override
    public List<Split> splits(ScanRequest request) {
        Estimate estimate = estimate(request);
        int count = PartitionSizes.count(estimate.decodedBytes(), estimate.rowCount());
        List<Split> splits = new ArrayList<>();
        long rowsBefore = 0;
        for (int f = 0; f < files.size(); f++) {
            List<Message> batches = files.get(f).batches();
            int first = 0;
            long current = -1;
            for (int b = 0; b < batches.size(); b++) {
                long rows = batches.get(b).rowCount();
                long partition = (long) ((rowsBefore + rows / 2.0) * count / Math.max(1, estimate.rowCount()));
                if (partition != current && b > first) {
                    splits.add(new ArrowSplit(f, first, b));
                    first = b;
                }
                current = partition;
                rowsBefore += rows;
            }
            if (first < batches.size()) {
                splits.add(new ArrowSplit(f, first, batches.size()));
            }
        }
        return List.copyOf(splits);
    }

    @Override
    public BatchReader open(Split split, ScanRequest request, Scratch scratch) {
        ArrowSplit batches = (ArrowSplit) split;
        return new ArrowBatchReader(files.get(batches.file()), batches, request.columns(), scratch);
    }
}
