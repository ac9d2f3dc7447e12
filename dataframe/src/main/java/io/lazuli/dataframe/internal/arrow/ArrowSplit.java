package io.lazuli.dataframe.internal.arrow;

import io.lazuli.dataframe.internal.source.Split;

/// Some record batches of one file, in order.
record ArrowSplit(int file, int firstBatch, int endBatch) implements Split {}
