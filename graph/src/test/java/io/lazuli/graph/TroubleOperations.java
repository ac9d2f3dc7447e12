package io.lazuli.graph;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/// Operations that fail, wait, or ask for too much. They speak with the test through files, so that they also can from
/// another process.
public final class TroubleOperations {
    private TroubleOperations() {}

    /// Empty files in a directory that say: this has happened.
    public record Signals(String directory) {
        public void give(String name) {
            try {
                Files.writeString(Path.of(directory, name), ".", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public boolean isGiven(String name) {
            return Files.exists(Path.of(directory, name));
        }

        /// How often it was given.
        public int count(String name) {
            try {
                return isGiven(name) ? (int) Files.size(Path.of(directory, name)) : 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Gives `<name>.started`, waits for `<name>.open`, gives `<name>.ended` in any case. One row: 1.
    public record Gate(Signals signals, String name) implements Operation {
        public String started() {
            return name + ".started";
        }

        public String open() {
            return name + ".open";
        }

        public String ended() {
            return name + ".ended";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            context.memory().allocate(1000);
            signals.give(started());
            try {
                while (!signals.isGiven(open())) {
                    context.checkCancelled();
                    LockSupport.parkNanos(500_000);
                }
            } finally {
                signals.give(ended());
            }
            return LongOperations.column(context, 1);
        }
    }

    public enum Failure {
        DATA_ERROR,
        EXCEPTION,
        STACK_OVERFLOW,
        OUT_OF_MEMORY,
        NULL_RESULT
    }

    /// Fails in one partition, holding memory; one row elsewhere.
    public record Fail(Failure how, int partition) implements Operation {
        public static final String MESSAGE = "row 7 is broken";

        @Override
        public String name() {
            return "fail";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            Block half = LongOperations.column(context, 1, 2, 3);
            if (context.partition() != partition) {
                return half;
            }
            half.release();
            return switch (how) {
                case DATA_ERROR -> throw new LazuliException(ErrorCode.DATA, MESSAGE);
                case EXCEPTION -> throw new IllegalStateException(MESSAGE);
                case STACK_OVERFLOW -> throw new AssertionError(depth(0));
                case OUT_OF_MEMORY -> throw new OutOfMemoryError(MESSAGE);
                case NULL_RESULT -> null;
            };
        }

        @SuppressWarnings("InfiniteRecursion")
        private static long depth(long so) {
            return depth(so + 1) + 1;
        }
    }

    /// Fails with `code` until it has run `failures` times. One row: 1. Gives `<name>` at each run.
    public record Flaky(Signals signals, String name, ErrorCode code, int failures) implements Operation {
        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            signals.give(name);
            if (signals.count(name) <= failures) {
                throw new LazuliException(code, "run " + signals.count(name) + " fails");
            }
            return LongOperations.column(context, 1);
        }
    }

    /// Insists on a buffer of so many bytes.
    public record Greedy(long bytes) implements Operation {
        @Override
        public String name() {
            return "greedy";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            context.memory().allocate(1 << 16);
            context.memory().allocate(bytes);
            return LongOperations.column(context, 1);
        }
    }
}
