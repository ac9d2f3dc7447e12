package io.lazuli.graph.error;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every message of this module that users see.
public final class GraphErrors {
    /// Names of a long list that are shown.
    private static final int SHOWN = 8;

    private GraphErrors() {}

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

    public static LazuliException objectCannotTravel(String operation) {
        return new LazuliException(
                ErrorCode.INTERNAL,
                "Operation %s returns an object of one process, and another process asks for it. Let the operation pack and unpack it."
                        .formatted(operation));
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

    public static LazuliException emptyGraph() {
        return user("A graph without layers has nothing to run. Give it at least one.");
    }

    public static LazuliException heldWithoutPartitions(@Nullable Object token, @Nullable Integer count) {
        return user(
                "A graph cannot start from held result %s with %s partitions. Name it as it was persisted, with at least one."
                        .formatted(token, count));
    }

    public static LazuliException noEarlierLayer(Object layer, String on) {
        return user(
                "Layer %s depends on %s, which is no layer before it, and not held: layers form a cycle, are out of order, or one is missing. List each layer after those that it reads."
                        .formatted(layer, on));
    }

    public static LazuliException layerReadsItself(Object layer) {
        return user(
                "Layer %s depends on itself: a cycle. Its tasks may read lower partitions of it, by an explicit dependency."
                        .formatted(layer));
    }

    public static LazuliException taskReadsLaterTask(Object layer, int partition, int source) {
        return user(
                "Partition %d of layer %s depends on partition %d, which does not come before it: a cycle, or tasks out of order. Number tasks so that each comes after those that it reads."
                        .formatted(partition, layer, source));
    }

    public static LazuliException duplicateLayer(Object layer) {
        return user(
                "Layer %s has the token of another layer, or of a held result. If both do the same, leave one out; if not, put what differs into the token."
                        .formatted(layer));
    }

    public static LazuliException layersDoNotFit(Object layer, String on, RuntimeException cause) {
        return new LazuliException(
                ErrorCode.USER,
                "Layer %s does not fit %s: %s. Change the dependency, or the number of partitions of one of both."
                        .formatted(layer, on, cause.getMessage()),
                cause);
    }

    public static LazuliException noOutputLayer(Object token, List<?> layers) {
        return user("No layer has the token %s of the wanted output. Layers are: %s."
                .formatted(token, layers.stream().limit(SHOWN).toList()));
    }

    public static LazuliException nullResult() {
        return new LazuliException(ErrorCode.INTERNAL, "it returned null instead of a block.");
    }

    /// Two descriptions of work that go by one token.
    public static LazuliException sameToken(String token, String one, String other) {
        return new LazuliException(
                ErrorCode.USER,
                "Token %s stands for two different things: %s, and %s. A token must be a hash of all that decides the result: build layers with Layer.of, or give them Token.random()."
                        .formatted(token, one, other));
    }

    /// What failed within a task that does the work of several.
    public static String stepFailed(String operation, int step, int stepCount, String key, Throwable cause) {
        String what = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        return "Step '%s' (%d of %d, for %s) failed: %s".formatted(operation, step, stepCount, key, what);
    }

    public static LazuliException pictureFormat(Path file) {
        return new LazuliException(
                ErrorCode.USER,
                "Cannot draw a graph to %s: its name must end with .svg or .dot. For another format write .dot and let Graphviz convert it: dot -Tpng graph.dot -o graph.png"
                        .formatted(file));
    }

    public static LazuliException cannotWritePicture(Path file, IOException cause) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "Cannot write the picture of a graph to %s: %s. Name a file in a directory that exists and can be written."
                        .formatted(file, cause),
                cause);
    }

    // What follows is of bags.

    /// What a user's function threw at one element. `index` is the place in the partition, negative before the first.
    public static String functionFailed(String operation, int partition, long index, Throwable cause) {
        return "The function of %s failed on %s: %s.".formatted(operation, element(partition, index), cause);
    }

    public static LazuliException functionReturnedNull(String operation, int partition, long index, String expected) {
        return user("The function of %s returned null for %s, expected %s."
                .formatted(operation, element(partition, index), expected));
    }

    private static String element(int partition, long index) {
        return index < 0
                ? "partition %d, before its first element".formatted(partition)
                : "element %,d of partition %d".formatted(index, partition);
    }

    public static LazuliException unstableKey(String operation, int partition, long index, Class<?> type) {
        return user(
                "The key that %s found for %s contains a value of %s, which has no hash that is the same in every JVM. Use a record, a string, a number, or a list of these as the key, or let the class implement io.lazuli.graph.Tokenized."
                        .formatted(operation, element(partition, index), type.getTypeName()));
    }

    public static LazuliException badArgument(String operation, String name, Object found, String expected) {
        return user("Argument %s of %s is %s, expected %s.".formatted(name, operation, found, expected));
    }

    public static LazuliException partitionsDiffer(String operation, int left, int right) {
        return user(
                "%s needs two bags with the same number of partitions, found %d and %d. Make both from the same bag, or use repartition(%d) on the one made of values."
                        .formatted(operation, left, right, left));
    }

    public static LazuliException lengthsDiffer(String operation, int partition, long left, long right) {
        return user(
                "%s needs two bags with equally long partitions, but partition %d has %,d elements here and %,d there. Make both from the same bag without filter, remove, flatMap or sample."
                        .formatted(operation, partition, left, right));
    }

    public static LazuliException notIterable(int partition, @Nullable Object found) {
        return user(
                "fromDelayed makes partition %d of an Iterable, but its call gave %s. Return a list from the function."
                        .formatted(partition, found == null ? "null" : "a " + found.getClass().getName()));
    }

    public static LazuliException emptyBag(String operation) {
        return user(
                "The bag is empty, so %s has no value. Use fold with an initial value, or ask count first."
                        .formatted(operation));
    }

    public static LazuliException notWhole(String operation, Class<?> found) {
        return user(
                "%s adds whole numbers of at most 64 bits, found a %s. Convert it in the function, or use sum."
                        .formatted(operation, found.getTypeName()));
    }

    public static LazuliException overflow(String operation) {
        return new LazuliException(
                ErrorCode.DATA,
                "The result of %s does not fit into 64 bits. Use sum, or fold with BigInteger.".formatted(operation));
    }

    public static LazuliException differentEngines() {
        return user("The bags are to run on different engines. Give both the same with withEngine(...).");
    }

    public static LazuliException notPersisted(String what, String code) {
        return user("Only a %s that persist() returned can be unpersisted, not %s.".formatted(what, code));
    }

    public static LazuliException unpersisted() {
        return user(
                "What is to be computed reads what unpersist() gave back. Make it again from what was there before persist().");
    }

    public static LazuliException persistedElsewhere() {
        return user(
                "What is to be computed reads what was persisted on another engine. Run it there, or persist it here.");
    }

    // What follows is of text files.

    public static LazuliException noPaths() {
        return user("readText was given no path. Name a file, a folder, or a pattern such as 'logs/*.txt'.");
    }

    public static LazuliException noSuchFile(String path) {
        return user(
                "No file or folder at '%s' (seen from folder '%s'). Check the path; a pattern may hold * and ? in its last part."
                        .formatted(path, Path.of("").toAbsolutePath()));
    }

    public static LazuliException noMatchingFiles(String path, String glob) {
        return user("No files to read in '%s': nothing there matches '%s'. Name the files with a pattern such as '%s'."
                .formatted(path, glob, "folder/*.csv"));
    }

    public static LazuliException notRegularFile(String path) {
        return user(
                "Cannot read '%s': it is a pipe, socket or device, no regular file. Copy what it gives to a file and read that."
                        .formatted(path));
    }

    public static LazuliException badGlob(String pattern, String reason) {
        return user(
                "The last part of '%s' is no pattern: %s. A pattern may hold *, ?, [abc] and {csv,txt}; write \\ before such a character that is meant as it is."
                        .formatted(pattern, reason));
    }

    public static LazuliException unreadableFile(String path, Throwable cause) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "Cannot read '%s': %s. Check that it exists and that this process may read it.".formatted(path,
                        reason(cause)),
                cause);
    }

    public static LazuliException changedFile(String path, long foundBytes, long expectedBytes) {
        return data(
                "File '%s' changed after the plan was built: it has %,d bytes now and had %,d then. Build the frame or bag again."
                        .formatted(path, foundBytes, expectedBytes),
                null);
    }

    public static LazuliException malformedText(String path, long offset, byte found) {
        return data(
                "File '%s' is not UTF-8: byte %,d is 0x%02X, which cannot stand there. Convert it, for example with iconv."
                        .formatted(path, offset, found),
                null);
    }

    public static LazuliException lineTooLong(String path, long offset, long mostBytes) {
        return data(
                "The line at byte %,d of '%s' is longer than %,d bytes. Is it a text file, with \\n at the end of its lines?"
                        .formatted(offset, path, mostBytes),
                null);
    }

    public static LazuliException damagedGzip(String path, Throwable cause) {
        return data(
                "'%s' is named as a gzip file, but cannot be decompressed: %s. It may be cut off, or of another format."
                        .formatted(path, reason(cause)),
                cause);
    }

    public static LazuliException nullLine(int partition, long index) {
        return user("writeText cannot write %s: it is null. Map it to a text, or remove it, before."
                .formatted(element(partition, index)));
    }

    public static LazuliException partsExist(String directory, String file) {
        return user(
                "Folder '%s' already has '%s' of an earlier writeText. Choose an empty folder, or delete its part files."
                        .formatted(directory, file));
    }

    public static LazuliException writeFailed(String path, Throwable cause) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "Writing '%s' failed: %s. Nothing is left of it; check the disk's free space and permissions, and write again."
                        .formatted(path, reason(cause)),
                cause);
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null || cause.getMessage().isBlank()
                ? cause.getClass().getSimpleName()
                : cause.getClass().getSimpleName() + " " + cause.getMessage();
    }

    private static LazuliException user(String message) {
        return new LazuliException(ErrorCode.USER, message);
    }

    private static LazuliException data(String message, @Nullable Throwable cause) {
        return new LazuliException(ErrorCode.DATA, message, cause);
    }

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
}
