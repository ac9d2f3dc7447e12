package io.lazuli.graph.codec;

import java.util.Optional;

/// On its way from the part that cannot be encoded up to the value: every level adds a step to the path.
final class RefusedValue extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int LONGEST_PATH = 200;

    private final String type;
    private final String reason;
    private String path = "";
    private transient Optional<Object> outermost = Optional.empty();

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

    /// This refusal seen from a function or other object that the part belongs to.
    RefusedValue within(Object object) {
        outermost = Optional.of(object);
        return this;
    }

    /// The last that was given to [#within].
    Optional<Object> outermost() {
        return outermost;
    }

    Unencodable toUnencodable() {
        return new Unencodable(path, type, reason);
    }
}
