package io.lazuli.dashboard.internal.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a request gets.
public sealed interface Answer {
    int status();

    /// Beside those that every answer has.
    Map<String, String> headers();

    /// All of it at once. Ownership: the bytes are not changed any more.
    record Whole(int status, Map<String, String> headers, byte[] body) implements Answer {}

    /// Messages as they come, until the reader goes.
    record Streamed(Map<String, String> headers, Feed feed) implements Answer {
        @Override
        public int status() {
            return 200;
        }
    }

    static Answer of(int status, String type, String body) {
        return new Whole(status, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
    }

    static Answer text(int status, String body) {
        return of(status, "text/plain; charset=utf-8", body + "\n");
    }

    static Answer json(int status, String body) {
        return of(status, "application/json", body);
    }

    default Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers());
        more.put(name, value);
        return switch (this) {
            case Whole whole -> new Whole(whole.status, more, whole.body);
            case Streamed streamed -> new Streamed(more, streamed.feed);
        };
    }
}
