package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Bytes of records on their way to a file.
public final class TextBuffer {
    private static final int FULL = 1 << 16;

    private byte[] bytes = new byte[2 * FULL];
    private int size;
    private byte[] text = new byte[256];

    boolean isFull() {
        return size >= FULL;
    }

    public void put(char ascii) {
        makeRoom(1);
        bytes[size++] = (byte) ascii;
    }

    public void put(byte[] from, int length) {
        makeRoom(length);
        System.arraycopy(from, 0, bytes, size, length);
        size += length;
    }

    /// A text of ASCII characters only.
    @SuppressWarnings("deprecation") // takes the low bytes of characters, which is what ASCII needs
    public void putAscii(String ascii) {
        makeRoom(ascii.length());
        ascii.getBytes(0, ascii.length(), bytes, size);
        size += ascii.length();
    }

    /// The bytes of a text of a column, of which the first [Views#length] count. Valid until the next call.
    public byte[] textAt(Column column, int row) {
        int length = Views.length(column.values(), row);
        if (text.length < length) {
            text = new byte[Math.max(length, 2 * text.length)];
        }
        MemorySegment from = Views.bytes(column.values(), row, column.data());
        MemorySegment.copy(from, Layouts.BYTE, Views.start(column.values(), row), text, 0, length);
        return text;
    }

    private void makeRoom(long more) {
        if (size + more > bytes.length) {
            long doubled = Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
            bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(size + more, doubled)));
        }
    }

    void drainTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        size = 0;
    }
}
