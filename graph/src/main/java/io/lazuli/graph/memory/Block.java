package io.lazuli.graph.memory;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What every task returns: the only batch type of Lazuli. Immutable and reference-counted.
///
/// A COLUMNS block is a row count, a small header that its collection understands, and buffers laid out as Arrow's columnar
/// format says; the engine moves, spills and maps it without looking inside. It may carry *cuts*: ascending row offsets that
/// divide its rows into slices, one for each consumer of an exchange, all in the same buffers.
///
/// ```
///   rows   0 ........ 40 ...... 70 .... 100        cuts = [0, 40, 70, 100]
///          |  slice 0  | slice 1 | slice 2 |
/// ```
///
/// An OBJECT block is any Java value of one process (a hash table, a model) with a size estimate; the buffers are those that
/// the value lives on. It is never spilled: it is rebuilt by running its task again. For another process its operation packs it
/// into columns.
///
/// A VALUE block is what a user's function returned, null included, with an estimate of its size on the heap. It is spilled
/// by [io.lazuli.graph.codec.ValueCodec] if its type allows.
///
/// Ownership: born with one reference that belongs to the caller; creating a block retains its buffers, and the last release
/// releases them.
public final class Block {
    /// How the engine may treat a block.
    public enum Kind {
        COLUMNS,
        OBJECT,
        VALUE
    }

    /// In place of a slice: all rows.
    public static final int WHOLE = -1;

    private static final long[] NO_CUTS = {};
    private static final byte[] NO_HEADER = {};

    private final Kind kind;
    private final long rowCount;
    private final byte[] header;
    private final long[] cuts;
    private final List<Buffer> buffers;
    private final Slicing slicing;
    private final @Nullable Object value;
    private final long byteSize;
    private final AtomicInteger references = new AtomicInteger(1);

    private Block(Kind kind, long rowCount, byte[] header, long[] cuts, List<Buffer> buffers, Slicing slicing,
            @Nullable Object value, long byteSize) {
        this.kind = kind;
        this.rowCount = rowCount;
        this.header = header;
        this.cuts = cuts;
        this.buffers = List.copyOf(buffers);
        this.slicing = slicing;
        this.value = value;
        this.byteSize = byteSize;
        retainAll(this.buffers);
    }

    /// Retains all buffers or, if one is already released, none.
    private static void retainAll(List<Buffer> buffers) {
        int retained = 0;
        try {
            for (Buffer buffer : buffers) {
                buffer.retain();
                retained++;
            }
        } catch (IllegalStateException e) {
            buffers.subList(0, retained).forEach(Buffer::release);
            throw e;
        }
    }

    /// A block of columns without cuts.
    public static Block columns(long rowCount, byte[] header, List<Buffer> buffers) {
        return partitioned(rowCount, header, buffers, NO_CUTS);
    }

    /// A block of columns whose rows are divided by `cuts` (first 0, ascending, last `rowCount`; or empty: one slice).
    public static Block partitioned(long rowCount, byte[] header, List<Buffer> buffers, long[] cuts) {
        return partitioned(rowCount, header, buffers, cuts, Slicing.UNKNOWN);
    }

    /// As [#partitioned(long, byte\[\], List, long\[\])], of which `slicing` says what each slice needs.
    public static Block partitioned(
            long rowCount, byte[] header, List<Buffer> buffers, long[] cuts, Slicing slicing) {
        Objects.requireNonNull(header, "header is null");
        checkNotNegative("rowCount", rowCount);
        checkCuts(rowCount, cuts);
        long bytes = buffers.stream().mapToLong(Buffer::byteSize).sum();
        return new Block(Kind.COLUMNS, rowCount, header, cuts, buffers, slicing, null, bytes);
    }

    /// A block around a value of this process that lives on `buffers`; `byteSize` estimates both.
    public static Block object(Object value, long byteSize, List<Buffer> buffers) {
        checkNotNegative("byteSize", byteSize);
        return new Block(Kind.OBJECT, 0, NO_HEADER, NO_CUTS, buffers, Slicing.UNKNOWN,
                Objects.requireNonNull(value, "value is null"), byteSize);
    }

    /// A block around a value of a user's program; `byteSize` estimates its size on the heap.
    public static Block value(@Nullable Object value, long byteSize) {
        return value(value, byteSize, 0, NO_CUTS);
    }

    /// A block around a value of a user's program that stands for `rowCount` rows, such as a list of them, divided by `cuts` as
    /// those of [#partitioned] are.
    public static Block value(@Nullable Object value, long byteSize, long rowCount, long... cuts) {
        checkNotNegative("byteSize", byteSize);
        checkNotNegative("rowCount", rowCount);
        checkCuts(rowCount, cuts);
        return new Block(Kind.VALUE, rowCount, NO_HEADER, cuts, List.of(), Slicing.UNKNOWN, value, byteSize);
    }

    /// The same columns, divided by other cuts. Ownership: borrows this; the result belongs to the caller.
    public Block recut(long[] others) {
        return partitioned(rowCount, header, buffers(), others, slicing);
    }

    private static void checkNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative, found " + value);
        }
    }

    private static void checkCuts(long rowCount, long[] cuts) {
        if (cuts.length == 0) {
            return;
        }
        boolean ascending = cuts[0] == 0 && cuts[cuts.length - 1] == rowCount && cuts.length > 1;
        for (int i = 1; i < cuts.length; i++) {
            ascending &= cuts[i - 1] <= cuts[i];
        }
        if (!ascending) {
            throw new IllegalArgumentException("cuts must ascend from 0 to the row count " + rowCount);
        }
    }

    public Kind kind() {
        return kind;
    }

    public long rowCount() {
        return rowCount;
    }

    public long byteSize() {
        return byteSize;
    }

    /// The collection's description of the buffers. Not to be written to.
    public byte[] header() {
        return header;
    }

    /// Ownership: borrowed; valid as long as the block is.
    public List<Buffer> buffers() {
        checkAlive();
        return buffers;
    }

    private void checkAlive() {
        if (references.get() <= 0) {
            throw new IllegalStateException("block of " + rowCount + " rows is used after its last release");
        }
    }

    public int sliceCount() {
        return cuts.length == 0 ? 1 : cuts.length - 1;
    }

    /// First row of a slice; of all rows if `slice` is [#WHOLE].
    public long sliceStart(int slice) {
        return slice == WHOLE || Objects.checkIndex(slice, sliceCount()) == 0 ? 0 : cuts[slice];
    }

    /// The row after the last of a slice; of all rows if `slice` is [#WHOLE].
    public long sliceEnd(int slice) {
        return slice == WHOLE || Objects.checkIndex(slice, sliceCount()) == sliceCount() - 1
                ? rowCount
                : cuts[slice + 1];
    }

    /// The cuts, empty if there are none. Not to be written to.
    public long[] cuts() {
        return cuts;
    }

    /// Which bytes of the buffers each slice needs, see [Slicing#extents].
    public List<long[]> extents() {
        checkAlive();
        return slicing.extents(this);
    }

    /// The value of an OBJECT block. Errors: ClassCastException if it is of another type; IllegalStateException if this is a
    /// block of columns.
    public <T> T value(Class<T> type) {
        checkAlive();
        if (value == null) {
            throw new IllegalStateException("block of " + rowCount + " rows has columns, not a " + type.getName());
        }
        return type.cast(value);
    }

    /// The value of a VALUE block. Errors: IllegalStateException if it is of another kind.
    public @Nullable Object value() {
        checkAlive();
        if (kind != Kind.VALUE) {
            throw new IllegalStateException("a block of kind " + kind + " has no value of a user's program");
        }
        return value;
    }

    public Block retain() {
        if (references.getAndUpdate(n -> n > 0 ? n + 1 : n) <= 0) {
            throw new IllegalStateException("block of " + rowCount + " rows is retained after its last release");
        }
        return this;
    }

    public void release() {
        int before = references.getAndUpdate(n -> n > 0 ? n - 1 : n);
        if (before <= 0) {
            throw new IllegalStateException("block of " + rowCount + " rows is released more often than retained");
        }
        if (before == 1) {
            buffers.forEach(Buffer::release);
        }
    }

    public int references() {
        return references.get();
    }

    @Override
    public String toString() {
        return kind == Kind.COLUMNS
                ? "Block[" + rowCount + " rows, " + sliceCount() + " slices, " + byteSize + " bytes]"
                : "Block[" + (value == null ? "null" : value.getClass().getSimpleName()) + ", ~" + byteSize + " bytes]";
    }
}
