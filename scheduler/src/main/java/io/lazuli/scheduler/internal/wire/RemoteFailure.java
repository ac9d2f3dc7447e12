package io.lazuli.scheduler.internal.wire;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.FunctionFailedException;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.error.RemoteException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was thrown in another process, as text: its class may not be known here, and is not loaded.
///
/// @param kind    what it is to Lazuli
/// @param type    name of its class
/// @param frames  where it was thrown, the innermost first
/// @param cause   empty if it had none, or lies deeper than [#DEEPEST] causes
public record RemoteFailure(
        Kind kind, String type, Optional<String> message, List<Frame> frames, Optional<RemoteFailure> cause) {
    private static final int DEEPEST = 20;
    private static final int MOST_FRAMES = 200;
    private static final int LONGEST_TEXT = 100_000;

    /// What a failure is to Lazuli.
    public sealed interface Kind {
        record Typed(ErrorCode code) implements Kind {}

        /// A function of the user's program threw its cause.
        record OfFunction() implements Kind {}

        /// Its task lacked a class, see [MissingClassException].
        record LacksClass(String missing) implements Kind {}

        record Other() implements Kind {}
    }

    /// One frame of a stack.
    public record Frame(String type, String method, Optional<String> file, int line) {
        static Frame of(StackTraceElement element) {
            return new Frame(
                    element.getClassName(), element.getMethodName(), Optional.ofNullable(element.getFileName()),
                    element.getLineNumber());
        }

        StackTraceElement toElement() {
            return new StackTraceElement(type, method, file.orElse(null), line);
        }
    }

    public RemoteFailure {
        frames = List.copyOf(frames);
    }

    public static RemoteFailure of(Throwable failure) {
        return of(failure, DEEPEST);
    }

    private static RemoteFailure of(Throwable failure, int depth) {
        List<Frame> frames =
                Arrays.stream(failure.getStackTrace()).limit(MOST_FRAMES).map(Frame::of).toList();
        Throwable cause = failure.getCause();
        return new RemoteFailure(
                kind(failure), failure instanceof RemoteException remote ? remote.type() : failure.getClass().getName(),
                Optional.ofNullable(message(failure)).map(RemoteFailure::cut), frames,
                cause == null || cause == failure || depth == 0
                        ? Optional.empty()
                        : Optional.of(of(cause, depth - 1)));
    }

    private static @Nullable String message(Throwable failure) {
        return failure instanceof RemoteException remote ? remote.originalMessage() : failure.getMessage();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + " ...";
    }

    private static Kind kind(Throwable failure) {
        return switch (failure) {
            case LazuliException typed -> new Kind.Typed(typed.code());
            case FunctionFailedException _ -> new Kind.OfFunction();
            case MissingClassException lacking -> new Kind.LacksClass(lacking.missing());
            default -> new Kind.Other();
        };
    }

    /// The failure as something to throw, with the stack that it had. What is not the JDK's own or Lazuli's is a
    /// [RemoteException].
    public Throwable toThrowable() {
        Throwable why = cause.map(RemoteFailure::toThrowable).orElse(null);
        Throwable failure =
                switch (kind) {
                    case Kind.Typed typed -> new LazuliException(typed.code(), message.orElse(type), why);
                    case Kind.LacksClass lacking when why != null -> new MissingClassException(lacking.missing(), why);
                    case Kind.OfFunction _ when why != null -> new FunctionFailedException(message.orElse(type), why);
                    case Kind.OfFunction _, Kind.LacksClass _, Kind.Other _ -> JdkThrowables
                            .make(type, message.orElse(null), why)
                            .orElseGet(() -> new RemoteException(type, message.orElse(null), why));
                };
        failure.setStackTrace(frames.stream().map(Frame::toElement).toArray(StackTraceElement[]::new));
        return failure;
    }

    /// As [#toThrowable], for one that is typed anyway.
    public LazuliException toLazuliException() {
        Throwable failure = toThrowable();
        return failure instanceof LazuliException typed
                ? typed
                : new LazuliException(ErrorCode.INTERNAL, message.orElse(type), failure);
    }
}
