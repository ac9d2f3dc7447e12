package io.lazuli.dataframe.internal.parquet;

/// How Parquet stores values, in the order of the format's numbers.
enum PhysicalType {
    BOOLEAN,
    INT32,
    INT64,
    INT96,
    FLOAT,
    DOUBLE,
    BYTE_ARRAY,
    FIXED_LEN_BYTE_ARRAY
}
