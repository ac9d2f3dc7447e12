package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.TextDictionary;
import io.lazuli.dataframe.internal.source.PlainSize;
import io.lazuli.dataframe.internal.source.Room;
import io.lazuli.dataframe.internal.text.Utf8;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;

/// The distinct values of a column chunk, decoded once, so that a row costs one copy of its value (for texts: of its
/// view).
final class Dictionary implements AutoCloseable {
    private final StoredForm form;
    private final Kind kind;
    private final Room valueRoom;
    private final Room dataRoom;
    /// Exactly as long as the values, so that a code out of range fails.
    private MemorySegment values = MemorySegment.NULL;
    /// The page that long texts refer to.
    private MemorySegment data = MemorySegment.NULL;
    private int size;
    /// The entries for columns that keep their codes; another one for each chunk.
    private TextDictionary texts = TextDictionary.of(MemorySegment.NULL, MemorySegment.NULL, 0);

    Dictionary(StoredForm form, Reservation memory) {
        this.form = form;
        this.kind = Kind.of(form.type());
        this.valueRoom = new Room(memory);
        this.dataRoom = new Room(memory);
    }

    void clear() {
        values = MemorySegment.NULL;
        data = MemorySegment.NULL;
        size = 0;
    }

    /// Where the page's plain bytes are to be put before [#load].
    MemorySegment roomForPage(int plainSize) {
        return dataRoom.atLeast((long) plainSize + ChunkBytes.PADDING);
    }

    void load(MemorySegment page, int plainSize, int count) {
        if (form.kind() == StoredKind.BIT || count > mostValues(plainSize)) {
            throw new IllegalStateException(count + " values in a dictionary of " + plainSize + " bytes");
        }
        if (kind.byteSize(count) > PlainSize.LARGE) {
            DistinctEntries.check(form, page, plainSize, count);
        }
        data = page;
        values = valueRoom.atLeast(kind.byteSize(count)).asSlice(0, kind.byteSize(count));
        PlainValues.decode(form, page, 0, plainSize, count, values, 0);
        if (form.kind() == StoredKind.TEXT && !Utf8.isAscii(page, 0, plainSize)) {
            Utf8.check(values, 0, count, page);
        }
        size = count;
        texts = TextDictionary.of(values, data, count);
    }

    /// Texts have a length of four bytes; of one or two bytes there are so many different values, and in memory they take more.
    private long mostValues(int plainSize) {
        int width = form.width() == 0 ? 4 : form.width();
        return Math.min(plainSize / width, width < 4 ? 1L << 8 * width : Long.MAX_VALUE);
    }

    int size() {
        return size;
    }

    TextDictionary texts() {
        return texts;
    }

    MemorySegment data() {
        return data;
    }

    /// Writes the values that `codes` stand for to the rows from `row`.
    void gather(int[] codes, int count, MemorySegment to, long row) {
        switch (kind) {
            case BOOL -> throw new IllegalStateException("a dictionary of booleans");
            case INT -> ints(codes, count, values, to, row);
            case LONG, DOUBLE -> longs(codes, count, values, to, row);
            case UTF8 -> views(codes, count, values, to, row);
        }
    }

    private static void ints(int[] codes, int count, MemorySegment values, MemorySegment to, long row) {
        for (int i = 0; i < count; i++) {
            to.set(Layouts.INT, (row + i) * 4, values.get(Layouts.INT, codes[i] * 4L));
        }
    }

    private static void longs(int[] codes, int count, MemorySegment values, MemorySegment to, long row) {
        for (int i = 0; i < count; i++) {
            to.set(Layouts.LONG, (row + i) * 8, values.get(Layouts.LONG, codes[i] * 8L));
        }
    }

    private static void views(int[] codes, int count, MemorySegment values, MemorySegment to, long row) {
        for (int i = 0; i < count; i++) {
            long from = codes[i] * 16L;
            to.set(Layouts.LONG, (row + i) * 16, values.get(Layouts.LONG, from));
            to.set(Layouts.LONG, (row + i) * 16 + 8, values.get(Layouts.LONG, from + 8));
        }
    }

    @Override
    public void close() {
        valueRoom.close();
        dataRoom.close();
    }
}
