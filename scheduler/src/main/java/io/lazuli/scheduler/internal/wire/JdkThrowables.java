package io.lazuli.scheduler.internal.wire;

import java.lang.reflect.Constructor;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes what the JDK throws from its name and message, so that who catches it by its class can.
final class JdkThrowables {
    private static final Set<String> PACKAGES =
            Set.of("java.lang", "java.io", "java.util", "java.util.concurrent", "java.time", "java.nio.file");

    private JdkThrowables() {}

    /// Empty if `type` is not a class of these packages that is made from a message, or from nothing.
    static Optional<Throwable> make(String type, @Nullable String message, @Nullable Throwable cause) {
        int end = type.lastIndexOf('.');
        if (end < 0 || !PACKAGES.contains(type.substring(0, end))) {
            return Optional.empty();
        }
        try {
            Class<?> known = Class.forName(type, false, ClassLoader.getPlatformClassLoader());
            if (!Throwable.class.isAssignableFrom(known)) {
                return Optional.empty();
            }
            Throwable made = (Throwable) instance(known, message);
            if (cause != null) {
                made.initCause(cause);
            }
            return Optional.of(made);
        } catch (ReflectiveOperationException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static Object instance(Class<?> type, @Nullable String message) throws ReflectiveOperationException {
        if (message == null) {
            return type.getConstructor().newInstance();
        }
        Constructor<?> constructor = type.getConstructor(String.class);
        return constructor.newInstance(message);
    }
}
