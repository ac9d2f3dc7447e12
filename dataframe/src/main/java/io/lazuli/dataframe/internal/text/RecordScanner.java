package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;

/// Finds the fields of records in a window of bytes. What it has found is in [#fields], see [Fields]: first those of its
/// first column, then those of the next, each from its [#base].
///
/// Records that are not well-formed go to [BadRowLog], which decides whether they are an error. If not, such a record ends
/// at the next line break, and is left out or has missing fields from the bad one on.
public interface RecordScanner {
    /// Scans whole records from `from`, at most as many as there is room for, and returns how many there are. Eight bytes
    /// from `to` must be zero, and [TextWindow#PADDING] readable. Errors: DATA for a record that is not well-formed.
    int scan(MemorySegment bytes, long from, long to);

    /// Takes the line at `from` as a record that is not well-formed; returns the number of rows it became, 0 or 1. Errors:
    /// DATA, also where `bytes` does not hold the line.
    int giveUp(MemorySegment bytes, long from, long to, Malformed reason);

    /// Where the last scan stopped: after its last record.
    long end();

    long[] fields();

    /// Where the fields of a column start.
    int base(int column);

    /// Whether the last scan may have seen bytes in the column that are not ASCII.
    boolean mayBeWide(int column);

    /// Makes the fields of a column plain texts: unescapes them in place, and empties those that mean null.
    void clean(MemorySegment bytes, int column, DataType type, int rows);

    /// Which bits of a field tell whether there is a value: see [Fields#present].
    int presence(DataType type);

    /// A cleaned text as it stands in the file, for messages.
    String shown(String text, DataType type);
}
