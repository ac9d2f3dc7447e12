package io.lazuli.dataframe.internal;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.nio.file.Path;

/// The wording of every error of this module. A message says what failed, on which input, what was found, what was expected
/// or available and what to do.
public final class Errors {
    private Errors() {}

    public static LazuliException duplicateColumn(String name) {
        return user("Column '%s' would occur twice. Rename one of them with as(\"...\").".formatted(name));
    }

    public static LazuliException noSuchFile(String path) {
        return user("No file or folder at '%s' (seen from folder '%s'). Check the path; a pattern may hold * and ? in its last part."
                .formatted(path, Path.of("").toAbsolutePath()));
    }

    public static LazuliException noMatchingFiles(String path, String glob) {
        return user("No files to read in '%s': nothing there matches '%s'. Name the files with a pattern such as '%s'."
                .formatted(path, glob, "folder/*.part"));
    }

    public static LazuliException unreadableFile(String path, IOException cause) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "Cannot read '%s': %s. Check that it exists and that this process may read it.".formatted(path, reason(cause)),
                cause);
    }

    public static LazuliException changedFile(String path, long foundBytes, long expectedBytes) {
        return data("File '%s' changed after the frame was built: it has %,d bytes now and had %,d then. Build the frame again."
                .formatted(path, foundBytes, expectedBytes));
    }

    public static LazuliException notParquet(String path, Throwable cause) {
        return new LazuliException(
                ErrorCode.DATA,
                "'%s' is not a readable Parquet file: %s. It may be of another format, encrypted, or cut off; write it again."
                        .formatted(path, reason(cause)),
                cause);
    }

    public static LazuliException corruptParquet(String path, int rowGroup, String column, Throwable cause) {
        return new LazuliException(
                ErrorCode.DATA,
                "Parquet file '%s' is damaged in column '%s' of row group %d: %s. Write the file again, or leave the column out with select(...)."
                        .formatted(path, column, rowGroup, reason(cause)),
                cause);
    }

    public static LazuliException differentSchemas(String first, String other, String expected, String found) {
        return data("Files of one frame must have the same columns, but '%s' has %s and '%s' has %s. Read them as two frames."
                .formatted(first, expected, other, found));
    }

    public static LazuliException noReadableColumns(String path, String reasons) {
        return data("Parquet file '%s' has no column that can be read: %s. Write it with flat columns of simple types."
                .formatted(path, reasons));
    }

    private static LazuliException data(String message) {
        return new LazuliException(ErrorCode.DATA, message);
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    private static LazuliException user(String message) {
        return new LazuliException(ErrorCode.USER, message);
    }
}
