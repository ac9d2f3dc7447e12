package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Reads Thrift's compact protocol, in which Parquet stores footers, page headers and page indexes.
///
/// ```
///   struct  [ id delta, type | value ]* stop        list  [ count, type | value * count ]
/// ```
///
/// Damaged input costs nothing: a text or list that is longer than what is left of the bytes is refused before anything is
/// made for it, and values nest only so deep.
///
/// Source: the Thrift compact protocol specification, github.com/apache/thrift.
final class ThriftReader {
    private static final int DEEPEST = 32;
    /// Names are shorter, and the longest text that writers note, the schema of another format, is some megabytes.
    private static final int LONGEST_TEXT = 16 << 20;

    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int I64 = 6;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int MAP = 11;
    private static final int STRUCT = 12;
    private static final int UUID = 13;

    private final MemorySegment bytes;
    private final long end;
    private long position;
    /// Of the value that comes next.
    private int type = STRUCT;
    private int depth;

    ThriftReader(MemorySegment bytes, long start, long end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    /// The bytes end within a value: there may be more where they come from.
    static final class Truncated extends RuntimeException {
        private static final long serialVersionUID = 1;

        Truncated() {
            super("it ends within a value");
        }
    }

    /// Takes one field of a struct: reads its value, or skips it.
    interface FieldReader {
        void read(int id);
    }

    /// Where the next value starts.
    long position() {
        return position;
    }

    /// Reads a struct; `fields` is called for each field and must consume it.
    void struct(FieldReader fields) {
        require(type == STRUCT, "a struct");
        descend();
        int id = 0;
        for (int header = nextByte(); header != 0; header = nextByte()) {
            int delta = header >>> 4;
            type = header & 0xF;
            id = delta == 0 ? (int) zigzag() : id + delta;
            fields.read(id);
        }
        depth--;
    }

    private void descend() {
        if (++depth > DEEPEST) {
            throw new IllegalStateException("values are nested more than " + DEEPEST + " deep");
        }
    }

    /// Reads a list; `element` is called for each element and must consume it.
    void list(Runnable element) {
        require(type == LIST || type == SET, "a list");
        descend();
        int header = nextByte();
        long size = header >>> 4 == 0xF ? varInt() : header >>> 4;
        if (size < 0 || size > end - position) {
            throw new IllegalStateException("a list of " + size + " elements in " + (end - position) + " bytes");
        }
        int elementType = header & 0xF;
        for (long i = 0; i < size; i++) {
            // an element of this type is a byte of its own, where a field is none
            type = elementType == TRUE || elementType == FALSE ? nextByte() : elementType;
            element.run();
        }
        depth--;
    }

    long integer() {
        require(type >= BYTE && type <= I64, "an integer");
        return type == BYTE ? (byte) nextByte() : zigzag();
    }

    /// An integer that must fit 32 bits.
    int int32() {
        long value = integer();
        if (value != (int) value) {
            throw new IllegalStateException("the number " + value + " where 32 bits are expected");
        }
        return (int) value;
    }

    boolean bool() {
        require(type <= FALSE, "a truth value");
        return type == TRUE;
    }

    byte[] binary() {
        require(type == BINARY, "a text");
        byte[] value = new byte[length()];
        MemorySegment.copy(bytes, Layouts.BYTE, position, value, 0, value.length);
        position += value.length;
        return value;
    }

    String text() {
        require(type == BINARY, "a text");
        long start = position;
        int length = length();
        if (length > LONGEST_TEXT) {
            throw new IllegalStateException(
                    "a text of " + length + " bytes, at most " + LONGEST_TEXT + " are expected");
        }
        position = start;
        return new String(binary(), StandardCharsets.UTF_8);
    }

    /// Passes over the value, whatever it is.
    void skip() {
        switch (type) {
            case TRUE, FALSE, 0 -> {}
            case BYTE -> nextByte();
            case 4, 5, I64 -> varInt();
            case DOUBLE -> advance(8);
            case BINARY -> advance(length());
            case LIST, SET -> list(this::skip);
            case MAP -> skipMap();
            case STRUCT -> struct(id -> skip());
            case UUID -> advance(16);
            default -> throw new IllegalStateException("a value of the unknown type " + type);
        }
    }

    private void skipMap() {
        descend();
        long size = varInt();
        if (size < 0 || size > end - position) {
            throw new IllegalStateException("a map of " + size + " entries in " + (end - position) + " bytes");
        }
        int types = size == 0 ? 0 : nextByte();
        for (long i = 0; i < size; i++) {
            skipElement(types >>> 4);
            skipElement(types & 0xF);
        }
        depth--;
    }

    private void skipElement(int elementType) {
        type = elementType == TRUE || elementType == FALSE ? nextByte() : elementType;
        skip();
    }

    private int length() {
        long length = varInt();
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw new IllegalStateException("a text of " + length + " bytes");
        }
        if (length > end - position) {
            throw new Truncated();
        }
        return (int) length;
    }

    private void advance(long count) {
        if (count > end - position) {
            throw new Truncated();
        }
        position += count;
    }

    private long zigzag() {
        long value = varInt();
        return value >>> 1 ^ -(value & 1);
    }

    private long varInt() {
        long result = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = nextByte();
            result |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                return result;
            }
        }
        throw new IllegalStateException("a number of more than 64 bits");
    }

    private int nextByte() {
        if (position >= end) {
            throw new Truncated();
        }
        return bytes.get(Layouts.BYTE, position++) & 0xFF;
    }

    private void require(boolean holds, String expected) {
        if (!holds) {
            throw new IllegalStateException("a value of type " + type + " where " + expected + " is expected");
        }
    }
}
