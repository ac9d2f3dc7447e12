package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.source.Split;

/// The records of a file that start from byte `start` up to `end`; both are starts of records, or the end of the file.
public record TextSplit(int file, long start, long end) implements Split {}
