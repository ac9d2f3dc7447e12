package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Collects the texts of a new column in scratch memory: short ones in their views, long ones in data that grows by doubling.
public final class TextWriter {
    private static final int FIRST_DATA = 1 << 12;

    private final Scratch scratch;
    private final MemorySegment views;
    /// Bytes of long texts; the first `used` of them are written.
    private MemorySegment data = Column.NO_DATA;
    private long used;
    /// Where the text that was begun last starts.
    private long begun;

    public TextWriter(int rowCount, Scratch scratch) {
        this.scratch = scratch;
        this.views = scratch.values(Kind.UTF8, rowCount);
    }

    /// What a null row holds, so that its bytes are defined.
    public void setEmpty(int row) {
        Views.set(views, row, 0, 0);
    }

    void set(int row, MemorySegment bytes, long start, int length) {
        if (length <= Views.INLINE) {
            Views.setInline(views, row, bytes, start, length);
        } else {
            long at = reserve(length);
            MemorySegment.copy(bytes, start, data, at, length);
            Views.setReference(views, row, data, at, length);
        }
    }

    public void set(int row, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= Views.INLINE) {
            long at = startInline(row, bytes.length);
            MemorySegment.copy(bytes, 0, views, Layouts.BYTE, at, bytes.length);
        } else {
            long at = reserve(bytes.length);
            MemorySegment.copy(bytes, 0, data, Layouts.BYTE, at, bytes.length);
            Views.setReference(views, row, data, at, bytes.length);
        }
    }

    void setView(int row, long head, long tail) {
        Views.set(views, row, head, tail);
    }

    /// The text of an earlier row once more.
    void setSame(int row, int earlier) {
        Views.set(views, row, Views.head(views, earlier), Views.tail(views, earlier));
    }

    /// Left and right one after the other, each given as its bytes, where they start and how many they are.
    void setJoined(
            int row,
            MemorySegment left,
            long leftStart,
            int leftLength,
            MemorySegment right,
            long rightStart,
            int rightLength) {
        int length = joinedLength(leftLength, rightLength);
        boolean inline = length <= Views.INLINE;
        long at = inline ? startInline(row, length) : reserve(length);
        MemorySegment to = inline ? views : data;
        MemorySegment.copy(left, leftStart, to, at, leftLength);
        MemorySegment.copy(right, rightStart, to, at + leftLength, rightLength);
        if (!inline) {
            setReference(row, at, length);
        }
    }

    private static int joinedLength(int left, int right) {
        long length = (long) left + right;
        if (length > Integer.MAX_VALUE) {
            throw Errors.textTooLong(length);
        }
        return (int) length;
    }

    /// Begins an inline text; returns where in the views its bytes go.
    private long startInline(int row, int length) {
        Views.set(views, row, length, 0);
        return (long) row * Views.WIDTH + 4;
    }

    /// Room for a long text, to be written to [#data] by the caller.
    long reserve(int length) {
        long end = used + length;
        if (end > Integer.MAX_VALUE) {
            throw Errors.tooMuchText(end);
        }
        if (end > data.byteSize()) {
            MemorySegment bigger = scratch.allocate(Math.max(Math.max(FIRST_DATA, end), 2 * data.byteSize()));
            MemorySegment.copy(data, 0, bigger, 0, used);
            data = bigger;
        }
        long at = used;
        used = end;
        return at;
    }

    /// Begins a text that is appended piece by piece, until [#end].
    void begin() {
        begun = used;
    }

    /// Errors: DATA if the text becomes too long for any column.
    void append(MemorySegment bytes, long start, long length) {
        if (used - begun + length > Integer.MAX_VALUE) {
            throw Errors.textTooLong(used - begun + length);
        }
        long at = reserve((int) length);
        MemorySegment.copy(bytes, start, data, at, length);
    }

    void append(Column text, int row) {
        append(Views.bytes(text.values(), row, text.data()), Views.start(text.values(), row),
                Views.length(text.values(), row));
    }

    /// Errors: DATA if the text becomes too long.
    void appendRepeated(Column text, int row, int count) {
        long length = (long) Views.length(text.values(), row) * Math.max(count, 0);
        if (used - begun + length > Integer.MAX_VALUE) {
            throw Errors.textTooLong(used - begun + length);
        }
        for (int i = 0; i < count; i++) {
            append(text, row);
        }
    }

    void appendZeros(int count) {
        if (used - begun + count > Integer.MAX_VALUE) {
            throw Errors.textTooLong(used - begun + count);
        }
        if (count > 0) {
            long at = reserve(count);
            data.asSlice(at, count).fill((byte) '0');
        }
    }

    void appendCodePoint(int point) {
        if (point < 0x80) {
            appendByte(point);
        } else if (point < 0x800) {
            appendByte(0xC0 | point >> 6);
            appendByte(0x80 | point & 0x3F);
        } else if (point < 0x10000) {
            appendByte(0xE0 | point >> 12);
            appendByte(0x80 | point >> 6 & 0x3F);
            appendByte(0x80 | point & 0x3F);
        } else {
            appendByte(0xF0 | point >> 18);
            appendByte(0x80 | point >> 12 & 0x3F);
            appendByte(0x80 | point >> 6 & 0x3F);
            appendByte(0x80 | point & 0x3F);
        }
    }

    private void appendByte(int value) {
        long at = reserve(1);
        data.set(Layouts.BYTE, at, (byte) value);
    }

    /// Ends the text that was begun, as that of a row. A short one goes into its view and leaves no bytes.
    void end(int row) {
        int length = Math.toIntExact(used - begun);
        if (length <= Views.INLINE) {
            Views.setInline(views, row, data, begun, length);
            used = begun;
        } else {
            setReference(row, begun, length);
        }
    }

    MemorySegment data() {
        return data;
    }

    /// Refers to `length` bytes that the caller wrote to [#data] after [#reserve].
    void setReference(int row, long at, int length) {
        Views.setReference(views, row, data, at, length);
    }

    public Column finish(int rowCount, MemorySegment validity) {
        return new Column(DataType.UTF8, rowCount, validity, views, data);
    }
}
