package io.lazuli.graph.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Something was thrown in another process. Its class may not exist here; its name, message and stack are those that it had.
public final class RemoteException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String type;
    private final @Nullable String originalMessage;

    /// @param type name of the class of what was thrown
    public RemoteException(String type, @Nullable String message, @Nullable Throwable cause) {
        super(message == null ? type : type + ": " + message, cause);
        this.type = Objects.requireNonNull(type, "type is null");
        this.originalMessage = message;
    }

    /// Name of the class of what was thrown, such as `java.lang.ArithmeticException`.
    public String type() {
        return type;
    }

    /// The message that it had; null if it had none.
    public @Nullable String originalMessage() {
        return originalMessage;
    }
}
