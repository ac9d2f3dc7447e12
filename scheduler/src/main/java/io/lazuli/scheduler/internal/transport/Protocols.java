package io.lazuli.scheduler.internal.transport;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/// Guesses what speaks to a port that is not meant for it, for messages.
final class Protocols {
    private static final List<String> HTTP =
            List.of("GET ", "POST", "HEAD", "PUT ", "OPTI", "DELE", "PATC", "CONN", "HTTP", "PRI ");

    private Protocols() {}

    static String describe(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        String hex = HexFormat.ofDelimiter(" ").formatHex(start);
        if (HTTP.stream().anyMatch(text::startsWith)) {
            return "it speaks HTTP";
        }
        if (text.startsWith("\u0016\u0003")) {
            return "it speaks TLS, which this port does not";
        }
        if (text.startsWith("\u0015\u0003")) {
            return "it answers as TLS does, which this process does not speak";
        }
        if (text.startsWith("\u00AC\u00ED")) {
            return "it sends serialized Java objects";
        }
        return "it starts with the bytes " + hex;
    }
}
