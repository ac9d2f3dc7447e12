package io.lazuli.dataframe.internal.source;

/// One partition of a scan: a record that its [Source] understands, hashed by content.
public interface Split {}
