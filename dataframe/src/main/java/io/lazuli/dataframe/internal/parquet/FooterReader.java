package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.FileErrors;
import io.lazuli.dataframe.internal.parquet.ParquetFile.Chunk;
import io.lazuli.dataframe.internal.parquet.ParquetFile.PageIndex;
import io.lazuli.dataframe.internal.parquet.ParquetFile.RowGroup;
import io.lazuli.dataframe.internal.parquet.ParquetFile.StoredColumn;
import io.lazuli.graph.file.SourceFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads one footer and keeps what scans need of it: the columns below the root that are flat and of a type that we have, and
/// their chunks. Everything that it says about places and sizes is checked against the file.
final class FooterReader {
    /// Rows of a row group: each page counts its own in 31 bits.
    private static final long MOST_ROWS = Integer.MAX_VALUE;
    /// What a chunk takes in a footer at least: its type, path, codec, three sizes and a place. In memory it is some 300 bytes.
    private static final int SHORTEST_CHUNK = 16;

    private final SourceFile file;
    private final ThriftReader in;
    private final List<SchemaElement> schema = new ArrayList<>();
    private final List<RawRowGroup> rowGroups = new ArrayList<>();
    private final List<Boolean> isOrdered = new ArrayList<>();
    private DurationUnits durations = DurationUnits.NONE;

    FooterReader(SourceFile file, ThriftReader in) {
        this.file = file;
        this.in = in;
    }

    /// A row group as the footer has it: a chunk for each leaf of the schema.
    private record RawRowGroup(long rowCount, List<RawChunk> chunks) {}

    /// Errors: DATA if it has too many columns; IllegalStateException or [ThriftReader.Truncated] if it makes no sense.
    ParquetFile read() {
        in.struct(id -> {
            switch (id) {
                case 2 -> in.list(() -> addElement(SchemaElement.read(in)));
                case 4 -> in.list(() -> rowGroups.add(rowGroup()));
                case 5 -> in.list(this::note);
                case 7 -> in.list(() -> isOrdered.add(columnOrder()));
                default -> in.skip();
            }
        });
        return file();
    }

    private void addElement(SchemaElement element) {
        if (schema.size() > FileErrors.MOST_COLUMNS) {
            throw FileErrors.tooManyColumns("Parquet", file.path());
        }
        schema.add(element);
    }

    private void addChunk(List<RawChunk> chunks, RawChunk chunk) {
        if (chunks.size() == FileErrors.MOST_COLUMNS) {
            throw FileErrors.tooManyColumns("Parquet", file.path());
        }
        chunks.add(chunk);
    }

    private RawRowGroup rowGroup() {
        List<RawChunk> chunks = new ArrayList<>();
        long[] rowCount = {-1};
        long start = in.position();
        in.struct(id -> {
            switch (id) {
                case 1 -> in.list(() -> addChunk(chunks, RawChunk.read(in)));
                case 3 -> rowCount[0] = in.integer();
                default -> in.skip();
            }
        });
        if (rowCount[0] < 0 || rowCount[0] > MOST_ROWS || chunks.isEmpty()) {
            throw new IllegalStateException(
                    "row group %d has %d rows and %d columns".formatted(rowGroups.size(), rowCount[0], chunks.size()));
        }
        if (in.position() - start < (long) SHORTEST_CHUNK * chunks.size()) {
            throw new IllegalStateException("row group %d has %d columns in %d bytes"
                    .formatted(rowGroups.size(), chunks.size(), in.position() - start));
        }
        return new RawRowGroup(rowCount[0], chunks);
    }

    /// What programs note beside the format, by a key of theirs.
    private void note() {
        String[] key = {""};
        in.struct(id -> {
            if (id == 1) {
                key[0] = in.text();
            } else if (id == 2 && key[0].equals(DurationUnits.KEY)) {
                durations = DurationUnits.read(in.text());
            } else {
                in.skip();
            }
        });
    }

    private boolean columnOrder() {
        boolean[] isByType = {false};
        in.struct(id -> {
            isByType[0] |= id == 1;
            in.skip();
        });
        return isByType[0];
    }

    /// The schema is a tree in depth-first order, of which the columns below the root matter; a row group has a chunk
    /// for each leaf of the tree, in the same order.
    private ParquetFile file() {
        if (schema.isEmpty()) {
            throw new IllegalStateException("its footer has no schema");
        }
        List<StoredColumn> columns = new ArrayList<>();
        List<Integer> leaves = new ArrayList<>();
        SortedMap<String, String> skipped = new TreeMap<>();
        int leafCount = (int) schema.stream().skip(1).filter(element -> element.children() == 0).count();
        checkLeaves(leafCount);
        int leaf = 0;
        for (int i = 1; i < schema.size(); ) {
            SchemaElement field = schema.get(i);
            int end = endOfSubtree(i);
            Optional<StoredForm> form = field.isFlat()
                    ? StoredForms.of(field).map(stored -> durations.form(field, stored))
                    : Optional.empty();
            Optional<String> obstacle = obstacle(field, form, leaf);
            if (obstacle.isPresent()) {
                skipped.put(field.name(), obstacle.get());
            } else {
                boolean optional = field.repetition() == SchemaElement.Repetition.OPTIONAL;
                columns.add(new StoredColumn(field.name(), form.orElseThrow(), optional));
                leaves.add(leaf);
            }
            leaf += (int) schema.subList(i, end).stream().filter(element -> element.children() == 0).count();
            i = end;
        }
        checkNames(columns);
        List<RowGroup> groups = rowGroups.stream().map(group -> rowGroup(group, columns, leaves)).toList();
        return new ParquetFile(file, columns, Collections.unmodifiableSortedMap(skipped), groups);
    }

    private void checkLeaves(int leafCount) {
        for (RawRowGroup group : rowGroups) {
            if (group.chunks().size() != leafCount) {
                throw new IllegalStateException(
                        "a row group has %d columns, the schema %d".formatted(group.chunks().size(), leafCount));
            }
        }
    }

    private static void checkNames(List<StoredColumn> columns) {
        Set<String> names = new HashSet<>();
        for (StoredColumn column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalStateException("two of its columns are named '" + column.name() + "'");
            }
        }
    }

    /// Why a column cannot be read; empty if it can.
    private Optional<String> obstacle(SchemaElement field, Optional<StoredForm> form, int leaf) {
        if (!field.isFlat()) {
            return Optional.of("nested");
        }
        if (form.isEmpty()) {
            return Optional.of(field.describe());
        }
        return rowGroups.stream().map(group -> group.chunks().get(leaf)).flatMap(c -> c.obstacle().stream())
                .findFirst();
    }

    private int endOfSubtree(int index) {
        long open = 1;
        int end = index;
        while (open > 0) {
            if (end == schema.size()) {
                throw new IllegalStateException("its schema has fewer columns than it says");
            }
            open += schema.get(end++).children() - 1;
        }
        return end;
    }

    private RowGroup rowGroup(RawRowGroup group, List<StoredColumn> columns, List<Integer> leaves) {
        List<Chunk> chunks = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            int leaf = leaves.get(c);
            RawChunk chunk = group.chunks().get(leaf);
            String name = columns.get(c).name();
            if (!chunk.path().equals(List.of(name))) {
                throw new IllegalStateException("column '" + name + "' has the pages of " + chunk.path());
            }
            boolean ordered = leaf < isOrdered.size() && isOrdered.get(leaf);
            chunks.add(chunk(columns.get(c), chunk, group.rowCount(), ordered));
        }
        return new RowGroup(group.rowCount(), chunks);
    }

    private Chunk chunk(StoredColumn column, RawChunk chunk, long rowCount, boolean ordered) {
        long start = chunk.dictionaryOffset() > 0
                ? Math.min(chunk.dataOffset(), chunk.dictionaryOffset())
                : chunk.dataOffset();
        if (start < 0 || chunk.byteSize() < 0 || chunk.byteSize() > file.byteSize() - start) {
            throw new IllegalStateException("the pages of column '%s' are said to be %d bytes at byte %d of %d"
                    .formatted(column.name(), chunk.byteSize(), start, file.byteSize()));
        }
        if (chunk.valueCount() != rowCount || chunk.plainBytes() < 0) {
            throw new IllegalStateException("column '%s' is said to have %d values in %d rows and %d bytes"
                    .formatted(column.name(), chunk.valueCount(), rowCount, chunk.plainBytes()));
        }
        if (chunk.type() != column.form().physical().ordinal()) {
            throw new IllegalStateException("column '" + column.name() + "' has pages of another type than its own");
        }
        return new Chunk(
                Codec.of(chunk.codec()).orElseThrow(),
                start,
                chunk.byteSize(),
                chunk.plainBytes(),
                Ranges.of(column.form(), chunk.statistics(), ordered),
                ordered && isWithinFile(chunk.index()) ? chunk.index() : PageIndex.NONE);
    }

    /// An index elsewhere is none: nothing needs it.
    private boolean isWithinFile(PageIndex index) {
        return index.isThere()
                && index.boundsOffset() >= 0
                && index.boundsSize() <= file.byteSize() - index.boundsOffset()
                && index.placesOffset() >= 0
                && index.placesSize() <= file.byteSize() - index.placesOffset();
    }
}
