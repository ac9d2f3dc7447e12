package io.lazuli.tests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.type.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Random questions about random tables: Lazuli gives the answers that DuckDB gives. A case that fails is made as simple as it
/// can be, and printed with its tables, its code, its SQL, its plan, what differs, and how to run it again.
class DuckDbOracleTest {
    private static final int CASES = Integer.getInteger("lazuli.oracle.cases", 3000);
    private static final int FIRST_WORLD = Integer.getInteger("lazuli.oracle.first", 0);
    private static final int CASES_PER_WORLD = 30;
    private static final int CASES_PER_BIG_WORLD = 10;
    private static final int SHRINKING_TRIES = 300;
    private static final int MOST_FAILURES = Integer.getInteger("lazuli.oracle.failures", 5);

    @Test
    void answersAreThoseOfTheOracle() throws Exception {
        Coverage coverage = new Coverage();
        List<String> failures = new ArrayList<>();
        try (OracleDatabase database = new OracleDatabase();
                Engines engines = Engines.local()) {
            for (int world = FIRST_WORLD; coverage.caseCount() < CASES && failures.size() < MOST_FAILURES; world++) {
                failures.addAll(run(world, CASES - coverage.caseCount(), database, engines, coverage));
            }
        }
        System.out.println(coverage);
        assertThat(failures).as("cases that differ").isEmpty();
        checkCoverage(coverage);
    }

    @Test
    @EnabledIfSystemProperty(named = "lazuli.oracle.case", matches = ".+")
    void replay() throws Exception {
        List<Integer> choices = Stream.of(System.getProperty("lazuli.oracle.case").split("/|,"))
                .map(Integer::valueOf)
                .toList();
        int split = System.getProperty("lazuli.oracle.case").split("/")[0].split(",").length;
        try (OracleDatabase database = new OracleDatabase();
                Engines engines = Engines.local()) {
            Optional<String> difference =
                    difference(choices.subList(0, split), choices.subList(split, choices.size()), database, engines);
            assertThat(difference).as(difference.orElse("")).isEmpty();
        }
    }

    /// Runs the cases of one world, `most` at most, and reports those that differ.
    static List<String> run(
            int worldSeed, int most, OracleDatabase database, Engines engines, Coverage coverage)
            throws SQLException, IOException {
        List<String> failures = new ArrayList<>();
        try (World world = World.create(Choices.ofSeed(worldSeed), database, engines)) {
            int cases = world.isBig() ? CASES_PER_BIG_WORLD : CASES_PER_WORLD;
            for (int c = 0; c < Math.min(cases, most); c++) {
                Case asked = new Case(world, database, engines, Choices.ofSeed(worldSeed * 1000L + c));
                if (asked.run().isPresent()) {
                    String report = report(world.choices(), asked.choices(), database, engines);
                    System.out.println(report);
                    failures.add(report);
                    break;
                }
                coverage.add(asked);
            }
        }
        return failures;
    }

    /// The simplest case like this one that fails, with all that is known of it.
    private static String report(
            List<Integer> world, List<Integer> asked, OracleDatabase database, Engines engines) {
        Shrinker questions = new Shrinker(c -> difference(world, c, database, engines).isPresent(), SHRINKING_TRIES);
        List<Integer> simpler = questions.shrink(asked);
        Shrinker worlds = new Shrinker(w -> difference(w, simpler, database, engines).isPresent(), SHRINKING_TRIES);
        List<Integer> smaller = worlds.shrink(world);
        String difference = difference(smaller, simpler, database, engines)
                .orElseGet(() -> "it did not fail again; as it was:\n"
                        + difference(world, asked, database, engines).orElse("nor did this"));
        return difference
                + "\nRun it again: mvn -q verify -pl tests -am -Dquick -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dtest=DuckDbOracleTest#replay -Dlazuli.oracle.case=" + join(smaller) + "/" + join(simpler);
    }

    private static String join(List<Integer> choices) {
        return choices.isEmpty() ? "0" : String.join(",", choices.stream().map(Object::toString).toList());
    }

    private static Optional<String> difference(
            List<Integer> worldChoices, List<Integer> choices, OracleDatabase database, Engines engines) {
        try (World world = World.create(Choices.replaying(worldChoices), database, engines)) {
            Case asked = new Case(world, database, engines, Choices.replaying(choices));
            return asked.run().map(difference -> asked + "\n" + difference);
        } catch (SQLException e) {
            throw new IllegalStateException("the oracle does not understand its SQL", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every operator met every kind of table and every engine, and those that look at values every type; and the oracle answered.
    private static void checkCoverage(Coverage coverage) {
        assertThat(coverage.count("scan", "unanswered"))
                .as("cases at which the oracle broke")
                .isLessThanOrEqualTo(1 + coverage.caseCount() / 10_000);
        if (coverage.caseCount() < 3000) {
            return;
        }
        List<String> traits = List.of("nulls", "all null", "NaN", "no rows", "one row", "> 1 batch", "2-5 parts",
                "6-20 parts", "CSV", "Parquet", "JSON", "Arrow", "1 thread", "2 threads", "4 threads",
                "through bytes");
        for (Operator operator : Operator.ALL) {
            for (String trait : traits) {
                assertThat(coverage.count(operator.name(), trait)).as(operator.name() + ", " + trait).isPositive();
            }
        }
        // which operators meet big tables and little memory at once, and spill, is a matter of luck and timing
        for (String trait : List.of("8 MiB", "spilled", "codes")) {
            assertThat(coverage.count("scan", trait)).as(trait).isPositive();
        }
        for (String operator : List.of("filter", "select", "groupBy", "join", "leftJoin", "sort", "top-k")) {
            for (DataType type : Terms.ALL_TYPES) {
                String name = type.toString();
                assertThat(coverage.count(operator, name)).as(operator + ", " + name).isPositive();
            }
        }
    }
}
