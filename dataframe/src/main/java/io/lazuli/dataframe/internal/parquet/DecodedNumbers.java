package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Batch;

/// Room for the numbers that a batch of a column is decoded from. The columns of a scan decode one after the other and share it: of
/// thousands of columns each would have more of it than of values.
///
/// @param codes   of a dictionary
/// @param lengths of texts, or numbers themselves
/// @param shared  how many bytes texts have in common with the ones before
record DecodedNumbers(int[] codes, long[] lengths, long[] shared) {
    static DecodedNumbers create() {
        return new DecodedNumbers(new int[Batch.ROWS], new long[Batch.ROWS], new long[Batch.ROWS]);
    }
}
