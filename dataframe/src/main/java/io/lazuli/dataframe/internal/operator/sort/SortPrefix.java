package io.lazuli.dataframe.internal.operator.sort;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.operator.key.Lanes;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The most significant bits of sort keys as one unsigned long a row: a row with a smaller prefix comes first. Rows of equal
/// prefix are equal if the prefix is [#isExact], otherwise a [RowOrder] decides.
///
/// ```
///   | null flag, if any | first column, complemented if descending | null flag | second column ... |      high to low
/// ```
///
/// A text gives what room is left, at most its first eight bytes.
public final class SortPrefix {
    private static final int WIDTH = 64;

    /// One column's share: its lowest `dropped` bits did not fit.
    private record Field(SortKey key, boolean hasNullFlag, int bits, int dropped) {}

    private final List<Field> fields = new ArrayList<>();
    private final boolean isExact;
    private final int usedBits;
    private final long[] lanes = new long[Batch.ROWS];
    private final long[] tails = new long[Batch.ROWS];

    /// @param mayHaveNulls for each key, whether any of the rows that are compared with each other may be null there
    public SortPrefix(List<SortKey> keys, List<DataType> types, List<Boolean> mayHaveNulls) {
        int used = 0;
        boolean exact = true;
        for (int k = 0; k < keys.size() && exact; k++) {
            Kind kind = Kind.of(types.get(k));
            int flag = mayHaveNulls.get(k) ? 1 : 0;
            int bits = Math.min(bits(kind), WIDTH - used - flag);
            exact = kind != Kind.UTF8 && bits == bits(kind);
            if (bits > 0) {
                fields.add(new Field(keys.get(k), flag == 1, bits, bits(kind) - bits));
                used += flag + bits;
            }
        }
        isExact = exact;
        usedBits = used;
    }

    private static int bits(Kind kind) {
        return switch (kind) {
            case BOOL -> 1;
            case INT -> 32;
            case LONG, DOUBLE, UTF8 -> 64;
        };
    }

    /// True if equal prefixes mean equal keys.
    public boolean isExact() {
        return isExact;
    }

    /// Bits of a prefix that may be set, from the lowest.
    public int usedBits() {
        return usedBits;
    }

    /// Writes the prefixes of at most [Batch#ROWS] rows.
    public void write(Batch rows, long[] prefixes) {
        Arrays.fill(prefixes, 0, rows.rowCount(), 0);
        for (Field field : fields) {
            Column column = rows.column(field.key.column());
            readUnsigned(column);
            if (field.key.descending()) {
                complement(lanes, column.length(), bits(column.kind()));
            }
            Lanes.replaceNulls(column, lanes, 0);
            if (field.hasNullFlag) {
                appendFlags(column, field.key.nullsFirst(), prefixes);
            }
            append(lanes, column.length(), field, prefixes);
        }
    }

    /// Lanes whose unsigned order is that of the values, in the lowest bits.
    private void readUnsigned(Column column) {
        if (column.kind() == Kind.UTF8) {
            readTexts(column);
            return;
        }
        Lanes.readOrdered(column, lanes);
        long sign = column.kind() == Kind.BOOL ? 0 : 1L << bits(column.kind()) - 1;
        long mask = -1L >>> WIDTH - bits(column.kind());
        for (int row = 0; row < column.length(); row++) {
            lanes[row] = (lanes[row] ^ sign) & mask;
        }
    }

    private void readTexts(Column column) {
        Lanes.readViews(column.values(), column.length(), lanes, tails);
        // what null rows hold must not be followed into the data
        Lanes.replaceNulls(column, lanes, 0);
        MemorySegment data = column.data();
        for (int row = 0; row < column.length(); row++) {
            long head = lanes[row];
            int next =
                    (int) head <= Views.INLINE ? (int) tails[row] : data.get(Layouts.INT, Views.offset(tails[row]) + 4);
            lanes[row] =
                    (long) Integer.reverseBytes((int) (head >>> 32)) << 32 | Integer.reverseBytes(next) & 0xFFFFFFFFL;
        }
    }

    private static void complement(long[] lanes, int length, int bits) {
        long mask = -1L >>> WIDTH - bits;
        for (int row = 0; row < length; row++) {
            lanes[row] ^= mask;
        }
    }

    private static void appendFlags(Column column, boolean nullsFirst, long[] prefixes) {
        for (int row = 0; row < column.length(); row++) {
            prefixes[row] = prefixes[row] << 1 | (column.isNull(row) == nullsFirst ? 0 : 1);
        }
    }

    private static void append(long[] lanes, int length, Field field, long[] prefixes) {
        // in two shifts, for a shift by 64 is none
        int half = field.bits / 2;
        for (int row = 0; row < length; row++) {
            prefixes[row] = prefixes[row] << half << field.bits - half | lanes[row] >>> field.dropped;
        }
    }
}
