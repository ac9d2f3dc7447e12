package io.lazuli.dashboard.internal.json;

import java.util.Locale;

/// Writes one JSON text. Texts are such that they may stand in a script element of a page: `<`, `>` and `&` are escaped, as are
/// surrogates without their other half.
///
/// ```java
/// new Json().object().put("name", "scan").array("tasks").add(3).add(4).end().end().toString()
/// ```
public final class Json {
    /// Longer texts are cut: what a user calls something may be of any length.
    private static final int LONGEST_TEXT = 10_000;

    private final StringBuilder text = new StringBuilder(1_024);
    /// The next value is the first of its object or array.
    private boolean isFirst = true;

    /// Opens an object that is a value of an array, or the whole.
    public Json object() {
        return open('{');
    }

    /// Opens an object that belongs to a key.
    public Json object(String key) {
        return key(key).open('{');
    }

    public Json array() {
        return open('[');
    }

    public Json array(String key) {
        return key(key).open('[');
    }

    /// Closes an object.
    public Json end() {
        return close('}');
    }

    /// Closes an array.
    public Json endArray() {
        return close(']');
    }

    public Json put(String key, String value) {
        return key(key).add(value);
    }

    public Json put(String key, long value) {
        return key(key).add(value);
    }

    public Json put(String key, boolean value) {
        key(key).separate();
        text.append(value);
        return this;
    }

    /// A number that is not finite is written as null, which JSON has in its place.
    public Json put(String key, double value) {
        key(key).separate();
        text.append(Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "null");
        return this;
    }

    public Json add(String value) {
        separate();
        text.append('"');
        int length = Math.min(value.length(), LONGEST_TEXT);
        for (int i = 0; i < length; i++) {
            i = escape(value, i);
        }
        text.append(length < value.length() ? "…\"" : "\"");
        return this;
    }

    public Json add(long value) {
        separate();
        text.append(value);
        return this;
    }

    public Json add(Json value) {
        separate();
        text.append(value.text);
        return this;
    }

    /// A value that is JSON already.
    public Json put(String key, Json value) {
        return key(key).add(value);
    }

    /// The text so far.
    @Override
    public String toString() {
        return text.toString();
    }

    private Json key(String key) {
        add(key);
        text.append(':');
        isFirst = true;
        return this;
    }

    private Json open(char bracket) {
        separate();
        text.append(bracket);
        isFirst = true;
        return this;
    }

    private Json close(char bracket) {
        text.append(bracket);
        isFirst = false;
        return this;
    }

    private void separate() {
        if (!isFirst) {
            text.append(',');
        }
        isFirst = false;
    }

    /// Appends the character at `i`, with its other half if it is a surrogate. Returns the place of the last that it took.
    private int escape(String value, int i) {
        char c = value.charAt(i);
        if (Character.isHighSurrogate(c) && i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))) {
            text.append(c).append(value.charAt(i + 1));
            return i + 1;
        }
        boolean isPlain = c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
        if (isPlain || c >= 0xa0 && !Character.isSurrogate(c) && c != '\u2028' && c != '\u2029') {
            text.append(c);
        } else {
            text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
        return i;
    }
}
