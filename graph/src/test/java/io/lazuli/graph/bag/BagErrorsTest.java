package io.lazuli.graph.bag;

import static io.lazuli.graph.bag.Engines.here;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The text of every error of bags; those of text files are in [ReadTextTest] and [WriteTextTest].
class BagErrorsTest {
    static Bag<Long> numbers() {
        return here(Bag.range(0, 10, 2));
    }

    static LazuliException failure(Consumer<Bag<Long>> use) {
        LazuliException failure = catchThrowableOfType(LazuliException.class, () -> use.accept(numbers()));
        assertThat(failure).isNotNull();
        return failure;
    }

    static <A, B> Arguments row(Consumer<Bag<Long>> use, String message) {
        return Arguments.of(use, message);
    }

    static Stream<Arguments> functionsThatThrow() {
        String thrown = "java.lang.ArithmeticException: / by zero.";
        return Stream.of(
                row(bag -> bag.map(n -> 1 / (n - 7)).compute(),
                        "The function of map failed on element 2 of partition 1: " + thrown),
                row(bag -> bag.filter(n -> n > 4).map(n -> 1 / (n - 7)).compute(),
                        "The function of map failed on element 2 of partition 1: " + thrown),
                row(bag -> bag.remove(n -> 1 / (n - 3) > 4).compute(),
                        "The function of remove failed on element 3 of partition 0: " + thrown),
                row(bag -> bag.flatMap(n -> List.of(1 / n)).compute(),
                        "The function of flatMap failed on element 0 of partition 0: " + thrown),
                row(bag -> bag.mapPartitions(part -> List.of(1 / part.getFirst())).compute(),
                        "The function of mapPartitions failed on partition 0, before its first element: " + thrown),
                row(bag -> bag.groupBy(n -> 1 / (n - 9)).compute(),
                        "The function of groupBy failed on element 4 of partition 1: " + thrown),
                row(bag -> bag.fold(() -> 1L, (a, n) -> a / (n - 1), Long::sum).compute(),
                        "The function of fold failed on element 1 of partition 0: " + thrown),
                row(bag -> bag.fold(() -> 1 / (bag.partitionCount() - 2), (a, n) -> a, Integer::sum).compute(),
                        ", before its first element: " + thrown),
                row(bag -> bag.join(List.of(0L), n -> n, n -> 1 / n).compute(),
                        "The function of join failed on element 0 of partition 0: " + thrown),
                row(bag -> bag.topK(2, (a, b) -> (int) (1 / (a - 6))).compute(),
                        "The function of topK failed on element 1 of partition 1: " + thrown),
                row(bag -> bag.count().map(n -> 1 / (n - 10)).compute(),
                        "The function of map failed on element 0 of partition 0: " + thrown));
    }

    @ParameterizedTest
    @MethodSource
    void functionsThatThrow(Consumer<Bag<Long>> use, String message) {
        LazuliException failure = failure(use);
        assertThat(failure).hasMessageContaining(message).hasRootCauseInstanceOf(ArithmeticException.class);
        assertThat(failure.code()).isEqualTo(ErrorCode.USER);
    }

    private static Iterable<Long> brokenAfter(long count) {
        return () -> new Iterator<>() {
            private long next;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Long next() {
                if (next == count) {
                    throw new IllegalStateException("broken");
                }
                return next++;
            }
        };
    }

    static Stream<Arguments> wrongUse() {
        return Stream.of(
                row(bag -> bag.filter(n -> n == 8 ? null : true).compute(),
                        "The function of filter returned null for element 3 of partition 1, expected true or false."),
                row(bag -> bag.flatMap(n -> n == 8 ? null : List.of(n)).compute(),
                        "The function of flatMap returned null for element 3 of partition 1, expected an iterable."),
                row(bag -> bag.topK(2, (a, b) -> Math.max(a, b) == 9 ? null : Long.compare(a, b)).compute(),
                        "The function of topK returned null for element 4 of partition 1, expected a number."),
                row(bag -> bag.flatMap(n -> n == 8 ? brokenAfter(2) : List.of(n)).compute(),
                        "The function of flatMap failed on element 3 of partition 1: java.lang.IllegalStateException: broken."),
                row(bag -> bag.groupBy(n -> n == 0 ? List.of(new int[0]) : n).compute(),
                        "The key that groupBy found for element 0 of partition 0 contains a value of int[], which has no hash that is the same in every JVM. Use a record, a string, a number, or a list of these as the key, or let the class implement io.lazuli.graph.Tokenized."),
                row(bag -> bag.map(n -> n == 0 ? new Object() : n).distinct().compute(),
                        "The key that distinct found for element 0 of partition 0 contains a value of java.lang.Object, which"),
                row(bag -> bag.zip(here(Bag.range(0, 10, 3))),
                        "zip needs two bags with the same number of partitions, found 2 and 3. Make both from the same bag, or use repartition(2) on the one made of values."),
                row(bag -> bag.zip(bag.filter(n -> n != 9)).compute(),
                        "zip needs two bags with equally long partitions, but partition 1 has 5 elements here and 4 there. Make both from the same bag without filter, remove, flatMap or sample."),
                row(bag -> bag.filter(n -> n > 10).max(Long::compare).compute(),
                        "The bag is empty, so max has no value. Use fold with an initial value, or ask count first."),
                row(bag -> bag.filter(n -> n > 10).reduce(Long::sum).compute(),
                        "The bag is empty, so reduce has no value."),
                row(bag -> bag.sumLong(n -> n / 2.0).compute(),
                        "sumLong adds whole numbers of at most 64 bits, found a"),
                row(bag -> bag.repartition(0), "Argument partitions of repartition is 0, expected at least 1."),
                row(bag -> Bag.from(List.of(), 0), "Argument partitions of from is 0, expected at least 1."),
                row(bag -> Bag.range(Long.MIN_VALUE, Long.MAX_VALUE, 1),
                        "Argument end of range is 9223372036854775807, expected less than 2^63 above the start."),
                row(bag -> bag.take(-1), "Argument count of take is -1, expected at least 0."),
                row(bag -> bag.sample(1.5, 1), "Argument fraction of sample is 1.5, expected 0 to 1."),
                row(bag -> bag.sample(Double.NaN, 1), "Argument fraction of sample is NaN, expected 0 to 1."),
                row(Bag::unpersist,
                        "Only a bag that persist() returned can be unpersisted, not Bag.range(0, 10, 2)."));
    }

    @ParameterizedTest
    @MethodSource
    void wrongUse(Consumer<Bag<Long>> use, String message) {
        LazuliException failure = failure(use);
        assertThat(failure).hasMessageContaining(message);
        assertThat(failure.code()).isEqualTo(ErrorCode.USER);
    }

    @Test
    void anErrorOfLazuliKeepsItsCode() {
        LazuliException inner = new LazuliException(ErrorCode.DATA, "bad data");
        LazuliException failure = failure(bag -> bag.map(n -> {
            throw inner;
        }).compute());
        assertThat(failure.code()).isEqualTo(ErrorCode.DATA);
        assertThat(failure).hasRootCause(inner);
    }

    @Test
    void aRetryRunsThePartitionAgain() {
        AtomicInteger calls = new AtomicInteger();
        Bag<Long> flaky = numbers().map(n -> {
            if (n == 7 && calls.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            return n;
        });
        assertThat(flaky.withOptions(JobOptions.DEFAULTS.withRetries(2)).compute()).hasSize(10);
        assertThat(calls).hasValue(3);
    }

    @Test
    void errorsOfTheJvmPassAsTheyAre() {
        assertThatThrownBy(() -> numbers().map(n -> {
            throw new StackOverflowError();
        }).compute()).hasRootCauseInstanceOf(StackOverflowError.class)
                .message().doesNotContain("The function of map");
    }
}
