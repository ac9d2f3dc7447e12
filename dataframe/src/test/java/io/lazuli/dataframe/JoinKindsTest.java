package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Results.sorted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each kind of join gives, whichever side is small.
class JoinKindsTest {
    private static final long SMALL = 1000;
    private static final long LARGE = 1L << 30;

    private final InlineEngine engine = new InlineEngine();

    @AfterEach
    void close() {
        engine.close();
    }

    private DataFrame people(long bytes) {
        return FakeSource.of("people", "city: INT", "name: UTF8")
                .row(1, "Ada")
                .row(2, "Bo")
                .row(2, "Cy")
                .row(null, "Di")
                .row(9, "Ed")
                .inPartitions(2)
                .ofBytes(bytes)
                .frame(engine);
    }

    private DataFrame cities(long bytes) {
        return FakeSource.of("cities", "code: LONG", "city_name: UTF8")
                .row(1L, "Rome")
                .row(2L, "Oslo")
                .row(2L, "Oslo Airport")
                .row(null, "Nowhere")
                .row(4L, "Lima")
                .inPartitions(3)
                .ofBytes(bytes)
                .frame(engine);
    }

    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    @ParameterizedTest
    @CsvSource({SMALL + "," + LARGE, LARGE + "," + SMALL, LARGE + "," + LARGE, SMALL + "," + SMALL})
    void aRightJoinKeepsTheRowsOfTheOtherFrame(long peopleBytes, long citiesBytes) {
        DataFrame joined = people(peopleBytes).rightJoin(cities(citiesBytes)).leftOn("city").rightOn("code");

        assertThat(joined.schema().toString()).isEqualTo("[city: LONG, name: UTF8, city_name: UTF8]");
        assertThat(sorted(joined)).isEqualTo(sorted(List.of(
                row(1L, "Ada", "Rome"),
                row(2L, "Bo", "Oslo"),
                row(2L, "Bo", "Oslo Airport"),
                row(2L, "Cy", "Oslo"),
                row(2L, "Cy", "Oslo Airport"),
                row(null, null, "Nowhere"),
                row(4L, null, "Lima"))));
    }

    @ParameterizedTest
    @CsvSource({SMALL + "," + LARGE, LARGE + "," + SMALL, LARGE + "," + LARGE, SMALL + "," + SMALL})
    void aFullJoinKeepsTheRowsOfBothAndFillsTheKeyFromEither(long peopleBytes, long citiesBytes) {
        DataFrame joined = people(peopleBytes).fullJoin(cities(citiesBytes)).leftOn("city").rightOn("code");

        assertThat(joined.schema().toString()).isEqualTo("[city: LONG, name: UTF8, city_name: UTF8]");
        assertThat(sorted(joined)).isEqualTo(sorted(List.of(
                row(1L, "Ada", "Rome"),
                row(2L, "Bo", "Oslo"),
                row(2L, "Bo", "Oslo Airport"),
                row(2L, "Cy", "Oslo"),
                row(2L, "Cy", "Oslo Airport"),
                row(null, "Di", null),
                row(9L, "Ed", null),
                row(null, null, "Nowhere"),
                row(4L, null, "Lima"))));
        assertThat(sorted(joined.filter(col("city").gt(3)).select("city"))).containsExactly(row(4L), row(9L));
    }

    @ParameterizedTest
    @CsvSource({SMALL + "," + LARGE, LARGE + "," + SMALL, LARGE + "," + LARGE, SMALL + "," + SMALL})
    void semiAndAntiJoinsDivideTheRowsOfThisFrame(long peopleBytes, long citiesBytes) {
        DataFrame people = people(peopleBytes);

        DataFrame known = people.semiJoin(cities(citiesBytes)).leftOn("city").rightOn("code");
        DataFrame unknown = people.antiJoin(cities(citiesBytes)).leftOn("city").rightOn("code");

        assertThat(known.schema()).isEqualTo(people.schema());
        assertThat(sorted(known)).containsExactly(row(1, "Ada"), row(2, "Bo"), row(2, "Cy"));
        assertThat(sorted(unknown)).isEqualTo(sorted(List.of(row(null, "Di"), row(9, "Ed"))));
    }

    @ParameterizedTest
    @CsvSource({SMALL + "," + LARGE, LARGE + "," + SMALL, LARGE + "," + LARGE, SMALL + "," + SMALL})
    void aCrossJoinPairsAllRowsWithAll(long peopleBytes, long citiesBytes) {
        DataFrame pairs = people(peopleBytes).crossJoin(cities(citiesBytes));

        assertThat(pairs.schema().names()).containsExactly("city", "name", "code", "city_name");
        assertThat(sorted(pairs)).hasSize(25).contains(row(null, "Di", null, "Nowhere"), row(9, "Ed", 1L, "Rome"));
        assertThat(sorted(pairs.agg(count()))).containsExactly(row(25L));
        assertThat(people(peopleBytes).crossJoin(people(citiesBytes), "_too").schema().names())
                .containsExactly("city", "name", "city_too", "name_too");
    }

    @Test
    void framesAreTheCodeThatBuildsThem() {
        DataFrame people = people(SMALL);
        DataFrame cities = cities(SMALL);

        assertThat(people.fullJoin(cities).leftOn("city").rightOn("code"))
                .hasToString("people.fullJoin(cities).leftOn(\"city\").rightOn(\"code\")");
        assertThat(people.antiJoin(people).on("city")).hasToString("people.antiJoin(people).on(\"city\")");
        assertThat(people.crossJoin(people, "_too")).hasToString("people.crossJoin(people, \"_too\")");
    }

    @Test
    void explainNamesTheKindAndShowsTheBuiltSideFirst() {
        DataFrame joined = people(LARGE).fullJoin(cities(LARGE)).leftOn("city").rightOn("code");
        DataFrame kept = people(SMALL).rightJoin(cities(LARGE)).leftOn("city").rightOn("code").select("name");

        assertThat(joined.explain().lines().skip(1).limit(5)).containsExactly(
                "  project if($key0 is null, $right0, $key0) as city, name, city_name",
                "    full join on $key0 = code [$key0, name, city_name, $right0]",
                "      project city, name, long(city) as $key0",
                "        scan people [city, name]",
                "      scan cities [code, city_name]");
        assertThat(kept.explain().split("layers\n")[1]).isEqualTo("""
                  0  scan people > project  2 partitions
                  1  build                  1 partition    all of 0
                  2  scan cities > join     3 partitions   all of 1
                """);
    }

    @Test
    void errorsSayWhatToDo() {
        DataFrame people = people(SMALL);
        assertError(
                () -> people.crossJoin(people),
                "Columns 'city', 'name' occur on both sides of the join of people and people. Give the right side's another name"
                        + " with crossJoin(other, \"_right\"), or rename or drop them before.");
        assertError(
                () -> people.fullJoin(cities(SMALL)).leftOn("city", "city").rightOn("code", "code"),
                "fullJoin joins on 'city' twice, but the result has one column of that name, which comes from both sides. Copy the key"
                        + " under another name before, such as withColumns(col(\"city\").as(\"city_copy\")), and join on that.");
        assertError(() -> people.semiJoin(people).on(),
                "on() was called with nothing. Give it at least one key column.");
    }

    private static void assertError(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessage(message);
    }
}
