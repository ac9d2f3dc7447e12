package io.lazuli.dataframe.internal.arrow;

import io.lazuli.dataframe.internal.FileErrors;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;

/// The wording of what can be wrong with Arrow files.
final class ArrowErrors {
    private ArrowErrors() {}

    static LazuliException notArrow(String path, Throwable cause) {
        return new LazuliException(
                ErrorCode.DATA,
                "'%s' is not a readable Arrow file or stream: %s. It may be of another format, or cut off; write it again."
                        .formatted(path, reason(cause)),
                cause);
    }

    static LazuliException damaged(String path, int batch, String column, Throwable cause) {
        return new LazuliException(
                ErrorCode.DATA,
                "Arrow file '%s' is damaged in column '%s' of record batch %d: %s. Write the file again, or leave the column out with select(...)."
                        .formatted(path, column, batch, reason(cause)),
                cause);
    }

    /// What a reader of a column met with: lack of memory is told with the place.
    static LazuliException placed(String path, int batch, String column, LazuliException cause) {
        return FileErrors.placed("column '%s' of record batch %d of Arrow file '%s'".formatted(column, batch, path),
                cause);
    }

    static LazuliException noReadableColumns(String path, String reasons) {
        return new LazuliException(
                ErrorCode.DATA,
                "Arrow file '%s' has no column that can be read: %s. Write it with flat columns of simple types."
                        .formatted(path, reasons));
    }

    static LazuliException notReceived(String folder, Throwable cause) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "Cannot take in an Arrow stream: %s. It is kept in '%s' while plans refer to it; make room there, or choose another folder with -Djava.io.tmpdir."
                        .formatted(reason(cause), folder),
                cause);
    }

    static LazuliException textsTooLong(long byteSize) {
        return new LazuliException(
                ErrorCode.DATA,
                "A text of %,d bytes does not fit a record batch of an Arrow file. Shorten it before it is written."
                        .formatted(byteSize));
    }

    /// What the bounds of a segment or array caught has no words for people.
    private static String reason(Throwable cause) {
        if (cause instanceof IndexOutOfBoundsException || cause.getMessage() == null) {
            return "a message points out of its bounds";
        }
        return cause.getMessage();
    }
}
