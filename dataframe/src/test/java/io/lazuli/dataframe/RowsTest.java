package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.lowering.Lowering;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows as records: bound by name and type, through functions, and back.
class RowsTest {
    private final InlineEngine engine = new InlineEngine();

    private record Trip(String zone, double fare, Integer tip) {}

    private record Share(String zone, double share) {}

    record Everything(boolean a, int b, long c, double d, Boolean e, Integer f, Long g, Double h, String i, LocalDate j,
            LocalDateTime k) {}

    private record Number(long n) {}

    private static final FakeSource TRIPS =
            FakeSource.of("trips.csv", "tip: INT", "zone: UTF8", "fare: FLOAT64", "day: DATE")
                    .row(1, "north", 10.0, 0)
                    .row(null, null, 20.0, 1)
                    .row(6, "a zone with a long name", 30.0, null);

    @AfterEach
    void everyTestEndsAtTheMemoryBaseline() {
        engine.close();
    }

    private DataFrame trips(int partitionCount) {
        return TRIPS.inPartitions(partitionCount).frame(engine);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void recordsGoThroughFunctionsAndBack(int partitionCount) {
        Rows<Trip> trips = trips(partitionCount).rows(Trip.class);

        assertThat(trips.toList()).containsExactly(
                new Trip("north", 10, 1), new Trip(null, 20, null), new Trip("a zone with a long name", 30, 6));
        DataFrame shares = trips.filter(trip -> trip.tip() != null)
                .map(Share.class, trip -> new Share(trip.zone(), trip.tip() / trip.fare()))
                .toFrame();
        assertThat(shares.schema()).hasToString("[zone: UTF8, share: FLOAT64]");
        assertThat(Results.rows(shares.filter(col("share").gt(0.15))))
                .containsExactly(List.of("a zone with a long name", 0.2));
        assertThat(shares).hasToString("trips.csv.rows(Trip.class).filter(...).map(Share.class, ...)");
        assertThat(shares.explain()).contains("map Share [zone, share]", "filter Trip [zone, fare, tip]");
    }

    @Test
    void everyTypeComesBackAsItWas() {
        FakeSource source = FakeSource.of("all.csv", "a: BOOL", "b: INT", "c: LONG", "d: FLOAT64", "e: BOOL", "f: INT",
                "g: LONG", "h: FLOAT64", "i: UTF8", "j: DATE", "k: TIMESTAMP")
                .row(true, -1, Long.MIN_VALUE, Double.NaN, false, 2, 3L, -0.0, "ß", -40_000, -1L)
                .row(false, Integer.MAX_VALUE, 0L, 1.5, null, null, null, null, null, null, null);
        Everything full = new Everything(true, -1, Long.MIN_VALUE, Double.NaN, false, 2, 3L, -0.0, "ß",
                LocalDate.ofEpochDay(-40_000), LocalDateTime.parse("1969-12-31T23:59:59.999999"));
        Everything empty =
                new Everything(false, Integer.MAX_VALUE, 0, 1.5, null, null, null, null, null, null, null);
        DataFrame frame = source.frame(engine);

        assertThat(frame.rows(Everything.class).toList()).containsExactly(full, empty);
        assertThat(Results.rows(frame.rows(Everything.class).map(Everything.class, row -> row).toFrame()))
                .isEqualTo(source.rows());
    }

    @Test
    void aRowBecomesManyOrNone() {
        DataFrame frame = FakeSource.of("n.csv", "n: INT").row(0).row(10_000).row(3).inPartitions(2).frame(engine);

        List<Number> all = frame.rows(Number.class)
                .flatMap(Number.class, row -> IntStream.range(0, (int) row.n()).mapToObj(Number::new).toList())
                .toList();

        assertThat(all).hasSize(10_003).startsWith(new Number(0), new Number(1)).endsWith(new Number(1), new Number(2));
    }

    @Test
    void aStreamThatIsClosedEarlyLeavesNothing() {
        try (Stream<Trip> rows = trips(3).rows(Trip.class).stream()) {
            assertThat(rows.findFirst()).contains(new Trip("north", 10, 1));
        }
    }

    @Test
    void equalFunctionsAreEqualWork() {
        assertThat(work(trips(2))).isEqualTo(work(trips(2)));
        assertThat(work(trips(2))).isNotEqualTo(work(trips(3)));
    }

    private static String work(DataFrame frame) {
        return Lowering.lower(frame.rows(Trip.class).filter(trip -> trip.fare() > 1).toFrame().plan())
                .output()
                .toString();
    }

    private record Misspelt(String zne) {}

    private record Mistyped(int fare) {}

    private record Unheld(List<String> zone) {}

    private record Nothing() {}

    private record Primitive(int tip) {}

    private record Picky(double fare) {
        Picky {
            if (fare > 15) {
                throw new IllegalArgumentException("too dear");
            }
        }
    }

    @Test
    void whatCannotBeBoundSaysWhy() {
        assertThatThrownBy(() -> trips(1).rows(Misspelt.class))
                .hasMessage(
                        "Component 'String zne' of record Misspelt has no column in the scan of trips.csv. Did you mean 'zone'? Available: tip, zone, fare, day. Rename the column, or the component.");
        assertThatThrownBy(() -> trips(1).rows(Mistyped.class))
                .hasMessage(
                        "Component 'int fare' of record Mistyped cannot take column 'fare', which is FLOAT64: it takes INT. Cast the column, or declare the component otherwise.");
        assertThatThrownBy(() -> trips(1).rows(Unheld.class))
                .hasMessage(
                        "Component 'List zone' of record Unheld has no column type. A component is a boolean, int, long, double (or Boolean, Integer, Long, Double, which may be null), String, LocalDate or LocalDateTime.");
        assertThatThrownBy(() -> trips(1).rows(Nothing.class))
                .hasMessage("Record Nothing has no components, so its rows have no columns. Give it at least one.");
    }

    @Test
    void whatFailsNamesRowAndLine() {
        assertThatThrownBy(() -> trips(1).rows(Primitive.class).toList())
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessage(
                        "Column 'tip' is null in row 1 of partition 0, which component 'int tip' of record Primitive cannot hold. Declare it by its wrapper class, fill the column with fillNull(...), or leave such rows out with dropNulls(\"tip\").");
        assertThatThrownBy(() -> trips(2).rows(Trip.class).filter(trip -> trip.tip() > 0).toList())
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessageStartingWith("The function of filter Trip (RowsTest.java:")
                .hasMessageContaining(
                        "failed for Trip[zone=null, fare=20.0, tip=null]: java.lang.NullPointerException");
        assertThatThrownBy(() -> trips(1).rows(Trip.class).map(Share.class, trip -> null).toList())
                .hasMessageStartingWith("The function of map Share (RowsTest.java:")
                .hasMessageEndingWith(
                        "returned null for Trip[zone=north, fare=10.0, tip=1]. Return a value for every row; filter(...) leaves rows out.");
        assertThatThrownBy(
                () -> trips(1).rows(Trip.class).flatMap(Share.class, t -> Collections.singleton(null)).toList())
                .hasMessageContaining("returned null");
        assertThatThrownBy(() -> trips(1).rows(Picky.class).toList())
                .hasMessage(
                        "The constructor of record Picky failed for fare = 20.0: java.lang.IllegalArgumentException: too dear. Make it accept the row or filter such rows out first.");
    }

    @Test
    void nullsOfWrapperClassesComeBackAsNulls() {
        assertThat(Results.rows(trips(2).rows(Trip.class).map(Trip.class, trip -> trip).toFrame()))
                .contains(Arrays.asList(null, 20.0, null));
    }
}
