package io.lazuli.dashboard.internal.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// The token that opens a dashboard, and the cookie that stands for it. Compared in a time that tells nothing.
final class Secret {
    private final String token;
    private final String cookieName;

    /// @param port cookies of a host are shared by its ports, so each has a name of its own
    Secret(String token, int port) {
        this.token = token;
        this.cookieName = "lazuli-" + port;
    }

    boolean isToken(String text) {
        return isSame(token, text);
    }

    /// True if the request has the cookie, or the token as a bearer.
    boolean opens(Question question) {
        return question.header("authorization").filter(text -> text.startsWith("Bearer "))
                .map(text -> text.substring(7))
                .filter(this::isToken).isPresent()
                || cookie(question).filter(text -> isSame(cookieValue(), text)).isPresent();
    }

    private Optional<String> cookie(Question question) {
        String start = cookieName + "=";
        for (String part : question.header("cookie").orElse("").split(";")) {
            if (part.strip().startsWith(start)) {
                return Optional.of(part.strip().substring(start.length()));
            }
        }
        return Optional.empty();
    }

    /// For a browser that has shown the token.
    String setCookie() {
        return cookieName + "=" + cookieValue() + "; Path=/; HttpOnly; SameSite=Strict";
    }

    /// Not the token itself, which would open other doors than this one.
    private String cookieValue() {
        return HexFormat.of().formatHex(digest("lazuli dashboard cookie " + token));
    }

    private static boolean isSame(String expected, String found) {
        return MessageDigest.isEqual(digest(expected), digest(found));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
