package io.lazuli.graph.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every message of this module that users see.
public final class GraphErrors {
    private static final int SHOWN = 8;

    private GraphErrors() {}

    public static LazuliException wrongArgumentCount(String function, int found, int expected) {
        return user("Function '%s' is called with %d arguments, but takes %d.".formatted(function, found, expected));
    }

    public static LazuliException pureArgumentWithoutContent(String function, int position, String type) {
        return user(
                "A pure call of '%s' cannot be told from others: argument %d is a %s, which has no stable content. Use a record, implement Tokenized, or leave out pure()."
                        .formatted(function, position, type));
    }

    public static LazuliException notDelayed(String function, @Nullable String type) {
        return user(
                "Function '%s' gave %s where flatten expects a Delayed. Return Delayed.value(...) for a plain result."
                        .formatted(function, type == null ? "null" : "a " + type));
    }

    /// @param path names of the tasks on the cycle, each used by the one before; the first is not repeated
    public static LazuliException cycle(List<String> path) {
        return user("Tasks depend on themselves: %s -> '%s' (each reads the next). Take one of these references out."
                .formatted(quoted(path, " -> "), path.getFirst()));
    }

    public static LazuliException unknownReference(String name, String reference, List<String> known) {
        return user("Task '%s' reads '%s', which was not put.%s".formatted(name, reference, meant(reference, known)));
    }

    public static LazuliException unknownTask(String name, List<String> known) {
        return user("No task '%s' was put.%s".formatted(name, meant(name, known)));
    }

    private static String meant(String name, List<String> known) {
        String hint = Suggestions.closest(name, known).map(" Did you mean '%s'?"::formatted).orElse("");
        return hint + " Put are: " + Suggestions.list(known) + ".";
    }

    public static LazuliException putTwice(String name, String found, String before) {
        return user(
                "Task '%s' was put as %s, and now as %s. Give one of them another name."
                        .formatted(name, before, found));
    }

    public static LazuliException futuresClosed() {
        return user("These futures are closed. Make new ones over the engine, or close them after the last submit.");
    }

    public static LazuliException notAwaitable(String type) {
        return user(
                "A submitted call reads a %s, which cannot say when it is done. Submit after it is done, or give a TaskFuture."
                        .formatted(type));
    }

    public static LazuliException taskFailed(String name, int attempts, Throwable cause) {
        return new LazuliException(
                cause instanceof LazuliException typed ? typed.code() : ErrorCode.USER,
                "Task '%s' failed%s: %s".formatted(name, attempts > 1 ? " %d times".formatted(attempts) : "", cause),
                cause);
    }

    /// @param path names from the task that was not run to the one that failed
    public static LazuliException inputFailed(List<String> path, LazuliException failure) {
        return new LazuliException(
                failure.code(),
                "Task '%s' was not run, because '%s' failed (%s): %s".formatted(
                        path.getFirst(), path.getLast(), quoted(path, " reads "), failure.getMessage()),
                failure.getCause() == null ? failure : failure.getCause());
    }

    public static LazuliException taskCancelled(String name) {
        return new LazuliException(ErrorCode.CANCELLED, "Task '%s' was cancelled.".formatted(name));
    }

    public static LazuliException waitInterrupted(String name) {
        return new LazuliException(
                ErrorCode.CANCELLED,
                "The thread that waited for task '%s' was interrupted; the task goes on.".formatted(name));
    }

    public static LazuliException noStableContent(Class<?> type) {
        return new LazuliException(
                ErrorCode.USER,
                "A value of %s has no stable content to hash. Use a record, or implement Tokenized."
                        .formatted(type.getName()));
    }

    public static LazuliException nestedTooDeep() {
        return new LazuliException(
                ErrorCode.USER,
                "A value that is to be hashed contains itself, or is nested too deep for the stack. Use a list in place of a chain, and no cycles.");
    }

    public static LazuliException functionCannotTravel(String type) {
        return new LazuliException(
                ErrorCode.USER,
                "A function of %s cannot be sent to a worker: its class is closed, or made at run time by something else than a lambda expression. Write it as a lambda expression, a method reference or a record."
                        .formatted(type));
    }

    /// @param path where in the captured value the part is that cannot travel; empty for the value itself
    public static LazuliException captureCannotTravel(
            String function, String variable, String type, String path, String part, String reason) {
        String where = path.isEmpty() ? "" : " with %s at %s".formatted(part, path);
        return new LazuliException(
                ErrorCode.USER,
                "A function cannot be sent to a worker: %s captures %s of %s%s: %s. Capture a record or plain values, or load it inside of the function."
                        .formatted(function, variable, type, where, reason));
    }

    /// `what` says the type, where it is and why.
    public static LazuliException cannotEncode(String what) {
        return new LazuliException(ErrorCode.USER, "A value cannot be written as bytes: " + what + ".");
    }

    public static LazuliException corruptValue(long bytes, long position, RuntimeException cause) {
        return new LazuliException(
                ErrorCode.DATA,
                "%,d bytes are not an encoded value: at byte %,d, %s. They were damaged, or written by another program; write them again."
                        .formatted(bytes, position, cause.getMessage()),
                cause);
    }

    /// The first and last few of many names.
    private static String quoted(List<String> names, String between) {
        List<String> quoted = names.stream().map("'%s'"::formatted).toList();
        if (quoted.size() <= SHOWN) {
            return String.join(between, quoted);
        }
        int half = SHOWN / 2;
        return String.join(between, quoted.subList(0, half))
                + between + "... %d more ...".formatted(quoted.size() - SHOWN) + between
                + String.join(between, quoted.subList(quoted.size() - half, quoted.size()));
    }

    private static LazuliException user(String message) {
        return new LazuliException(ErrorCode.USER, message);
    }
}
