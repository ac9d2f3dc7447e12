package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import java.lang.foreign.MemorySegment;
import java.text.Normalizer;
import java.util.List;

/// Functions that put texts together from characters and other texts. Constants come as columns of one row.
public final class TextBuilding {
    private TextBuilding() {}

    /// The first letter in title case, all others in lower case; with `everyWord`, the first letter behind everything that is no
    /// letter. One character for one: what becomes several elsewhere (ß) stays.
    public static Column capitalize(Column text, boolean everyWord, Scratch scratch) {
        TextWriter writer = new TextWriter(text.length(), scratch);
        for (int row = 0; row < text.length(); row++) {
            if (text.isNull(row)) {
                writer.setEmpty(row);
                continue;
            }
            MemorySegment bytes = Views.bytes(text.values(), row, text.data());
            long start = Views.start(text.values(), row);
            writer.begin();
            appendCapitalized(writer, bytes, start, start + Views.length(text.values(), row), everyWord);
            writer.end(row);
        }
        return writer.finish(text.length(), text.validity());
    }

    private static void appendCapitalized(TextWriter writer, MemorySegment bytes, long start, long end,
            boolean everyWord) {
        boolean isFirst = true;
        for (long at = start; at < end; at = Utf8.next(bytes, at, end)) {
            int point = Utf8.decode(bytes, at, end);
            writer.appendCodePoint(isFirst ? Character.toTitleCase(point) : Character.toLowerCase(point));
            isFirst = everyWord && !Character.isLetter(point);
        }
    }

    /// The code points in opposite order.
    public static Column reverse(Column text, Scratch scratch) {
        TextWriter writer = new TextWriter(text.length(), scratch);
        for (int row = 0; row < text.length(); row++) {
            if (text.isNull(row)) {
                writer.setEmpty(row);
                continue;
            }
            MemorySegment bytes = Views.bytes(text.values(), row, text.data());
            long start = Views.start(text.values(), row);
            writer.begin();
            for (long at = start + Views.length(text.values(), row); at > start;) {
                long previous = Utf8.previous(bytes, start, at);
                writer.append(bytes, previous, at - previous);
                at = previous;
            }
            writer.end(row);
        }
        return writer.finish(text.length(), text.validity());
    }

    /// Without the marks that Unicode's canonical decomposition (NFD) separates from letters. Only texts that are not ASCII
    /// become strings.
    public static Column stripAccents(Column text, Scratch scratch) {
        TextWriter writer = new TextWriter(text.length(), scratch);
        for (int row = 0; row < text.length(); row++) {
            if (text.isNull(row)) {
                writer.setEmpty(row);
                continue;
            }
            MemorySegment bytes = Views.bytes(text.values(), row, text.data());
            long start = Views.start(text.values(), row);
            writer.begin();
            if (Utf8.isAscii(bytes, start, start + Views.length(text.values(), row))) {
                writer.append(text, row);
            } else {
                Normalizer.normalize(text.stringAt(row), Normalizer.Form.NFD)
                        .codePoints()
                        .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
                        .forEach(writer::appendCodePoint);
            }
            writer.end(row);
        }
        return writer.finish(text.length(), text.validity());
    }

    /// The text `count` times, not at all if that is negative. Errors: DATA if a text becomes too long.
    public static Column repeat(Column text, int count, Scratch scratch) {
        TextWriter writer = new TextWriter(text.length(), scratch);
        for (int row = 0; row < text.length(); row++) {
            if (text.isNull(row)) {
                writer.setEmpty(row);
                continue;
            }
            writer.begin();
            writer.appendRepeated(text, row, count);
            writer.end(row);
        }
        return writer.finish(text.length(), text.validity());
    }

    /// At least `width` code points, with fillers before the text.
    public static Column padStart(Column text, int width, Column filler, Scratch scratch) {
        TextWriter writer = new TextWriter(text.length(), scratch);
        for (int row = 0; row < text.length(); row++) {
            if (text.isNull(row)) {
                writer.setEmpty(row);
                continue;
            }
            writer.begin();
            writer.appendRepeated(filler, 0, width - length(text, row));
            writer.append(text, row);
            writer.end(row);
        }
        return writer.finish(text.length(), text.validity());
    }

    /// At least `width` code points, with fillers behind the text.
    public static Column padEnd(Column text, int width, Column filler, Scratch scratch) {
        TextWriter writer = new TextWriter(text.length(), scratch);
        for (int row = 0; row < text.length(); row++) {
            if (text.isNull(row)) {
                writer.setEmpty(row);
                continue;
            }
            writer.begin();
            writer.append(text, row);
            writer.appendRepeated(filler, 0, width - length(text, row));
            writer.end(row);
        }
        return writer.finish(text.length(), text.validity());
    }

    /// At least `width` code points, with fillers on both sides; where their number is odd, the one more is on the left if the
    /// width is odd (as Python does).
    public static Column center(Column text, int width, Column filler, Scratch scratch) {
        TextWriter writer = new TextWriter(text.length(), scratch);
        for (int row = 0; row < text.length(); row++) {
            if (text.isNull(row)) {
                writer.setEmpty(row);
                continue;
            }
            int missing = Math.max(0, width - length(text, row));
            int before = missing / 2 + (missing & width & 1);
            writer.begin();
            writer.appendRepeated(filler, 0, before);
            writer.append(text, row);
            writer.appendRepeated(filler, 0, missing - before);
            writer.end(row);
        }
        return writer.finish(text.length(), text.validity());
    }

    /// At least `width` code points, with zeros before the text but behind its sign.
    public static Column zeroFill(Column text, int width, Scratch scratch) {
        TextWriter writer = new TextWriter(text.length(), scratch);
        for (int row = 0; row < text.length(); row++) {
            if (text.isNull(row)) {
                writer.setEmpty(row);
                continue;
            }
            MemorySegment bytes = Views.bytes(text.values(), row, text.data());
            long start = Views.start(text.values(), row);
            int byteLength = Views.length(text.values(), row);
            byte first = byteLength == 0 ? 0 : bytes.get(Layouts.BYTE, start);
            int sign = first == '-' || first == '+' ? 1 : 0;
            writer.begin();
            writer.append(bytes, start, sign);
            writer.appendZeros(width - length(text, row));
            writer.append(bytes, start + sign, byteLength - sign);
            writer.end(row);
        }
        return writer.finish(text.length(), text.validity());
    }

    private static int length(Column text, int row) {
        long start = Views.start(text.values(), row);
        MemorySegment bytes = Views.bytes(text.values(), row, text.data());
        return Utf8.count(bytes, start, start + Views.length(text.values(), row));
    }

    /// Every occurrence of one text replaced by another, from the left and without overlap; an empty one is nowhere.
    public static Column replace(Column text, Column from, Column to, Scratch scratch) {
        int length = Views.length(from.values(), 0);
        TextWriter writer = new TextWriter(text.length(), scratch);
        for (int row = 0; row < text.length(); row++) {
            if (text.isNull(row)) {
                writer.setEmpty(row);
                continue;
            }
            MemorySegment bytes = Views.bytes(text.values(), row, text.data());
            long at = Views.start(text.values(), row);
            long end = at + Views.length(text.values(), row);
            writer.begin();
            long found = length == 0 ? -1 : TextSearch.find(bytes, at, end, from, 0);
            for (; found >= 0; found = TextSearch.find(bytes, at, end, from, 0)) {
                writer.append(bytes, at, found - at);
                writer.append(to, 0);
                at = found + length;
            }
            writer.append(bytes, at, end - at);
            writer.end(row);
        }
        return writer.finish(text.length(), text.validity());
    }

    /// The texts of each row with a separator between them; nulls are left out, so no row is null.
    public static Column join(Column separator, List<Column> texts, int rowCount, Scratch scratch) {
        TextWriter writer = new TextWriter(rowCount, scratch);
        for (int row = 0; row < rowCount; row++) {
            writer.begin();
            boolean isFirst = true;
            for (Column text : texts) {
                if (!text.isNull(row)) {
                    if (!isFirst) {
                        writer.append(separator, 0);
                    }
                    writer.append(text, row);
                    isFirst = false;
                }
            }
            writer.end(row);
        }
        return writer.finish(rowCount, Column.NO_NULLS);
    }

    /// The texts at some positions of a table of texts, as a column.
    ///
    /// @param indexes one a row, in the low four bytes of each; those of null rows may be anything
    public static Column lookUp(List<String> table, Column indexes, Scratch scratch) {
        TextWriter names = new TextWriter(table.size(), scratch);
        for (int i = 0; i < table.size(); i++) {
            names.set(i, table.get(i));
        }
        Column known = names.finish(table.size(), Column.NO_NULLS);
        TextWriter writer = new TextWriter(indexes.length(), scratch);
        for (int row = 0; row < indexes.length(); row++) {
            boolean isThere = !indexes.mayHaveNulls() || Bits.get(indexes.validity(), row);
            int index = isThere ? indexes.intAt(row) : 0;
            writer.setView(row, Views.head(known.values(), index), Views.tail(known.values(), index));
        }
        return new Column(known.type(), indexes.length(), indexes.validity(),
                writer.finish(indexes.length(), indexes.validity()).values(), known.data());
    }
}
