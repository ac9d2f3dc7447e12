package io.lazuli.graph.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The one exception of Lazuli. Its message says what failed, on which input, what was found, what was expected and what
/// to do; its code says who can act. Each module words its own in one class named `Errors`.
public final class LazuliException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    public LazuliException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public LazuliException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message is null"), cause);
        this.code = Objects.requireNonNull(code, "code is null");
    }

    public ErrorCode code() {
        return code;
    }
}
