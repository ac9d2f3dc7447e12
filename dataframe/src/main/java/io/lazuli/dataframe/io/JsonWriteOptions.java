package io.lazuli.dataframe.io;

import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.FileErrors;
import java.util.Optional;

/// How JSON lines are written: an object in each line, with every column; null as `null`, dates and timestamps as texts,
/// and the numbers that JSON lacks as the texts `"NaN"`, `"Infinity"` and `"-Infinity"`. Compressed where the name ends in
/// `.gz` or `.zst`.
///
/// @param overwrite  whether a file or folder of that name is replaced, once the new one is complete
/// @param partSuffix end of the names of part files, such as `.json.gz`; empty if there is one file
public record JsonWriteOptions(boolean overwrite, Optional<String> partSuffix) {
    /// Nothing overwritten, one file.
    public static final JsonWriteOptions DEFAULTS = new JsonWriteOptions(false, Optional.empty());

    /// Errors: USER if files of a folder cannot end like that.
    public JsonWriteOptions {
        partSuffix.ifPresent(FileErrors::checkPartSuffix);
    }

    public JsonWriteOptions withOverwrite(boolean overwrite) {
        return new JsonWriteOptions(overwrite, partSuffix);
    }

    /// Makes a folder with one file for each partition: `part-00000.json`, `part-00001.json`, ... in the order of the rows.
    ///
    /// @param suffix end of their names, such as `.json` or `.json.zst`
    public JsonWriteOptions withPartFiles(String suffix) {
        return new JsonWriteOptions(overwrite, Optional.of(Arguments.given(suffix, "suffix")));
    }
}
