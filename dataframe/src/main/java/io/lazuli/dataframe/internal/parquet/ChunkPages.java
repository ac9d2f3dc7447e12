package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.parquet.ParquetFile.Chunk;
import io.lazuli.dataframe.internal.parquet.ParquetFile.StoredColumn;
import io.lazuli.dataframe.internal.source.PlainSize;
import io.lazuli.dataframe.internal.source.Room;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Walks through the pages of a column chunk, holding one of them at a time (and the dictionary).
///
/// ```
///   chunk     [dictionary page] [data page] [data page] ...
///   data page [definition levels: which rows are not null] [values of those rows]
/// ```
///
/// Sizes and counts that a header claims are checked against the chunk before anything is allocated for them.
final class ChunkPages implements AutoCloseable {
    /// Pages beyond this size must fit what the footer says about their chunk, too; some writers get that wrong.
    private static final int LARGE_PAGE = 16 << 20;
    /// What frames of compressed data take when there is nothing in them.
    private static final int FRAME = 64;
    /// More than any codec adds to a page that it cannot make smaller, beside the page's own bytes once more.
    private static final int LONGER = 1024;
    /// Entries of a large dictionary for each byte of its compressed form. They all differ: even of numbers that are counted up each
    /// takes ten bits with gzip, and one bit with codecs that compress better than those of Parquet.
    private static final long MOST_ENTRIES = 4;

    private final StoredColumn column;
    private final ChunkBytes bytes;
    private final Dictionary dictionary;
    private final Room plainRoom;
    private final Room otherRoom;
    /// For numbers that are stored as bytes: these, and how they stand in PLAIN.
    private final Room viewRoom;
    private final Room numberRoom;
    private final RunDecoder levels = new RunDecoder();
    private final DecodedNumbers numbers;
    private Codec codec = Codec.UNCOMPRESSED;
    private long chunkPlainBytes;
    /// Rows of the pages that are still to come.
    private long rowsLeft;
    /// The place of the current page, for messages.
    private int page;
    /// The header of a page that was not begun, and whose body comes next.
    private @Nullable PageHeader pending;
    /// The page of [#next].
    @SuppressWarnings("NullAway.Init")
    private PageValues values;

    ChunkPages(FileChannel channel, StoredColumn column, Reservation memory, DecodedNumbers numbers) {
        this.column = column;
        this.bytes = new ChunkBytes(channel, memory);
        this.dictionary = new Dictionary(column.form(), memory);
        this.plainRoom = new Room(memory);
        this.otherRoom = new Room(memory);
        this.viewRoom = new Room(memory);
        this.numberRoom = new Room(memory);
        this.numbers = numbers;
    }

    void start(Chunk chunk, long rowCount) {
        codec = chunk.codec();
        chunkPlainBytes = chunk.plainBytes();
        rowsLeft = rowCount;
        page = -1;
        pending = null;
        bytes.start(chunk.offset(), chunk.byteSize());
        dictionary.clear();
    }

    /// Goes to the next data page and returns how many rows it has.
    int next() throws IOException {
        PageHeader header = nextData();
        pending = null;
        rowsLeft -= header.valueCount();
        MemorySegment body = body(header);
        return header.kind() == PageHeader.Kind.DATA ? startData(header, body) : startDataV2(header, body);
    }

    /// Passes over whole pages that have no more than `rowCount` rows together, without decompressing them; returns how
    /// many rows they have.
    long skip(long rowCount) throws IOException {
        long skipped = 0;
        while (skipped < rowCount) {
            PageHeader header = nextData();
            if (header.valueCount() > rowCount - skipped) {
                break;
            }
            pending = null;
            rowsLeft -= header.valueCount();
            skipped += header.valueCount();
            bytes.skip(header.byteSize());
        }
        return skipped;
    }

    /// The header of the next data page; a dictionary before it is loaded.
    private PageHeader nextData() throws IOException {
        while (pending == null) {
            if (bytes.remaining() == 0) {
                throw new IOException("the column chunk ends " + rowsLeft + " rows too early");
            }
            page++;
            PageHeader header = bytes.header();
            check(header);
            switch (header.kind()) {
                case DATA, DATA_V2 -> pending = header;
                case DICTIONARY -> loadDictionary(header, body(header));
                case INDEX -> bytes.skip(header.byteSize());
            }
        }
        return pending;
    }

    private void check(PageHeader header) throws IOException {
        if (header.isData() && header.valueCount() > rowsLeft) {
            throw new IOException("a page says it has %d rows where %d are left".formatted(header.valueCount(),
                    rowsLeft));
        }
        long most = FRAME + (long) header.byteSize() * codec.ratio();
        if (header.plainSize() > LARGE_PAGE) {
            most = Math.min(most, chunkPlainBytes);
        }
        if (header.plainSize() > most) {
            throw new IOException("a page of %,d bytes says it has %,d when decompressed, at most %,d are possible"
                    .formatted(header.byteSize(), header.plainSize(), most));
        }
        if (header.byteSize() > LONGER + 2L * header.plainSize()) {
            throw new IOException("a page of %,d bytes says it has only %,d when decompressed"
                    .formatted(header.byteSize(), header.plainSize()));
        }
    }

    /// The page's place in its chunk, for messages.
    int page() {
        return page;
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

    private MemorySegment body(PageHeader header) throws IOException {
        MemorySegment body = bytes.take(header.byteSize());
        if (header.crc().isPresent()) {
            CRC32 crc = new CRC32();
            crc.update(body.asSlice(0, header.byteSize()).asByteBuffer());
            if ((int) crc.getValue() != header.crc().getAsInt()) {
                throw new IOException("the page does not match its checksum");
            }
        }
        return body;
    }

    private void loadDictionary(PageHeader header, MemorySegment body) throws IOException {
        if (page > 0) {
            throw new IOException("a dictionary that does not come first");
        }
        if (header.plainSize() > PlainSize.LARGE && header.valueCount() > MOST_ENTRIES * header.byteSize()) {
            throw new IOException("a dictionary of %,d bytes says it has %,d values, which then cannot all differ"
                    .formatted(header.byteSize(), header.valueCount()));
        }
        Decompressor.check(codec, body, header.byteSize(), header.plainSize());
        MemorySegment target = dictionary.roomForPage(header.plainSize());
        Decompressor.decompress(codec, body, header.byteSize(), target, header.plainSize());
        dictionary.load(target, header.plainSize(), header.valueCount());
    }

    private int startData(PageHeader header, MemorySegment body) throws IOException {
        MemorySegment plain = plain(codec, body, header.byteSize(), header.plainSize());
        long start = 0;
        if (column.optional() && header.valueCount() > 0) {
            if (header.levels() != PageEncoding.RLE) {
                throw new IOException("definition levels are encoded as " + header.levels() + ", expected RLE");
            }
            start = header.plainSize() < 4 ? -1 : 4L + plain.get(Layouts.INT, 0);
            if (start < 4 || start > header.plainSize()) {
                throw new IOException("definition levels go beyond the end of their page");
            }
            levels.start(plain, 4, start, 1);
        }
        startValues(header.encoding(), plain, start, header.plainSize());
        return header.valueCount();
    }

    private int startDataV2(PageHeader header, MemorySegment body) throws IOException {
        long levelsEnd = (long) header.repeatedSize() + header.levelsSize();
        if (levelsEnd > header.byteSize() || levelsEnd > header.plainSize()) {
            throw new IOException("definition levels go beyond the end of their page");
        }
        int byteSize = (int) (header.byteSize() - levelsEnd);
        int plainSize = (int) (header.plainSize() - levelsEnd);
        if (column.optional()) {
            levels.start(body, header.repeatedSize(), levelsEnd, 1);
        }
        Codec used = header.isCompressed() ? codec : Codec.UNCOMPRESSED;
        MemorySegment plain = plain(used, body.asSlice(levelsEnd), byteSize, plainSize);
        startValues(header.encoding(), plain, 0, plainSize);
        return header.valueCount();
    }

    /// The decompressed bytes; `body` itself where nothing is to be done.
    private MemorySegment plain(Codec codec, MemorySegment body, int byteSize, int plainSize) throws IOException {
        if (codec == Codec.UNCOMPRESSED && byteSize == plainSize || plainSize == 0) {
            return body;
        }
        Decompressor.check(codec, body, byteSize, plainSize);
        MemorySegment target = plainRoom.atLeast((long) plainSize + ChunkBytes.PADDING);
        Decompressor.decompress(codec, body, byteSize, target, plainSize);
        return target;
    }

    private void startValues(PageEncoding encoding, MemorySegment plain, long start, long end) throws IOException {
        StoredForm form = column.form();
        values = switch (encoding) {
            case PLAIN -> new PageValues.Plain(form, plain, start, end);
            case PLAIN_DICTIONARY, RLE_DICTIONARY ->
                new PageValues.Coded(dictionary, plain, start, end, numbers.codes());
            case RLE -> new PageValues.BitRuns(form, plain, start, end);
            case DELTA_BINARY_PACKED -> new DeltaNumbers(form, plain, start, end, otherRoom, numbers);
            case DELTA_LENGTH_BYTE_ARRAY -> ofBytes(new DeltaLengthTexts(form, plain, start, end, numbers));
            case DELTA_BYTE_ARRAY -> ofBytes(new DeltaTexts(form, plain, start, end, otherRoom, numbers));
            case BYTE_STREAM_SPLIT -> new SplitNumbers(form, plain, start, end, otherRoom);
            case BIT_PACKED -> throw new IOException("a page is encoded as BIT_PACKED, which the format has given up");
        };
    }

    private PageValues ofBytes(PageValues values) {
        return column.form().isBytes()
                ? values
                : new NumbersOfBytes(column.form(), values, viewRoom, numberRoom);
    }

    @Override
    public void close() {
        bytes.close();
        dictionary.close();
        plainRoom.close();
        otherRoom.close();
        viewRoom.close();
        numberRoom.close();
    }
}
