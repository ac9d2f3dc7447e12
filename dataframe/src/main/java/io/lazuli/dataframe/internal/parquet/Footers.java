package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.parquet.ParquetFile.Chunk;
import io.lazuli.dataframe.internal.parquet.ParquetFile.RowGroup;
import io.lazuli.dataframe.internal.parquet.ParquetFile.StoredColumn;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.file.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/// Reads footers and keeps what scans need of them. Works on the format's own structures: parquet-java's reader takes
/// 0.3 s to load its classes, longer than a small query runs.
final class Footers {
    private static final int TAIL = 8;
    private static final String MAGIC = "PAR1";

    private Footers() {}

    /// Errors: DATA if the file is not Parquet; RESOURCE if it cannot be opened.
    static ParquetFile read(SourceFile file) {
        byte[] footer = bytes(file);
        try {
            return parse(file, Util.readFileMetaData(new ByteArrayInputStream(footer)));
        } catch (IOException | RuntimeException e) {
            throw Errors.notParquet(file.path(), e);
        }
    }

    /// ```
    ///   PAR1 | row groups | footer | length of the footer | PAR1
    /// ```
    private static byte[] bytes(SourceFile file) {
        try (FileChannel channel = file.open()) {
            if (file.byteSize() < TAIL + MAGIC.length()) {
                throw Errors.notParquet(file.path(), new IOException("it has only " + file.byteSize() + " bytes"));
            }
            ByteBuffer tail =
                    ByteBuffer.wrap(read(channel, file.byteSize() - TAIL, TAIL)).order(ByteOrder.LITTLE_ENDIAN);
            String magic = new String(tail.array(), 4, 4, StandardCharsets.ISO_8859_1);
            int length = tail.getInt(0);
            if (!magic.equals(MAGIC) || length < 0 || length > file.byteSize() - TAIL - MAGIC.length()) {
                throw Errors.notParquet(file.path(),
                        new IOException("it does not end in a footer and '" + MAGIC + "'"));
            }
            return read(channel, file.byteSize() - TAIL - length, length);
        } catch (IOException e) {
            throw GraphErrors.unreadableFile(file.path(), e);
        }
    }

    private static byte[] read(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("the file was cut off while it was read");
            }
        }
        return bytes.array();
    }

    /// The schema is a tree in depth-first order, of which the columns below the root matter; a row group has a chunk
    /// for each leaf of the tree, in the same order.
    private static ParquetFile parse(SourceFile file, FileMetaData footer) {
        List<SchemaElement> schema = footer.getSchema();
        List<StoredColumn> columns = new ArrayList<>();
        List<Integer> leaves = new ArrayList<>();
        SortedMap<String, String> skipped = new TreeMap<>();
        int leaf = 0;
        for (int i = 1; i < schema.size(); ) {
            SchemaElement field = schema.get(i);
            int end = endOfSubtree(schema, i);
            Optional<StoredForm> form = isFlat(field) ? StoredForms.of(field) : Optional.empty();
            Optional<CompressionCodec> unknown = unknownCodec(footer, leaf);
            if (form.isPresent() && unknown.isEmpty()) {
                boolean optional = field.getRepetition_type() == FieldRepetitionType.OPTIONAL;
                columns.add(new StoredColumn(field.getName(), form.get(), optional));
                leaves.add(leaf);
            } else {
                skipped.put(field.getName(), reason(field, form, unknown));
            }
            leaf += (int) schema.subList(i, end).stream().filter(element -> element.getNum_children() == 0).count();
            i = end;
        }
        List<RowGroup> groups = footer.getRow_groups().stream()
                .map(group -> rowGroup(group, columns, leaves, orderedLeaves(footer)))
                .toList();
        return new ParquetFile(file, columns, Collections.unmodifiableSortedMap(skipped), groups);
    }

    private static String reason(SchemaElement field, Optional<StoredForm> form, Optional<CompressionCodec> unknown) {
        if (!isFlat(field)) {
            return "nested";
        }
        return form.isEmpty() ? StoredForms.describe(field) : "compressed with " + unknown.orElseThrow();
    }

    /// A codec of the leaf's pages that we cannot read.
    private static Optional<CompressionCodec> unknownCodec(FileMetaData footer, int leaf) {
        return footer.getRow_groups().stream()
                .map(group -> group.getColumns().get(leaf).getMeta_data().getCodec())
                .filter(codec -> Codec.of(codec).isEmpty())
                .findFirst();
    }

    private static boolean isFlat(SchemaElement field) {
        return field.getNum_children() == 0 && field.getRepetition_type() != FieldRepetitionType.REPEATED;
    }

    private static int endOfSubtree(List<SchemaElement> schema, int index) {
        int end = index + 1;
        for (int child = 0; child < schema.get(index).getNum_children(); child++) {
            end = endOfSubtree(schema, end);
        }
        return end;
    }

    private static List<Boolean> orderedLeaves(FileMetaData footer) {
        return footer.isSetColumn_orders()
                ? footer.getColumn_orders().stream().map(order -> order.isSetTYPE_ORDER()).toList()
                : Collections.nCopies(footer.getSchemaSize(), false);
    }

    private static RowGroup rowGroup(
            org.apache.parquet.format.RowGroup group,
            List<StoredColumn> columns,
            List<Integer> leaves,
            List<Boolean> isOrdered) {
        List<Chunk> chunks = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            int leaf = leaves.get(c);
            ColumnMetaData chunk = group.getColumns().get(leaf).getMeta_data();
            String name = columns.get(c).name();
            if (!chunk.getPath_in_schema().equals(List.of(name))) {
                throw new IllegalStateException("column '" + name + "' has the pages of " + chunk.getPath_in_schema());
            }
            chunks.add(chunk(columns.get(c).form(), chunk, isOrdered.get(leaf)));
        }
        return new RowGroup(group.getNum_rows(), chunks);
    }

    private static Chunk chunk(StoredForm form, ColumnMetaData chunk, boolean isOrdered) {
        long start = chunk.getData_page_offset();
        if (chunk.isSetDictionary_page_offset() && chunk.getDictionary_page_offset() > 0) {
            start = Math.min(start, chunk.getDictionary_page_offset());
        }
        return new Chunk(
                Codec.of(chunk.getCodec()).orElseThrow(),
                start,
                chunk.getTotal_compressed_size(),
                chunk.getTotal_uncompressed_size(),
                Ranges.of(form, chunk.getStatistics(), isOrdered));
    }
}
