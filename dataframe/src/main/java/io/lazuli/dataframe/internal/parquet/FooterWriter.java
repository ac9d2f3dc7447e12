package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.parquet.EncodedGroup.EncodedChunk;
import io.lazuli.dataframe.internal.parquet.EncodedGroup.EncodedPage;
import io.lazuli.dataframe.internal.parquet.EncodedGroup.PageValueBounds;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What comes behind the row groups of a file: the page indexes of all chunks, and the footer.
final class FooterWriter {
    private static final int UTF8 = 0;
    private static final int DATE = 6;
    private static final int DECIMAL = 5;
    private static final int OPTIONAL = SchemaElement.Repetition.OPTIONAL.ordinal();
    /// The bounds of pages are in no order.
    private static final int UNORDERED = 0;
    private static final String CREATED_BY = "Lazuli version 0.1.0";

    private final Schema schema;
    private final Codec codec;
    private final List<PlacedGroup> groups = new ArrayList<>();
    private long rowCount;

    FooterWriter(Schema schema, Codec codec) {
        this.schema = schema;
        this.codec = codec;
    }

    /// A row group that begins at `offset` in the file.
    private record PlacedGroup(EncodedGroup group, long offset, List<PlacedChunk> chunks) {}

    /// @param placesOffset of the index that says where pages begin
    /// @param boundsOffset of the one that says what they hold
    private record PlacedChunk(
            Field field, EncodedChunk chunk, long offset, long placesOffset, int placesSize, long boundsOffset,
            int boundsSize) {
        Kind kind() {
            return Kind.of(field.type());
        }
    }

    void add(EncodedGroup group, long offset) {
        groups.add(new PlacedGroup(group, offset, List.of()));
        rowCount += group.rowCount();
    }

    /// Indexes and footer, for a file that has `offset` bytes so far.
    List<byte[]> write(long offset) {
        List<byte[]> parts = new ArrayList<>();
        List<PlacedGroup> indexed = new ArrayList<>();
        long at = offset;
        for (PlacedGroup group : groups) {
            List<PlacedChunk> chunks = new ArrayList<>();
            long chunkOffset = group.offset();
            for (int c = 0; c < schema.size(); c++) {
                EncodedChunk chunk = group.group().chunks().get(c);
                byte[] bounds = boundsOfPages(chunk);
                byte[] places = placesOfPages(chunk, chunkOffset);
                chunks.add(new PlacedChunk(schema.field(c), chunk, chunkOffset, at + bounds.length, places.length, at,
                        bounds.length));
                parts.add(bounds);
                parts.add(places);
                at += bounds.length + places.length;
                chunkOffset += chunk.byteSize();
            }
            indexed.add(new PlacedGroup(group.group(), group.offset(), chunks));
        }
        parts.add(footer(indexed));
        return parts;
    }

    /// Empty where a page has values but no bounds, since the format then wants no index.
    private static byte[] boundsOfPages(EncodedChunk chunk) {
        List<PageValueBounds> pages = chunk.pages().stream().map(EncodedPage::bounds).toList();
        if (pages.stream().anyMatch(page -> page.valueCount() > 0 && (page.least().isEmpty()
                || page.greatest().isEmpty()))) {
            return new byte[0];
        }
        ThriftWriter out = new ThriftWriter();
        out.struct(() -> {
            out.bools(1, pages.stream().map(page -> page.valueCount() == 0).toList());
            out.binaries(2, pages.stream().map(page -> page.least().orElse(new byte[0])).toList());
            out.binaries(3, pages.stream().map(page -> page.greatest().orElse(new byte[0])).toList());
            out.int32(4, UNORDERED);
            out.int64s(5, pages.stream().map(PageValueBounds::nullCount).toList());
            out.int64s(8, pages.stream().map(PageValueBounds::nanCount).toList());
        });
        return out.toBytes();
    }

    private record Place(long offset, int byteSize, long firstRow) {}

    private static byte[] placesOfPages(EncodedChunk chunk, long chunkOffset) {
        List<Place> places = new ArrayList<>();
        long offset = chunkOffset + chunk.dictionarySize();
        long row = 0;
        for (EncodedPage page : chunk.pages()) {
            places.add(new Place(offset, page.byteSize(), row));
            offset += page.byteSize();
            row += page.rowCount();
        }
        ThriftWriter out = new ThriftWriter();
        out.struct(() -> out.structs(1, places, place -> {
            out.int64(1, place.offset());
            out.int32(2, place.byteSize());
            out.int64(3, place.firstRow());
        }));
        return out.toBytes();
    }

    private byte[] footer(List<PlacedGroup> indexed) {
        ThriftWriter out = new ThriftWriter();
        List<Optional<Field>> elements = new ArrayList<>();
        elements.add(Optional.empty());
        schema.fields().forEach(field -> elements.add(Optional.of(field)));
        out.struct(() -> {
            out.int32(1, 2);
            out.structs(2, elements, element -> element.ifPresentOrElse(field -> column(out, field), () -> root(out)));
            out.int64(3, rowCount);
            out.structs(4, indexed, group -> rowGroup(out, group));
            if (DurationUnits.areNeeded(schema)) {
                out.structs(5, List.of(DurationUnits.write(schema)), note -> {
                    out.text(1, DurationUnits.KEY);
                    out.text(2, note);
                });
            }
            out.text(6, CREATED_BY);
            out.structs(7, schema.fields(), field -> out.struct(1, () -> {}));
        });
        return out.toBytes();
    }

    private void root(ThriftWriter out) {
        out.text(4, "lazuli");
        out.int32(5, schema.size());
    }

    private static void column(ThriftWriter out, Field field) {
        out.int32(1, physical(field.type()).ordinal());
        out.int32(3, OPTIONAL);
        out.text(4, field.name());
        switch (field.type()) {
            case DataType.Simple.UTF8 -> annotate(out, UTF8, SchemaElement.Annotation.STRING);
            case DataType.Simple.DATE -> annotate(out, DATE, SchemaElement.Annotation.DATE);
            case DataType.Simple.TIMESTAMP -> out.struct(10, () -> out.struct(timestampId(), () -> {
                out.bool(1, false);
                out.struct(2, () -> out.struct(2, () -> {}));
            }));
            case DataType.Decimal(int precision, int scale) -> decimal(out, precision, scale);
            case DataType.Simple.BOOL, DataType.Simple.INT, DataType.Simple.LONG, DataType.Simple.FLOAT64,
                    DataType.Simple.DURATION, DataType.Simple.BINARY ->
                {}
        }
    }

    private static void decimal(ThriftWriter out, int precision, int scale) {
        out.int32(6, DECIMAL);
        out.int32(7, scale);
        out.int32(8, precision);
        out.struct(10, () -> out.struct(SchemaElement.Annotation.DECIMAL.ordinal() + 1, () -> {
            out.int32(1, scale);
            out.int32(2, precision);
        }));
    }

    private static int timestampId() {
        return SchemaElement.Annotation.TIMESTAMP.ordinal() + 1;
    }

    private static void annotate(ThriftWriter out, int converted, SchemaElement.Annotation logical) {
        out.int32(6, converted);
        out.struct(10, () -> out.struct(logical.ordinal() + 1, () -> {}));
    }

    private static PhysicalType physical(DataType type) {
        return switch (Kind.of(type)) {
            case BOOL -> PhysicalType.BOOLEAN;
            case INT -> PhysicalType.INT32;
            case LONG -> PhysicalType.INT64;
            case DOUBLE -> PhysicalType.DOUBLE;
            case UTF8 -> PhysicalType.BYTE_ARRAY;
        };
    }

    private void rowGroup(ThriftWriter out, PlacedGroup placed) {
        EncodedGroup group = placed.group();
        out.structs(1, placed.chunks(), chunk -> chunk(out, chunk, group.rowCount()));
        out.int64(2, group.chunks().stream().mapToLong(EncodedChunk::plainBytes).sum());
        out.int64(3, group.rowCount());
        out.int64(5, placed.offset());
        out.int64(6, group.byteSize());
    }

    private void chunk(ThriftWriter out, PlacedChunk placed, long rows) {
        out.int64(2, 0);
        out.struct(3, () -> metadata(out, placed, rows));
        out.int64(4, placed.placesOffset());
        out.int32(5, placed.placesSize());
        if (placed.boundsSize() > 0) {
            out.int64(6, placed.boundsOffset());
            out.int32(7, placed.boundsSize());
        }
    }

    private void metadata(ThriftWriter out, PlacedChunk placed, long rows) {
        EncodedChunk chunk = placed.chunk();
        boolean isCoded = chunk.dictionarySize() > 0;
        out.int32(1, physical(placed.field().type()).ordinal());
        out.int32s(2, IntStream.of(PageEncoding.PLAIN.id(), PageEncoding.RLE.id(), PageEncoding.RLE_DICTIONARY.id())
                .limit(isCoded ? 3 : 2)
                .toArray());
        out.binaries(3, List.of(placed.field().name().getBytes(StandardCharsets.UTF_8)));
        out.int32(4, codec.id());
        out.int64(5, rows);
        out.int64(6, chunk.plainBytes());
        out.int64(7, chunk.byteSize());
        out.int64(9, placed.offset() + chunk.dictionarySize());
        if (isCoded) {
            out.int64(11, placed.offset());
        }
        out.struct(12, () -> statistics(out, placed.kind(), chunk.bounds(placed.kind())));
    }

    private static void statistics(ThriftWriter out, Kind kind, PageValueBounds bounds) {
        out.int64(3, bounds.nullCount());
        if (bounds.least().isPresent() && bounds.greatest().isPresent()) {
            out.binary(5, bounds.greatest().get());
            out.binary(6, bounds.least().get());
        }
        if (kind == Kind.DOUBLE) {
            out.int64(9, bounds.nanCount());
        }
    }
}
