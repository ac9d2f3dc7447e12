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
        if (end > data.byteSize()) {
            MemorySegment bigger = scratch.allocate(Math.max(Math.max(FIRST_DATA, end), 2 * data.byteSize()));
            MemorySegment.copy(data, 0, bigger, 0, used);
            data = bigger;
        }
        long at = used;
        used = end;
        return at;
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
