package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.fold;
import static io.lazuli.dataframe.Expressions.lit;
import static io.lazuli.dataframe.Expressions.sum;
import static io.lazuli.dataframe.Results.rows;
import static io.lazuli.dataframe.Results.sorted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.plan.PlanText;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldTest {
    private static final FakeSource TRIPS =
            FakeSource.of("trips.csv", "zone: UTF8", "fare: FLOAT64", "tip: INT", "day: DATE")
                    .row("a", 10.0, 1, 0)
                    .row("b", 5.0, null, 1)
                    .row("a", 30.0, 9, 2)
                    .row("c", null, 3, 3)
                    .row("b", 20.0, 5, null);

    record Trip(double fare, double tip) {}

    record Zoned(@Nullable String zone, @Nullable Integer tip) {}

    record Sums(double fare, double tip) {
        Sums plus(Sums other) {
            return new Sums(fare + other.fare, tip + other.tip);
        }
    }

    record Count(int nulls, long letters) {}

    record Named(String name) {}

    private final InlineEngine engine = new InlineEngine();

    @AfterEach
    void everyTestEndsAtTheMemoryBaseline() {
        engine.close();
    }

    private DataFrame trips(int partitionCount) {
        return TRIPS.inPartitions(partitionCount).frame(engine);
    }

    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    private static Expr share() {
        return fold(Trip.class, new Sums(0, 0), (sums, trip) -> sums.plus(new Sums(trip.fare(), trip.tip())),
                Sums::plus,
                Double.class, sums -> sums.fare() == 0 ? null : sums.tip() / sums.fare());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void rowsAreAddedToTheirGroups_withoutThoseWithANullInAPrimitive(int partitionCount) {
        DataFrame frame = trips(partitionCount).groupBy("zone").agg(share().as("share"), sum("tip"));

        assertThat(frame.schema()).hasToString("[zone: UTF8, share: FLOAT64, tip_sum: LONG]");
        assertThat(sorted(frame))
                .containsExactlyElementsOf(
                        sorted(List.of(row("a", 0.25, 10L), row("b", 0.25, 5L), row("c", null, 3L))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void nullsReachComponentsOfWrapperClasses(int partitionCount) {
        Expr counted = fold(Zoned.class, new Count(0, 0),
                (count, trip) -> new Count(count.nulls() + (trip.tip() == null ? 1 : 0),
                        count.letters() + (trip.zone() == null ? 0 : trip.zone().length())),
                (left, right) -> new Count(left.nulls() + right.nulls(), left.letters() + right.letters()),
                LocalDate.class, count -> LocalDate.of(2000 + count.nulls(), 1, (int) count.letters()));

        DataFrame frame = trips(partitionCount).agg(counted.as("day"));

        assertThat(frame.schema()).hasToString("[day: DATE]");
        assertThat(rows(frame))
                .isEqualTo(rows(trips(1).head(1).select(lit(LocalDate.of(2001, 1, 5)).as("day"))));
    }

    @Test
    void noRowsAreWhatIsKeptToBeginWith() {
        DataFrame none = trips(2).filter(col("fare").gt(100));

        assertThat(rows(none.agg(share().as("share")))).containsExactly(row((Object) null));
        assertThat(rows(none.groupBy("zone").agg(share().as("share")))).isEmpty();
    }

    @Test
    void plansAndCodeNameTheRecord() {
        DataFrame frame = TRIPS.frame().groupBy("zone").agg(share().as("share"));

        assertThat(PlanText.tree(frame.plan())).startsWith("  aggregate by [zone] fold($1, $2) as share\n");
        assertThat(frame).hasToString("trips.csv.groupBy(\"zone\").agg(fold(Trip.class, ...).as(\"share\"))");
    }

    @Test
    void mistakesAreFoundWhenThePlanIsBuilt() {
        record Misspelt(double fair) {}
        record Mistyped(long fare) {}
        assertThatThrownBy(() -> TRIPS.frame().agg(count(Misspelt.class)))
                .hasMessage(
                        "Column 'fair' not found in scan of trips.csv. Available: zone, fare, tip, day.");
        assertThatThrownBy(() -> TRIPS.frame().agg(count(Mistyped.class)))
                .hasMessage("fold(Mistyped.class, ...) needs LONG or INT, but col(\"fare\") is FLOAT64.");
        assertThatThrownBy(() -> TRIPS.frame().agg(count(Trip.class).plus(1)))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER));
        assertThatThrownBy(() -> fold(Trip.class, new Named("x"), (n, t) -> n, (a, b) -> a, String.class, Named::name))
                .hasMessage(
                        "Component 'String name' of record Named cannot be kept for each group. What an aggregate keeps is a record of boolean, int, long and double.");
        assertThatThrownBy(() -> fold(Trip.class, new Count(0, 0), (c, t) -> c, (a, b) -> a, Count.class, c -> c))
                .hasMessage(
                        "No column holds a Count, which fold(...) is to give. It gives a Boolean, Integer, Long, Double, String, LocalDate or LocalDateTime.");
    }

    private static <T extends Record> Expr count(Class<T> row) {
        return fold(row, new Count(0, 0), (count, ignored) -> new Count(0, count.letters() + 1),
                (left, right) -> new Count(0, left.letters() + right.letters()), Long.class, Count::letters);
    }

    @Test
    void functionsThatFail_areNamedWithTheirLineAndWhatTheyWereCalledWith() {
        Expr failing = fold(Trip.class, new Count(0, 0), (count, trip) -> {
            throw new IllegalStateException("no");
        }, (left, right) -> left, Long.class, Count::letters);
        Expr forgetful = fold(Trip.class, new Count(0, 0), (count, trip) -> count, (left, right) -> null, Long.class,
                Count::letters);

        assertThatThrownBy(() -> rows(trips(1).agg(failing.as("x"))))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessageMatching(
                        "The function for adding of fold Trip \\(FoldTest\\.java:\\d+\\) failed for Count\\[nulls=0, letters=0\\] and Trip\\[fare=10\\.0, tip=1\\.0\\]: java\\.lang\\.IllegalStateException: no\\. Make it accept them, or filter such rows out first\\.");
        assertThatThrownBy(() -> rows(trips(2).agg(forgetful.as("x"))))
                .hasMessageMatching(
                        "The function for merging of fold Trip \\(FoldTest\\.java:\\d+\\) returned null for Count\\[.*\\] and Count\\[.*\\]\\. Return the state as it was where nothing changes\\.");
    }
}
