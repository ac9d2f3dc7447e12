package io.lazuli.dataframe.internal.column;

import java.lang.foreign.MemorySegment;

/// Texts that codes name: entry `c` is the text of code `c`. Two dictionaries are the same only if they are the same object. One may
/// grow, but no entry of it ever changes while somebody holds a column that refers to it.
public interface TextDictionary {
    /// Number of entries.
    int size();

    /// An entry each, see [Views].
    MemorySegment views();

    /// The bytes of long texts.
    MemorySegment data();

    /// A dictionary that does not grow.
    static TextDictionary of(MemorySegment views, MemorySegment data, int size) {
        return new Fixed(views, data, size);
    }

    /// Identity counts, not contents: no record.
    final class Fixed implements TextDictionary {
        private final MemorySegment views;
        private final MemorySegment data;
        private final int size;

        private Fixed(MemorySegment views, MemorySegment data, int size) {
            this.views = views;
            this.data = data;
            this.size = size;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public MemorySegment views() {
            return views;
        }

        @Override
        public MemorySegment data() {
            return data;
        }
    }

    /// Writes the views that `codes` name. Without entries, as where all rows are null, these are empty texts.
    default void take(MemorySegment codes, int count, MemorySegment to) {
        if (size() == 0) {
            to.asSlice(0, (long) count * Views.WIDTH).fill((byte) 0);
        } else {
            take(views(), codes, count, to);
        }
    }

    private static void take(MemorySegment from, MemorySegment codes, int count, MemorySegment to) {
        for (int row = 0; row < count; row++) {
            long at = codes.get(Layouts.INT, row * 4L) * (long) Views.WIDTH;
            to.set(Layouts.LONG, row * (long) Views.WIDTH, from.get(Layouts.LONG, at));
            to.set(Layouts.LONG, row * (long) Views.WIDTH + 8, from.get(Layouts.LONG, at + 8));
        }
    }
}
