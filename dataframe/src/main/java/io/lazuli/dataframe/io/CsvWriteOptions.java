package io.lazuli.dataframe.io;

import io.lazuli.dataframe.internal.Errors;

/// How CSV files are written: as RFC 4180 says, with LF line ends; null as an empty field, an empty text as `""`.
///
/// @param delimiter between fields; an ASCII character other than the quote
/// @param header    whether the first line names the columns
/// @param overwrite whether a file of that name is replaced, once the new one is complete
public record CsvWriteOptions(char delimiter, boolean header, boolean overwrite) {
    /// Commas, a header, nothing overwritten.
    public static final CsvWriteOptions DEFAULTS = new CsvWriteOptions(',', true, false);

    /// Errors: USER if the delimiter is not one printable ASCII character (or tab) other than `"`.
    public CsvWriteOptions {
        if (delimiter == '"' || delimiter != '\t' && (delimiter < ' ' || delimiter >= 127)) {
            throw Errors.badCsvCharacter("delimiter", delimiter);
        }
    }

    public CsvWriteOptions withDelimiter(char delimiter) {
        return new CsvWriteOptions(delimiter, header, overwrite);
    }

    public CsvWriteOptions withHeader(boolean header) {
        return new CsvWriteOptions(delimiter, header, overwrite);
    }

    public CsvWriteOptions withOverwrite(boolean overwrite) {
        return new CsvWriteOptions(delimiter, header, overwrite);
    }
}
