package io.lazuli.dataframe.internal.json;

import io.lazuli.dataframe.internal.TextErrors;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.text.Malformed;
import io.lazuli.dataframe.internal.text.Swar;
import java.lang.foreign.MemorySegment;

/// Walks over the members of one JSON object, which is a line. Keeps nothing and does not recurse: arrays and objects
/// within are passed over with a stack of bits.
///
/// Grammar as in RFC 8259, and the numbers `NaN`, `Infinity` and `-Infinity`. Errors: [Malformed].
final class JsonCursor {
    enum Kind {
        NULL,
        BOOL,
        NUMBER,
        TEXT,
        NESTED
    }

    /// How deep arrays and objects may be nested.
    static final int DEEPEST = 1024;

    private static final long QUOTES = Swar.repeat('"');
    private static final long BACKSLASHES = Swar.repeat('\\');
    private static final long CONTROLS = Swar.repeat(0xE0);

    private MemorySegment bytes = MemorySegment.NULL;
    private long at;
    private long stop;
    private boolean isFirst;
    private long keyStart;
    private long keyEnd;
    private boolean isKeyEscaped;
    private Kind kind = Kind.NULL;
    private long start;
    private long end;
    private boolean isEscaped;
    /// Whether the last text had an escape.
    private boolean sawEscape;
    /// For each open array or object, whether it is an object.
    private final long[] open = new long[DEEPEST / 64];

    /// Begins the line from `from` up to the line break at `stop`; false if it is blank.
    boolean begin(MemorySegment window, long from, long lineEnd) {
        bytes = window;
        at = from;
        stop = lineEnd;
        isFirst = true;
        skipSpace();
        if (at == stop) {
            return false;
        }
        expect('{', "an object");
        return true;
    }

    /// Goes to the next member; false after the last one.
    boolean next() {
        skipSpace();
        if (peek() == '}') {
            at++;
            skipSpace();
            if (at != stop) {
                throw syntax("the end of the line");
            }
            return false;
        }
        if (!isFirst) {
            expect(',', "a comma or }");
            skipSpace();
        }
        isFirst = false;
        expect('"', "a key in quotes");
        keyStart = at;
        keyEnd = text();
        isKeyEscaped = sawEscape;
        skipSpace();
        expect(':', "a colon");
        skipSpace();
        value();
        return true;
    }

    long keyStart() {
        return keyStart;
    }

    int keyLength() {
        return (int) (keyEnd - keyStart);
    }

    boolean isKeyEscaped() {
        return isKeyEscaped;
    }

    Kind kind() {
        return kind;
    }

    /// Where the value starts; of a text, what is between the quotes.
    long start() {
        return start;
    }

    long end() {
        return end;
    }

    boolean isEscaped() {
        return isEscaped;
    }

    /// The next byte, -1 at the end of the line.
    private int peek() {
        return at < stop ? bytes.get(Layouts.BYTE, at) & 0xFF : -1;
    }

    private void skipSpace() {
        while (at < stop && isSpace(bytes.get(Layouts.BYTE, at))) {
            at++;
        }
    }

    private static boolean isSpace(byte found) {
        return found == ' ' || found == '\t' || found == '\r' || found == '\n';
    }

    private void expect(char wanted, String name) {
        if (peek() != wanted) {
            throw syntax(name);
        }
        at++;
    }

    private Malformed syntax(String expected) {
        int found = peek();
        String shown = found < 0
                ? "the end of the line"
                : found > ' ' && found < 127 ? "'" + (char) found + "'" : "0x%02X".formatted(found);
        return new Malformed(at, TextErrors.jsonSyntax(expected, shown));
    }

    private void value() {
        start = at;
        int first = peek();
        if (first == '"') {
            at++;
            start = at;
            end = text();
            isEscaped = sawEscape;
            kind = Kind.TEXT;
        } else if (first == '{' || first == '[') {
            skipNested();
            end = at;
            kind = Kind.NESTED;
        } else {
            bare();
            end = at;
        }
    }

    /// Passes over the rest of a text, with its closing quote; returns where that is.
    private long text() {
        sawEscape = false;
        long position = at;
        while (true) {
            long word = bytes.get(Layouts.LONG, position);
            long hits = Swar.match(word, QUOTES) | Swar.match(word, BACKSLASHES) | Swar.match(word & CONTROLS, 0);
            if (hits == 0 && position < stop) {
                position += 8;
                continue;
            }
            at = hits == 0 ? stop : Math.min(stop, position + (Long.numberOfTrailingZeros(hits) >>> 3));
            int found = peek();
            if (found == '"') {
                return at++;
            }
            if (found != '\\') {
                throw syntax("a closing quote, or an escape in place of a control character");
            }
            sawEscape = true;
            at = JsonText.escapeEnd(bytes, at, stop);
            position = at;
        }
    }

    private void bare() {
        int first = peek();
        if (first == '-' || first >= '0' && first <= '9') {
            kind = Kind.NUMBER;
            number();
        } else if (isWord("true") || isWord("false")) {
            kind = Kind.BOOL;
        } else if (isWord("null")) {
            kind = Kind.NULL;
        } else if (isWord("NaN") || isWord("Infinity")) {
            kind = Kind.NUMBER;
        } else {
            throw syntax("a value");
        }
    }

    /// Passes over a word if it is next.
    private boolean isWord(String word) {
        if (stop - at < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes.get(Layouts.BYTE, at + i) != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    private void number() {
        if (peek() == '-') {
            at++;
            if (isWord("Infinity")) {
                return;
            }
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (peek() == '.') {
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
    }

    private void digits() {
        long before = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == before) {
            throw syntax("a digit");
        }
    }

    /// Passes over an array or object, checking its grammar as far as brackets, texts and words go.
    private void skipNested() {
        int depth = 0;
        do {
            skipSpace();
            int next = peek();
            switch (next) {
                case '{', '[' -> {
                    if (depth == DEEPEST) {
                        throw new Malformed(at, TextErrors.jsonTooDeep(DEEPEST));
                    }
                    long bit = 1L << depth;
                    open[depth >> 6] = next == '{' ? open[depth >> 6] | bit : open[depth >> 6] & ~bit;
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    if ((open[depth >> 6] >>> depth & 1) != 0 != (next == '}')) {
                        throw syntax(next == '}' ? "]" : "}");
                    }
                    at++;
                }
                case '"' -> {
                    at++;
                    text();
                }
                case ',', ':' -> at++;
                default -> bare();
            }
        } while (depth > 0);
    }
}
