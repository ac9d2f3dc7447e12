package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.text.Utf8;
import java.lang.foreign.MemorySegment;

/// The values of one data page that are not null, in order.
///
/// Ownership: borrows the page; what [#data] gives is valid until the next read or page.
sealed interface PageValues
        permits PageValues.Plain, PageValues.Coded, PageValues.BitRuns, DeltaNumbers, DeltaLengthTexts, DeltaTexts,
        SplitNumbers, NumbersOfBytes {
    /// Writes the next `count` values (at most [Batch#ROWS]) to the rows from `row`.
    void read(int count, MemorySegment values, long row);

    /// What the long texts of the last [#read] refer to.
    MemorySegment data();

    /// Errors: IllegalStateException if a page is in an encoding that its column cannot have.
    static void requireForm(boolean holds, StoredForm form, PageEncoding encoding) {
        if (!holds) {
            throw new IllegalStateException("a page of " + form.physical() + " is encoded as " + encoding);
        }
    }

    /// PLAIN: as we store them, or nearly.
    final class Plain implements PageValues {
        private final StoredForm form;
        private final MemorySegment bytes;
        private final long end;
        /// Whether texts may hold anything else than ASCII, and so have to be looked at.
        private final boolean isWide;
        /// Where the next value starts: a byte, or a bit of BOOLEAN.
        private long position;

        Plain(StoredForm form, MemorySegment bytes, long start, long end) {
            this.form = form;
            this.bytes = bytes;
            this.end = end;
            this.isWide = form.kind() == StoredKind.TEXT && !Utf8.isAscii(bytes, start, end);
            this.position = form.kind() == StoredKind.BIT ? start * 8 : start;
        }

        @Override
        public void read(int count, MemorySegment values, long row) {
            if (form.kind() != StoredKind.BIT) {
                position = PlainValues.decode(form, bytes, position, end, count, values, row);
                if (isWide) {
                    Utf8.check(values, row, count, bytes);
                }
                return;
            }
            if (position + count > end * 8) {
                throw new IllegalStateException("a page has fewer values than its header says");
            }
            Bits.copy(bytes, position, values, row, count);
            position += count;
        }

        @Override
        public MemorySegment data() {
            return bytes;
        }
    }

    /// RLE_DICTIONARY and its old name PLAIN_DICTIONARY: a bit width, then codes in runs.
    final class Coded implements PageValues {
        private final Dictionary dictionary;
        private final RunDecoder runs = new RunDecoder();
        private final int[] codes;

        /// @param codes room for a batch, lent by the reader
        Coded(Dictionary dictionary, MemorySegment bytes, long start, long end, int[] codes) {
            this.dictionary = dictionary;
            this.codes = codes;
            if (start < end) {
                runs.start(bytes, start + 1, end, bytes.get(Layouts.BYTE, start));
            }
        }

        @Override
        public void read(int count, MemorySegment values, long row) {
            runs.readInts(codes, count);
            dictionary.gather(codes, count, values, row);
        }

        Dictionary dictionary() {
            return dictionary;
        }

        /// As [#read], the codes themselves, which are checked.
        void readCodes(int count, MemorySegment to, int row) {
            runs.readInts(codes, count);
            if (highest(codes, count) >= dictionary.size()) {
                throw new IllegalStateException("a code beyond the end of its dictionary");
            }
            MemorySegment.copy(codes, 0, to, Layouts.INT, row * 4L, count);
        }

        /// The highest of the codes, -1 if there are none; a negative one counts as the highest there is.
        private static int highest(int[] codes, int count) {
            int highest = -1;
            int signs = 0;
            for (int i = 0; i < count; i++) {
                highest = Math.max(highest, codes[i]);
                signs |= codes[i];
            }
            return signs < 0 ? Integer.MAX_VALUE : highest;
        }

        @Override
        public MemorySegment data() {
            return dictionary.data();
        }
    }

    /// RLE of booleans: a length, then runs of single bits.
    final class BitRuns implements PageValues {
        private final RunDecoder runs = new RunDecoder();

        BitRuns(StoredForm form, MemorySegment bytes, long start, long end) {
            requireForm(form.kind() == StoredKind.BIT, form, PageEncoding.RLE);
            if (start < end) {
                runs.start(bytes, start + 4, end, 1);
            }
        }

        @Override
        public void read(int count, MemorySegment values, long row) {
            runs.readBits(values, row, count);
        }

        @Override
        public MemorySegment data() {
            return Column.NO_DATA;
        }
    }
}
