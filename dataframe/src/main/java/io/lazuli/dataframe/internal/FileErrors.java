package io.lazuli.dataframe.internal;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;

/// The wording of what can be wrong with files of any format; see [Errors].
public final class FileErrors {
    /// Columns that a file may have: so few that what is kept for each of them stays within some 32 MiB.
    public static final int MOST_COLUMNS = 1 << 16;

    private FileErrors() {}

    /// Errors: USER if files of a folder cannot end like that.
    public static void checkPartSuffix(String suffix) {
        if (suffix.indexOf('/') >= 0 || suffix.indexOf('\\') >= 0 || suffix.indexOf('\0') >= 0) {
            throw badPartSuffix(suffix);
        }
    }

    public static LazuliException tooManyColumns(String format, String path) {
        return data(
                "%s file '%s' has more than the %,d columns that a frame may have. Write it as several files with fewer columns each."
                        .formatted(format, path, MOST_COLUMNS));
    }

    /// What a reader met with: that memory was refused, which has no cause, is told with the place.
    ///
    /// @param what such as `column 'a' of 'x.csv'`
    public static LazuliException placed(String what, LazuliException failure) {
        boolean isRefusal = failure.code() == ErrorCode.RESOURCE && failure.getCause() == null;
        return isRefusal
                ? new LazuliException(ErrorCode.RESOURCE,
                        "Reading %s takes more memory than there is. %s".formatted(what,
                                failure.getMessage()),
                        failure)
                : failure;
    }

    public static LazuliException noPath(String path, String reason) {
        return user("Cannot write '%s': that is no path: %s. Give the name of a file.".formatted(
                path.replace('\0', '?'), reason));
    }

    public static LazuliException targetNotRegular(String path) {
        return user(
                "Cannot write to '%s': it is a pipe, socket or device, in whose place the file would come. Give the name of a file."
                        .formatted(path));
    }

    public static LazuliException badPartSuffix(String suffix) {
        return user(
                "withPartFiles(\"%s\"): the end of a file name, such as .csv or .csv.gz, must not hold '/' or NUL."
                        .formatted(suffix.replace('\0', '?')));
    }

    /// What is said of a text in the words of a decoder, which knows the column but not the row.
    ///
    /// @param offset of the byte in the text
    public static String badUtf8(int byteValue, long offset, long length) {
        return "a text is not UTF-8: byte %,d of its %,d is 0x%02X, which cannot stand there".formatted(offset, length,
                byteValue & 0xFF);
    }

    private static LazuliException user(String message) {
        return new LazuliException(ErrorCode.USER, message);
    }

    private static LazuliException data(String message) {
        return new LazuliException(ErrorCode.DATA, message);
    }
}
