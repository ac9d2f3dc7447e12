package io.lazuli.graph.codec;

/// A part of a value that has no form as bytes.
///
/// @param path   where it is, from the value on, such as `.stops[3].socket`; empty for the value itself
/// @param type   name of its class
/// @param reason why it cannot be encoded, and what would do instead
public record Unencodable(String path, String type, String reason) {
    @Override
    public String toString() {
        return type + (path.isEmpty() ? "" : " at " + path) + ": " + reason;
    }
}
