package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.parquet.ParquetFile.RowGroup;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.dataframe.internal.source.ColumnRange;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.internal.source.Split;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.PartitionSizes;
import io.lazuli.graph.Token;
import io.lazuli.graph.file.SourceFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Parquet files with the same columns, in any order, read as one table in the order of the files' names. The first file
/// says in which order the columns come; see [SameColumns] on what may differ.
///
/// Footers are read once, when the source is opened; tasks read nothing but the pages of their columns. Columns that
/// have no counterpart here (nested ones, decimals, plain binary, ...) are left out of the schema, see
/// [#skippedColumns].
///
/// @param name what people see: the pattern's last part
public record ParquetSource(String name, List<ParquetFile> files, Schema schema) implements Source {
    /// What footers add up to at most; more than that is damage that only reading can find.
    private static final double MOST_BYTES = 1L << 50;

    public ParquetSource {
        files = List.copyOf(files);
    }

    /// Opens a file, all `.parquet` files of a folder, or those that match a pattern such as `trips/*.parquet`.
    ///
    /// Errors: USER if there are none; DATA if one is not Parquet or differs in its columns; RESOURCE if one cannot be
    /// read.
    public static ParquetSource open(String pattern) {
        List<ParquetFile> found = SourceFile.find(pattern, ".parquet").stream().map(Footers::read).toList();
        List<ParquetFile> files = SameColumns.of(found);
        ParquetFile first = files.getFirst();
        Schema schema = schemaOf(first);
        if (schema.size() == 0 && !first.skipped().isEmpty()) {
            throw Errors.noReadableColumns(first.file().path(), first.skipped().toString());
        }
        String name = pattern.substring(pattern.replaceAll("/+$", "").lastIndexOf('/') + 1);
        return new ParquetSource(name, files, schema);
    }

    private static Schema schemaOf(ParquetFile file) {
        return new Schema(file.columns().stream()
                .map(column -> new Field(column.name(), column.form().type()))
                .toList());
    }

    @Override
    public Token token() {
        return Token.of("parquet", files.stream().map(ParquetFile::file).toList());
    }

    @Override
    public SortedMap<String, String> skippedColumns() {
        SortedMap<String, String> skipped = new TreeMap<>();
        files.forEach(file -> file.skipped().forEach(skipped::putIfAbsent));
        return Collections.unmodifiableSortedMap(skipped);
    }

    @Override
    public Optional<ColumnRange> range(int column) {
        return files.stream()
                .flatMap(file -> file.rowGroups().stream())
                .filter(group -> group.rowCount() > 0)
                .map(group -> group.chunks().get(column).range())
                .map(range -> new ColumnRange(range.least(), range.greatest(), range.nullCount(), range.mayHaveNaN()))
                .reduce(ColumnRange::and);
    }

    @Override
    public Estimate estimate(ScanRequest request) {
        long rows = 0;
        double bytes = 0;
        for (ParquetFile file : files) {
            for (int group : matching(file, request)) {
                rows += file.rowGroups().get(group).rowCount();
                bytes += decodedBytes(file.rowGroups().get(group), request.columns());
            }
        }
        return new Estimate(rows, (long) Math.min(bytes, MOST_BYTES));
    }

    /// Unknown where footers add up to what no table has: then they are damaged, and reading says so.
    @Override
    public OptionalLong rowCount() {
        long rows = 0;
        for (ParquetFile file : files) {
            for (RowGroup group : file.rowGroups()) {
                rows += group.rowCount();
                if (group.rowCount() < 0 || rows < 0) {
                    return OptionalLong.empty();
                }
            }
        }
        return OptionalLong.of(rows);
    }

    private long decodedBytes(RowGroup group, List<Integer> columns) {
        long bytes = 0;
        for (int column : columns) {
            Kind kind = Kind.of(schema.field(column).type());
            long values = kind.byteSize(group.rowCount());
            // Texts beyond their views are long ones, whose bytes are in the pages.
            long texts = kind == Kind.UTF8 ? Math.max(0, group.chunks().get(column).plainBytes() - values) : 0;
            bytes += values + texts;
        }
        return bytes;
    }

    /// The row groups of a file that statistics do not rule out.
    private static List<Integer> matching(ParquetFile file, ScanRequest request) {
        List<Integer> groups = new ArrayList<>();
        for (int g = 0; g < file.rowGroups().size(); g++) {
            RowGroup group = file.rowGroups().get(g);
            boolean mayMatch = request.predicate().isEmpty()
                    || RowGroupPruning.mayMatch(request.predicate().get(), group, request.columns());
            if (mayMatch && group.rowCount() > 0) {
                groups.add(g);
            }
        }
        return groups;
    }

    /// Row groups go to the partition in which their middle row lies, so partitions have about equally many rows; a
    /// partition never has row groups of two files.
    @Override
    public List<Split> splits(ScanRequest request) {
        Estimate estimate = estimate(request);
        int count = PartitionSizes.count(estimate.decodedBytes(), estimate.rowCount());
        List<Split> splits = new ArrayList<>();
        long rowsBefore = 0;
        for (int f = 0; f < files.size(); f++) {
            long current = -1;
            List<Integer> run = new ArrayList<>();
            for (int group : matching(files.get(f), request)) {
                long rows = files.get(f).rowGroups().get(group).rowCount();
                long partition = (long) ((rowsBefore + rows / 2.0) * count / estimate.rowCount());
                if (partition != current && !run.isEmpty()) {
                    splits.add(new ParquetSplit(f, run));
                    run.clear();
                }
                current = partition;
                run.add(group);
                rowsBefore += rows;
            }
            if (!run.isEmpty()) {
                splits.add(new ParquetSplit(f, run));
            }
        }
        return List.copyOf(splits);
    }

    @Override
    public BatchReader open(Split split, ScanRequest request, Scratch scratch) {
        ParquetSplit groups = (ParquetSplit) split;
        return new ParquetBatchReader(files.get(groups.file()), groups, request, scratch);
    }
}
