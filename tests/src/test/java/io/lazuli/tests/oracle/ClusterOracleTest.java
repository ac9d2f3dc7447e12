package io.lazuli.tests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// As [DuckDbOracleTest], on four worker processes: the same questions, unchanged.
class ClusterOracleTest {
    private static final int CASES = Integer.getInteger("lazuli.oracle.cluster-cases", 100);
    private static final int FIRST_WORLD = Integer.getInteger("lazuli.oracle.first", 5000);
    private static final int MOST_FAILURES = 3;

    @Test
    @Timeout(1200)
    void answersOfFourProcesses_areThoseOfTheOracle() throws Exception {
        Coverage coverage = new Coverage();
        List<String> failures = new ArrayList<>();
        try (OracleDatabase database = new OracleDatabase();
                Engines engines = Engines.processes(4)) {
            for (int world = FIRST_WORLD; coverage.caseCount() < CASES && failures.size() < MOST_FAILURES; world++) {
                failures.addAll(
                        DuckDbOracleTest.run(world, CASES - coverage.caseCount(), database, engines, coverage));
            }
        }
        assertThat(failures).as("cases that differ").isEmpty();
        assertThat(coverage.count("scan", "4 processes")).isPositive();
    }
}
