package io.lazuli.dataframe.io;

import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.FileErrors;
import java.util.Optional;

/// How CSV files are written: as RFC 4180 says, with LF line ends; null as an empty field, an empty text as `""`.
/// Compressed where the name ends in `.gz` or `.zst`.
///
/// @param delimiter  between fields; an ASCII character other than the quote
/// @param header     whether the first line of a file names the columns
/// @param overwrite  whether a file or folder of that name is replaced, once the new one is complete
/// @param partSuffix end of the names of part files, such as `.csv.gz`; empty if there is one file
public record CsvWriteOptions(char delimiter, boolean header, boolean overwrite, Optional<String> partSuffix) {
    /// Commas, a header, nothing overwritten, one file.
    public static final CsvWriteOptions DEFAULTS = new CsvWriteOptions(',', true, false, Optional.empty());

    /// Errors: USER if the delimiter is not one printable ASCII character (or tab) other than `"`.
    public CsvWriteOptions {
        if (delimiter == '"' || delimiter != '\t' && (delimiter < ' ' || delimiter >= 127)) {
            throw Errors.badCsvCharacter("delimiter", delimiter);
        }
        partSuffix.ifPresent(FileErrors::checkPartSuffix);
    }

    public CsvWriteOptions withDelimiter(char delimiter) {
        return new CsvWriteOptions(delimiter, header, overwrite, partSuffix);
    }

    public CsvWriteOptions withHeader(boolean header) {
        return new CsvWriteOptions(delimiter, header, overwrite, partSuffix);
    }

    public CsvWriteOptions withOverwrite(boolean overwrite) {
        return new CsvWriteOptions(delimiter, header, overwrite, partSuffix);
    }

    /// Makes a folder with one file for each partition: `part-00000.csv`, `part-00001.csv`, ... in the order of the rows.
    ///
    /// @param suffix end of their names, such as `.csv` or `.csv.zst`
    public CsvWriteOptions withPartFiles(String suffix) {
        return new CsvWriteOptions(delimiter, header, overwrite, Optional.of(Arguments.given(suffix, "suffix")));
    }
}
