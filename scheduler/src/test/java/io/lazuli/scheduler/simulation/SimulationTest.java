package io.lazuli.scheduler.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Thousands of lives of clusters in which everything goes wrong: see [Simulation] for what must hold all the same.
class SimulationTest {
    private static final String SEEDS = "lazuli.seeds";
    private static final long FIRST = 1;

    @Test
    void everySeed_holds() {
        long count = Long.getLong(SEEDS, 300);
        long start = System.nanoTime();
        Statistics all = new Statistics();
        LongStream.range(FIRST, FIRST + count).parallel().mapToObj(Simulation::run).forEachOrdered(all::add);
        assertThat(all.seeds).isEqualTo(count);
        if (System.getProperty(SEEDS) != null) {
            System.out.printf("%s%n%.0f seeds a second%n", all, count / ((System.nanoTime() - start) / 1e9));
        }
    }

    @Test
    void sameSeed_happensTheSameWay() {
        for (long seed = FIRST; seed < FIRST + 25; seed++) {
            assertThat(Simulation.trace(seed)).as("seed %d", seed).isEqualTo(Simulation.trace(seed));
        }
        assertThat(Simulation.trace(FIRST)).isNotEqualTo(Simulation.trace(FIRST + 1));
    }

    /// One seed, to look at: `-Dlazuli.seed=N`.
    @Test
    @EnabledIfSystemProperty(named = "lazuli.seed", matches = "[0-9]+")
    void replay() {
        System.out.println(Simulation.run(Long.getLong("lazuli.seed")));
    }
}
