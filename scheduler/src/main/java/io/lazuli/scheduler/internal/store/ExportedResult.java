package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import java.nio.file.Path;

/// A result in a form in which another process can have it. As long as it is not closed it holds the result, so that its file is
/// there for a peer that opens it; who has opened the file keeps it, whatever becomes of its name.
///
/// What goes is always a segment, which describes itself and is under checksums from end to end: on the same host the peer maps the
/// file; to another host its bytes are sent. So copies take no memory outside of files, and a peer's disk and network are not
/// trusted more than our own disk.
///
/// Of columns that are cut for an exchange a reader needs only its slices: where their collection says which bytes these are
/// ([io.lazuli.graph.memory.Slicing]), the segment has a [SliceIndex], and readers touch, fetch and verify no more than that
/// ([SlicedCopy]). What is small, values, and objects go as a whole.
public final class ExportedResult implements AutoCloseable {
    /// Segments up to about this size are sent with the answer, larger ones stay in a file.
    static final int INLINE_BYTES = 64 << 10;

    /// Where the segment is.
    public sealed interface Form {}

    /// Here. Not to be written to.
    public record Inline(byte[] bytes) implements Form {}

    /// In a file of `bytes` bytes, not to be written to.
    ///
    /// @param headBytes what a reader of single slices needs first; 0 if slices are not told apart
    public record InFile(Path path, long bytes, long headBytes) implements Form {
        static InFile of(SegmentFile file) {
            return new InFile(file.path(), file.bytes(), file.headBytes());
        }
    }

    private final StoredResult result;
    private final Form form;
    private boolean isClosed;

    /// Ownership: takes over a hold of `result`.
    ExportedResult(StoredResult result, Form form) {
        this.result = result;
        this.form = form;
    }

    /// What it was made as. Its segment says the same, whatever name it goes by here.
    public Key key() {
        return result.key;
    }

    public Form form() {
        return form;
    }

    /// How many rows the task that made the result put into each slice, noted when it finished and not read from the segment. Goes to
    /// the reader beside it, so that rows which are lost between are missed.
    public long[] sliceRows() {
        long[] cuts = result.cuts();
        if (cuts.length == 0) {
            return new long[] {result.rowCount()};
        }
        long[] rows = new long[cuts.length - 1];
        for (int slice = 0; slice < rows.length; slice++) {
            rows[slice] = cuts[slice + 1] - cuts[slice];
        }
        return rows;
    }

    /// Gives up the hold; a second call does nothing.
    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            result.release();
        }
    }
}
