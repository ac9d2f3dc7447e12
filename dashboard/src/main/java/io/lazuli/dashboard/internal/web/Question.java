package io.lazuli.dashboard.internal.web;

import java.util.Map;
import java.util.Optional;

/// A request, as far as it matters.
///
/// @param path    as it was sent, still escaped
/// @param query   the last value of each parameter
/// @param headers by name in lower case
/// @param hasBody something follows the headers
public record Question(
        String method, String path, Map<String, String> query, Map<String, String> headers, boolean hasBody) {
    public Question {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }
}
