package io.lazuli.dataframe.internal.csv;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The first record of a file.
///
/// @param names its fields
/// @param start where it starts: after a byte order mark, skipped lines, comments and blank lines
/// @param end   where the next record starts
record CsvHeader(List<String> names, int start, int end) {
    private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};

    /// What ends the lines of a file: CR if the first line break is one that no LF follows, LF otherwise.
    static byte lineEnd(byte[] bytes, Optional<Character> quote) {
        boolean isQuoted = false;
        for (int i = 0; i < bytes.length; i++) {
            isQuoted ^= quote.isPresent() && bytes[i] == quote.get();
            if (!isQuoted && bytes[i] == '\n') {
                return '\n';
            }
            if (!isQuoted && bytes[i] == '\r' && i + 1 < bytes.length) {
                return (byte) (bytes[i + 1] == '\n' ? '\n' : '\r');
            }
        }
        return '\n';
    }

    /// Reads the first record that is not blank; empty if `bytes` do not hold it whole. No record at all has no names.
    ///
    /// @param skippedLines lines before it that are no records
    /// @param isWhole      whether `bytes` are all that the file has
    static Optional<CsvHeader> parse(byte[] bytes, CsvDialect dialect, int skippedLines, boolean isWhole) {
        int start = hasMark(bytes) ? BYTE_ORDER_MARK.length : 0;
        for (int i = 0; i < skippedLines; i++) {
            start = nextLine(bytes, start, dialect);
        }
        while (start < bytes.length && isNoRecord(bytes[start], dialect)) {
            start = (bytes[start] & 0xFF) == dialect.comment() ? nextLine(bytes, start, dialect) : start + 1;
        }
        List<String> names = new ArrayList<>();
        int fieldStart = start;
        boolean isQuoted = false;
        for (int at = start; at < bytes.length; at++) {
            isQuoted ^= bytes[at] == dialect.quote() && dialect.hasQuotes();
            if (!isQuoted && (bytes[at] == dialect.delimiter() || bytes[at] == dialect.lineEnd())) {
                names.add(name(bytes, fieldStart, at, dialect));
                fieldStart = at + 1;
            }
            if (!isQuoted && bytes[at] == dialect.lineEnd()) {
                return Optional.of(new CsvHeader(names, start, at + 1));
            }
        }
        if (!isWhole) {
            return Optional.empty();
        }
        if (start < bytes.length) {
            names.add(name(bytes, fieldStart, bytes.length, dialect));
        }
        return Optional.of(new CsvHeader(names, start, bytes.length));
    }

    private static boolean isNoRecord(byte first, CsvDialect dialect) {
        return first == '\n' || first == '\r' || (first & 0xFF) == dialect.comment();
    }

    private static int nextLine(byte[] bytes, int from, CsvDialect dialect) {
        int at = from;
        while (at < bytes.length && bytes[at] != dialect.lineEnd()) {
            at++;
        }
        return Math.min(bytes.length, at + 1);
    }

    private static boolean hasMark(byte[] bytes) {
        for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != BYTE_ORDER_MARK[i]) {
                return false;
            }
        }
        return true;
    }

    private static String name(byte[] bytes, int start, int end, CsvDialect dialect) {
        int last = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
        String text = new String(bytes, start, last - start, StandardCharsets.UTF_8);
        String quote = String.valueOf((char) dialect.quote());
        boolean isQuoted = text.length() > 1 && text.startsWith(quote) && text.endsWith(quote);
        return isQuoted ? text.substring(1, text.length() - 1).replace(quote + quote, quote) : text;
    }
}
