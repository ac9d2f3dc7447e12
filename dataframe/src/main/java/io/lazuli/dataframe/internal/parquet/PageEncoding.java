package io.lazuli.dataframe.internal.parquet;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The encodings of values in pages.
enum PageEncoding {
    PLAIN(0),
    PLAIN_DICTIONARY(2),
    RLE(3),
    BIT_PACKED(4),
    DELTA_BINARY_PACKED(5),
    DELTA_LENGTH_BYTE_ARRAY(6),
    DELTA_BYTE_ARRAY(7),
    RLE_DICTIONARY(8),
    BYTE_STREAM_SPLIT(9);

    private static final Map<Integer, PageEncoding> BY_ID =
            Stream.of(values()).collect(Collectors.toMap(PageEncoding::id, encoding -> encoding));

    private final int id;

    PageEncoding(int id) {
        this.id = id;
    }

    /// The format's number.
    int id() {
        return id;
    }

    static PageEncoding of(int id) {
        PageEncoding encoding = BY_ID.get(id);
        if (encoding == null) {
            throw new IllegalStateException("a page is in encoding " + id + ", which is not known");
        }
        return encoding;
    }
}
