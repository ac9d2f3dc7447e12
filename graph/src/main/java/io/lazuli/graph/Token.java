package io.lazuli.graph;

import io.lazuli.graph.error.GraphErrors;
import java.security.SecureRandom;
import java.util.HexFormat;

/// A 128-bit content hash: what a piece of work *is*. Equal tokens mean equal results, in any JVM and at any time.
///
/// Values are hashed structurally by [#of]; see [Fingerprint] for what can be hashed. Work that cannot be described by
/// content gets a [#random] token: it is never equal to anything and never cached.
public record Token(long high, long low) implements Comparable<Token> {
    private static final SecureRandom RANDOM = new SecureRandom();

    /// The token of a sequence of values. Errors: USER if a value is of a type without stable content, or contains itself.
    public static Token of(Object... values) {
        return of(new Fingerprint(), values);
    }

    static Token of(Fingerprint fingerprint, Object... values) {
        try {
            for (Object value : values) {
                fingerprint.put(value);
            }
        } catch (StackOverflowError e) {
            throw GraphErrors.nestedTooDeep();
        }
        return fingerprint.token();
    }

    public static Token random() {
        return new Token(RANDOM.nextLong(), RANDOM.nextLong());
    }

    @Override
    public int compareTo(Token other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /// The first eight hexadecimal digits, for people.
    public String abbreviation() {
        return HexFormat.of().toHexDigits(high).substring(0, 8);
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
