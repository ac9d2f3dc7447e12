package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.FileErrors;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.util.List;

/// The wording of what can be wrong with Parquet files, beyond [Errors].
final class ParquetErrors {
    private ParquetErrors() {}

    static LazuliException encryptedFooter(String path) {
        return data(
                "Parquet file '%s' is encrypted, footer and all, and cannot be read. Write it without encryption."
                        .formatted(path));
    }

    /// @param page from 0, in the order of the file; -1 before the first
    static LazuliException damaged(String path, int rowGroup, String column, int page, Throwable cause) {
        return new LazuliException(
                ErrorCode.DATA,
                "Parquet file '%s' is damaged in column '%s' of row group %d, page %d: %s. Write the file again, or leave the column out with select(...)."
                        .formatted(path, column, rowGroup, page, reason(cause)),
                cause);
    }

    /// What a reader of a chunk met with: lack of memory is told with the place.
    static LazuliException placed(String path, int rowGroup, String column, int page, LazuliException cause) {
        return FileErrors
                .placed("column '%s' of row group %d, page %d, of Parquet file '%s'".formatted(column, rowGroup,
                        page, path), cause);
    }

    /// What the bounds of a segment or array caught has no words for people.
    private static String reason(Throwable cause) {
        if (cause instanceof IndexOutOfBoundsException || cause.getMessage() == null) {
            return "a value lies beyond the end of its page or dictionary";
        }
        return cause.getMessage();
    }

    static LazuliException missingColumn(String first, String other, String column, List<String> available) {
        return data(
                "Files of one frame must have the same columns, but '%s' has column '%s' and '%s' has not; it has %s. Read them as two frames."
                        .formatted(first, column, other, available));
    }

    static LazuliException otherType(String first, String other, String column, Object expected, Object found) {
        return data(
                "Files of one frame must have the same columns, but '%s' is %s in '%s' and %s in '%s'. Read them as two frames."
                        .formatted(column, expected, first, found, other));
    }

    static LazuliException pageTooLong(long byteSize, long most) {
        return data(
                "A Parquet page of texts needs %,d bytes; it may have %,d. Shorten the texts before they are written."
                        .formatted(byteSize, most));
    }

    private static LazuliException data(String message) {
        return new LazuliException(ErrorCode.DATA, message);
    }
}
