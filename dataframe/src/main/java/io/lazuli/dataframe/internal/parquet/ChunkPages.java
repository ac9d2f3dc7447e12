package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.parquet.ParquetFile.Chunk;
import io.lazuli.dataframe.internal.parquet.ParquetFile.StoredColumn;
import io.lazuli.dataframe.internal.source.Room;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type.Repetition;

/// Walks through the pages of a column chunk, holding one of them at a time (and the dictionary).
///
/// ```
///   chunk     [dictionary page] [data page] [data page] ...
///   data page [definition levels: which rows are not null] [values of those rows]
/// ```
final class ChunkPages implements AutoCloseable {
    private final StoredColumn column;
    private final ChunkBytes bytes;
    private final Dictionary dictionary;
    private final Room plainRoom;
    private final Room otherRoom;
    private final RunDecoder levels = new RunDecoder();
    private final int[] codes = new int[Batch.ROWS];
    private Codec codec = Codec.UNCOMPRESSED;
    /// The page of [#next].
    @SuppressWarnings("NullAway.Init")
    private PageValues values;

    ChunkPages(FileChannel channel, StoredColumn column, Reservation memory) {
        this.column = column;
        this.bytes = new ChunkBytes(channel, memory);
        this.dictionary = new Dictionary(column.form(), memory);
        this.plainRoom = new Room(memory);
        this.otherRoom = new Room(memory);
    }

    void start(Chunk chunk) {
        codec = chunk.codec();
        bytes.start(chunk.offset(), chunk.byteSize());
        dictionary.clear();
    }

    /// Goes to the next data page and returns how many rows it has.
    int next() throws IOException {
        while (true) {
            PageHeader header = Util.readPageHeader(bytes);
            MemorySegment body = bytes.take(header.getCompressed_page_size());
            check(header, body);
            switch (header.getType()) {
                case DATA_PAGE -> {
                    return startData(header, body);
                }
                case DATA_PAGE_V2 -> {
                    return startDataV2(header, body);
                }
                case DICTIONARY_PAGE -> loadDictionary(header, body);
                case INDEX_PAGE -> {}
            }
        }
    }

    /// Which rows of the page are not null: one bit each.
    RunDecoder levels() {
        return levels;
    }

    /// Of the chunk; empty where it has none.
    Dictionary dictionary() {
        return dictionary;
    }

    PageValues values() {
        return values;
    }

    private static void check(PageHeader header, MemorySegment body) throws IOException {
        if (header.isSetCrc()) {
            CRC32 crc = new CRC32();
            crc.update(body.asSlice(0, header.getCompressed_page_size()).asByteBuffer());
            if ((int) crc.getValue() != header.getCrc()) {
                throw new IOException("a page does not match its checksum");
            }
        }
    }

    private void loadDictionary(PageHeader header, MemorySegment body) throws IOException {
        DictionaryPageHeader page = header.getDictionary_page_header();
        int plainSize = header.getUncompressed_page_size();
        MemorySegment target = dictionary.roomForPage(plainSize);
        Decompressor.decompress(codec, body, header.getCompressed_page_size(), target, plainSize);
        dictionary.load(target, plainSize, page.getNum_values());
    }

    private int startData(PageHeader header, MemorySegment body) throws IOException {
        DataPageHeader page = header.getData_page_header();
        int plainSize = header.getUncompressed_page_size();
        MemorySegment plain = plain(codec, body, header.getCompressed_page_size(), plainSize);
        long start = 0;
        if (column.optional()) {
            if (page.getDefinition_level_encoding() != Encoding.RLE) {
                throw new IOException("definition levels are encoded as " + page.getDefinition_level_encoding());
            }
            start = 4L + plain.get(Layouts.INT, 0);
            if (start < 4 || start > plainSize) {
                throw new IOException("definition levels go beyond the end of their page");
            }
            levels.start(plain, 4, start, 1);
        }
        startValues(page.getEncoding(), plain, start, plainSize, page.getNum_values());
        return page.getNum_values();
    }

    private int startDataV2(PageHeader header, MemorySegment body) throws IOException {
        DataPageHeaderV2 page = header.getData_page_header_v2();
        int levelsEnd = page.getRepetition_levels_byte_length() + page.getDefinition_levels_byte_length();
        int byteSize = header.getCompressed_page_size() - levelsEnd;
        int plainSize = header.getUncompressed_page_size() - levelsEnd;
        if (levelsEnd < 0 || byteSize < 0 || plainSize < 0) {
            throw new IOException("definition levels go beyond the end of their page");
        }
        if (column.optional()) {
            levels.start(body, page.getRepetition_levels_byte_length(), levelsEnd, 1);
        }
        Codec used = page.isIs_compressed() ? codec : Codec.UNCOMPRESSED;
        MemorySegment plain = plain(used, body.asSlice(levelsEnd), byteSize, plainSize);
        startValues(page.getEncoding(), plain, 0, plainSize, page.getNum_values());
        return page.getNum_values();
    }

    /// The decompressed bytes; `body` itself where nothing is to be done.
    private MemorySegment plain(Codec codec, MemorySegment body, int byteSize, int plainSize) throws IOException {
        if (codec == Codec.UNCOMPRESSED && byteSize == plainSize || plainSize == 0) {
            return body;
        }
        MemorySegment target = plainRoom.atLeast((long) plainSize + ChunkBytes.PADDING);
        Decompressor.decompress(codec, body, byteSize, target, plainSize);
        return target;
    }

    private void startValues(Encoding encoding, MemorySegment plain, long start, long end, int count)
            throws IOException {
        StoredForm form = column.form();
        values = switch (encoding) {
            case PLAIN -> new PageValues.Plain(form, plain, start, end);
            case PLAIN_DICTIONARY, RLE_DICTIONARY -> new PageValues.Coded(dictionary, plain, start, end, codes);
            case RLE -> new PageValues.BitRuns(plain, start, end);
            case BIT_PACKED, DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY, BYTE_STREAM_SPLIT ->
                new PageValues.Other(form, reader(encoding, plain.asSlice(start, end - start), count), otherRoom);
            case null -> throw new IOException("a page is in an encoding that is not known");
        };
    }

    private ValuesReader reader(Encoding encoding, MemorySegment plain, int count) throws IOException {
        Repetition repetition = column.optional() ? Repetition.OPTIONAL : Repetition.REQUIRED;
        PrimitiveType type = new PrimitiveType(repetition, column.form().physical(), column.name());
        ColumnDescriptor descriptor =
                new ColumnDescriptor(new String[] {column.name()}, type, 0, column.optional() ? 1 : 0);
        ValuesReader reader = org.apache.parquet.column.Encoding.valueOf(encoding.name())
                .getValuesReader(descriptor, ValuesType.VALUES);
        reader.initFromPage(count, ByteBufferInputStream.wrap(plain.asByteBuffer()));
        return reader;
    }

    @Override
    public void close() {
        bytes.close();
        dictionary.close();
        plainRoom.close();
        otherRoom.close();
    }
}
