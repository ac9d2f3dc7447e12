package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.expression.BoundExpr.Literal;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.parquet.ParquetFile.Range;
import io.lazuli.dataframe.internal.parquet.ParquetFile.RowGroup;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.dataframe.internal.source.ColumnRange;
import io.lazuli.dataframe.internal.source.FolderColumns;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.internal.source.Split;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.PartitionSizes;
import io.lazuli.graph.Token;
import io.lazuli.graph.file.SourceFile;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Parquet files with the same columns, in any order, read as one table in the order of the files' names. The first file
/// says in which order the columns come; see [SameColumns] on what may differ.
///
/// Footers are read once, when the source is opened; tasks read nothing but the pages of their columns. Columns that
/// have no counterpart here (nested ones, decimals of more than 18 digits, intervals, ...) are left out of the schema, see
/// [#skippedColumns].
///
/// Folders named `key=value` give columns of their own behind those of the files; where a file has such a column too, the folder's
/// counts.
///
/// @param name    what people see: the pattern's last part
/// @param files   with their own columns
/// @param folders the columns of `schema` behind those
public record ParquetSource(
        String name, List<ParquetFile> files, FolderColumns folders, Schema schema) implements Source {
    /// What footers add up to at most; more than that is damage that only reading can find.
    private static final double MOST_BYTES = 1L << 50;
    /// Rows, and bytes when decoded, above which a row group may be cut. Most writers make smaller ones.
    private static final long LARGE_ROWS = 2 * PartitionSizes.MANY_ROWS;
    private static final long LARGE_BYTES = 2 * PartitionSizes.TARGET_BYTES;

    public ParquetSource {
        files = List.copyOf(files);
    }

    /// Opens a file, all `.parquet` files of a folder and its `key=value` subfolders, or those that match a pattern such as
    /// `trips/*.parquet`.
    ///
    /// Errors: USER if there are none; DATA if one is not Parquet or differs in its columns; RESOURCE if one cannot be
    /// read.
    public static ParquetSource open(String pattern) {
        List<SourceFile> found = SourceFile.findTree(pattern, ".parquet");
        FolderColumns folders = FolderColumns.of(SourceFile.folder(pattern), found);
        List<ParquetFile> files = SameColumns.of(
                found.stream().map(file -> Footers.read(file).without(folders.names())).toList());
        ParquetFile first = files.getFirst();
        Schema schema = schemaOf(first, folders);
        if (schema.size() == 0 && !first.skipped().isEmpty()) {
            throw Errors.noReadableColumns(first.file().path(), first.skipped().toString());
        }
        String name = pattern.substring(pattern.replaceAll("/+$", "").lastIndexOf('/') + 1);
        return new ParquetSource(name, files, folders, schema);
    }

    private static Schema schemaOf(ParquetFile file, FolderColumns folders) {
        Stream<Field> own =
                file.columns().stream().map(column -> new Field(column.name(), column.form().type()));
        return new Schema(Stream.concat(own, folders.fields().stream()).toList());
    }

    @Override
    public Token token() {
        List<SourceFile> read = files.stream().map(ParquetFile::file).toList();
        return folders.fields().isEmpty() ? Token.of("parquet", read) : Token.of("parquet", read, folders);
    }

    @Override
    public SortedMap<String, String> skippedColumns() {
        SortedMap<String, String> skipped = new TreeMap<>();
        files.forEach(file -> file.skipped().forEach(skipped::putIfAbsent));
        return Collections.unmodifiableSortedMap(skipped);
    }

    @Override
    public Optional<ColumnRange> range(int column) {
        return IntStream.range(0, files.size())
                .boxed()
                .flatMap(file -> files.get(file).rowGroups().stream()
                        .filter(group -> group.rowCount() > 0)
                        .map(group -> range(file, group, column))
                        .map(range -> new ColumnRange(
                                range.least(), range.greatest(), range.nullCount(), range.mayHaveNaN())))
                .reduce(ColumnRange::and);
    }

    /// Of a column of the schema in a row group.
    private Range range(int file, RowGroup group, int column) {
        if (column < ownCount()) {
            return group.chunks().get(column).range();
        }
        ColumnRange value = folders.range(file, column - ownCount(), group.rowCount());
        return new Range(value.least(), value.greatest(), value.nullCount(), value.mayHaveNaN());
    }

    /// Columns that are in files.
    private int ownCount() {
        return schema.size() - folders.fields().size();
    }

    @Override
    public Estimate estimate(ScanRequest request) {
        long rows = 0;
        double bytes = 0;
        for (int f = 0; f < files.size(); f++) {
            for (int group : matching(f, request)) {
                rows += files.get(f).rowGroups().get(group).rowCount();
                bytes += decodedBytes(files.get(f).rowGroups().get(group), request.columns());
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
            long texts = kind == Kind.UTF8 && column < ownCount()
                    ? Math.max(0, group.chunks().get(column).plainBytes() - values)
                    : 0;
            bytes += values + texts;
        }
        return bytes;
    }

    /// The row groups of a file that neither statistics nor folders rule out.
    private List<Integer> matching(int file, ScanRequest request) {
        List<RowGroup> all = files.get(file).rowGroups();
        return IntStream.range(0, all.size())
                .filter(g -> all.get(g).rowCount() > 0)
                .filter(g -> request.predicate().isEmpty()
                        || mayMatch(request.predicate().get(), file, all.get(g), request))
                .boxed()
                .toList();
    }

    private boolean mayMatch(BoundExpr predicate, int file, RowGroup group, ScanRequest request) {
        return RowGroupPruning.mayMatch(
                predicate, input -> range(file, group, request.columns().get(input)), group.rowCount());
    }

    @Override
    public List<Split> splits(ScanRequest request) {
        Estimate estimate = estimate(request);
        int count = PartitionSizes.count(estimate.decodedBytes(), estimate.rowCount());
        ParquetSplits splits = new ParquetSplits(files.size(), estimate.rowCount(), count);
        for (int f = 0; f < files.size(); f++) {
            for (int group : matching(f, request)) {
                int file = f;
                cut(f, group, request, splits.partitionRows()).forEach(piece -> splits.add(file, piece));
            }
        }
        return splits.finish();
    }

    /// A row group in one piece, or in several if it is much larger than a partition, so that not one thread alone has to read it.
    private List<ParquetSplit.Piece> cut(int file, int group, ScanRequest request, long partitionRows) {
        RowGroup rows = files.get(file).rowGroups().get(group);
        boolean isLarge = rows.rowCount() > LARGE_ROWS || decodedBytes(rows, request.columns()) > LARGE_BYTES;
        int most = isLarge ? (int) (rows.rowCount() / partitionRows) : 1;
        List<Integer> own = request.columns().stream().filter(column -> column < ownCount()).toList();
        return RowGroupCuts.cut(files.get(file), group, own, most);
    }

    @Override
    public BatchReader open(Split split, ScanRequest request, Scratch scratch) {
        return new PartsReader(
                (ParquetSplit) split,
                part -> new ParquetBatchReader(
                        files.get(part.file()), part.pieces(), request, constants(part.file()), scratch));
    }

    /// The values of the folders' columns in a file.
    private List<Literal> constants(int file) {
        return IntStream.range(0, folders.fields().size())
                .mapToObj(column -> new Literal(
                        folders.fields().get(column).type(), folders.values().get(file).get(column)))
                .toList();
    }
}
