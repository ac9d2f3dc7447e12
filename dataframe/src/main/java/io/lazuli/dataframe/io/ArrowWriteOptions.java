package io.lazuli.dataframe.io;

import io.lazuli.dataframe.internal.Arguments;

/// How Arrow files are written: uncompressed record batches, numbers as they lie in memory, texts with 32-bit offsets.
///
/// @param overwrite whether a file of that name is replaced, once the new one is complete
public record ArrowWriteOptions(Format format, boolean overwrite) {
    /// What Arrow calls its two IPC formats.
    public enum Format {
        /// With a footer, for random access: what Feather version 2 is, too.
        FILE,
        /// Messages only, for those who read from the beginning.
        STREAM
    }

    /// A file, nothing overwritten.
    public static final ArrowWriteOptions DEFAULTS = new ArrowWriteOptions(Format.FILE, false);

    public ArrowWriteOptions {
        Arguments.given(format, "format");
    }

    public ArrowWriteOptions withFormat(Format format) {
        return new ArrowWriteOptions(format, overwrite);
    }

    public ArrowWriteOptions withOverwrite(boolean overwrite) {
        return new ArrowWriteOptions(format, overwrite);
    }
}
