package io.lazuli.graph.codec;

/// On its way from the part that cannot be encoded up to the value: every level adds a step to the path.
final class RefusedValue extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int LONGEST_PATH = 200;

    private final String type;
    private final String reason;
    private String path = "";

    RefusedValue(Class<?> type, String reason) {
        super(null, null, false, false);
        this.type = type.getTypeName();
        this.reason = reason;
    }

    /// This refusal seen from one level above, where the way to it is `step`.
    RefusedValue under(String step) {
        if (path.length() < LONGEST_PATH) {
            path = step + path;
        } else if (!path.startsWith("...")) {
            path = "..." + path;
        }
        return this;
    }

    Unencodable toUnencodable() {
        return new Unencodable(path, type, reason);
    }
}
