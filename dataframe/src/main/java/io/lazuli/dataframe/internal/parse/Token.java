package io.lazuli.dataframe.internal.parse;

/// A word of a query string.
///
/// @param text     what it says: names and texts without quotes, keywords in lower case
/// @param position of its first character
record Token(Kind kind, String text, int position) {
    enum Kind {
        /// `fare`, or `"any characters"`.
        NAME,
        KEYWORD,
        NUMBER,
        /// `'it''s'`
        TEXT,
        SYMBOL,
        END
    }

    boolean is(String expected) {
        return (kind == Kind.KEYWORD || kind == Kind.SYMBOL) && text.equals(expected);
    }

    /// For errors.
    String shown() {
        return switch (kind) {
            case NAME -> "the name " + text;
            case KEYWORD -> "the word " + text;
            case NUMBER -> "the number " + text;
            case TEXT -> "the text '" + text + "'";
            case SYMBOL -> text;
            case END -> "the end";
        };
    }
}
