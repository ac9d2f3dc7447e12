package io.lazuli.graph.bag;

import java.util.ArrayList;
import java.util.List;

/// The part of a file that one partition reads: the lines that begin at byte `start` or later, and before `end`.
///
/// ```
///   bytes   first line\nsecond line\nthird line\n
///           |--- split 0 ---|--- split 1 ---|      split 0: first, second      split 1: third
/// ```
record TextSplit(TextFile file, long start, long end) {
    /// The splits of `file`, as many as `options` say; one if it is compressed.
    static List<TextSplit> of(TextFile file, TextOptions options) {
        if (file.isGzip()) {
            return List.of(new TextSplit(file, 0, Long.MAX_VALUE));
        }
        int count = options.partitionCount(file.byteSize());
        List<TextSplit> splits = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            splits.add(new TextSplit(file, Cuts.bound(file.byteSize(), count, i),
                    Cuts.bound(file.byteSize(), count, i + 1)));
        }
        return splits;
    }
}
