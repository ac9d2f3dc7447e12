package io.lazuli.dataframe.internal.parse;

import io.lazuli.dataframe.internal.ExpressionErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Cuts a query string into tokens.
final class Lexer {
    private static final Set<String> KEYWORDS =
            Set.of("and", "or", "not", "in", "between", "like", "escape", "is", "null",
                    "true", "false", "case", "when", "then", "else", "end", "cast", "try_cast", "as");
    /// Longer ones first.
    private static final List<String> SYMBOLS =
            List.of("<=", ">=", "<>", "!=", "==", "||", "//", "<", ">", "=", "+", "-", "*",
                    "/", "%", "(", ")", ",");

    private final String text;
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    /// The tokens of a text, the last of which is the end. Errors: USER, with the place, at what is no token.
    static List<Token> tokens(String text) {
        Lexer lexer = new Lexer(text);
        List<Token> tokens = new ArrayList<>();
        do {
            tokens.add(lexer.next());
        } while (tokens.getLast().kind() != Token.Kind.END);
        return tokens;
    }

    private Token next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        int start = at;
        if (at == text.length()) {
            return new Token(Token.Kind.END, "", start);
        }
        char first = text.charAt(at);
        if (Character.isUnicodeIdentifierStart(first) || first == '_') {
            return word(start);
        }
        if (isDigit(at) || first == '.' && isDigit(at + 1)) {
            return number(start);
        }
        if (first == '\'') {
            return new Token(Token.Kind.TEXT, quoted(start, first), start);
        }
        if (first == '"' || first == '`') {
            return new Token(Token.Kind.NAME, quoted(start, first), start);
        }
        return symbol(start);
    }

    private Token word(int start) {
        while (at < text.length() && Character.isUnicodeIdentifierPart(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        String lower = word.toLowerCase(Locale.ROOT);
        return KEYWORDS.contains(lower)
                ? new Token(Token.Kind.KEYWORD, lower, start)
                : new Token(Token.Kind.NAME, word, start);
    }

    private Token number(int start) {
        skipDigits();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            skipDigits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int sign = at + 1 < text.length() && (text.charAt(at + 1) == '-' || text.charAt(at + 1) == '+') ? 1 : 0;
            if (!isDigit(at + 1 + sign)) {
                throw ExpressionErrors.syntax(text, at, "an exponent without digits", "a number such as 1e10");
            }
            at += 1 + sign;
            skipDigits();
        }
        return new Token(Token.Kind.NUMBER, text.substring(start, at), start);
    }

    private void skipDigits() {
        while (isDigit(at)) {
            at++;
        }
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    /// What stands in quotes; two of them stand for one.
    private String quoted(int start, char quote) {
        StringBuilder content = new StringBuilder();
        for (at++; at < text.length(); at++) {
            if (text.charAt(at) != quote) {
                content.append(text.charAt(at));
            } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
                content.append(quote);
                at++;
            } else {
                at++;
                return content.toString();
            }
        }
        throw ExpressionErrors.syntax(text, start, "a quote that is never closed", "another " + quote + " behind it");
    }

    private Token symbol(int start) {
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                return new Token(Token.Kind.SYMBOL, symbol, start);
            }
        }
        throw ExpressionErrors.syntax(text, start, "the character " + Character.toString(text.codePointAt(start)),
                "a name, a number, a text in single quotes or an operator");
    }
}
