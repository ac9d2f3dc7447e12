package io.lazuli.scheduler.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.scheduler.Graphs;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Random graphs, driven in random order. [CoreDriver] checks safety after every event; here liveness: all ends, nothing
/// is left.
class SchedulerCorePropertyTest {
    @Property(tries = 500)
    void anyGraph_inAnyOrder_endsWithEveryOutputAndNothingElse(@ForAll long seed) {
        Random random = new Random(seed);
        CoreDriver driver = new CoreDriver(3);
        RandomTrouble trouble = new RandomTrouble(driver, random);
        JobPlan plan = JobPlan.of(Graphs.random(seed, 10), Map.of(), JobOptions.DEFAULTS);
        driver.submit(1, plan);
        while (!driver.finished.containsKey(1L)) {
            if (driver.leased.isEmpty() || random.nextBoolean()) {
                int before = driver.leased.size();
                driver.ask(random.nextInt(3));
                CoreDriver.check(driver.leased.size() > before || before > 0, "stuck: nothing runs, nothing is leased");
            } else {
                driver.finish(trouble.pick(driver.leased.keySet()));
            }
        }
        assertThat(driver.finished).containsEntry(1L, JobProgress.State.SUCCEEDED);
        int first = plan.layers().get(plan.output()).offset();
        TreeSet<Integer> outputs = new TreeSet<>();
        for (int p = 0; p < plan.layers().get(plan.output()).partitionCount(); p++) {
            outputs.add(first + p);
        }
        assertThat(driver.memory).isEqualTo(outputs);
        outputs.forEach(driver::take);
        assertThat(driver.memory).isEmpty();
        assertThat(driver.core.jobCount()).isZero();
    }

    @Property(tries = 500)
    void anyTrouble_endsEveryJobAndLeavesNothing(@ForAll long seed) {
        Random random = new Random(seed);
        CoreDriver driver = new CoreDriver(3);
        RandomTrouble trouble = new RandomTrouble(driver, random);
        int jobs = 1 + random.nextInt(4);
        for (int step = 0; step < 20_000 && driver.forgotten.size() < jobs; step++) {
            int submitted = driver.plans.size();
            if (submitted < jobs && (submitted == 0 || random.nextInt(20) == 0)) {
                driver.submit(submitted + 1,
                        JobPlan.of(Graphs.random(seed + submitted + 1, 10), Map.of(), trouble.options()));
            } else {
                trouble.step();
            }
        }
        assertThat(driver.forgotten).as("seed %d", seed).hasSize(jobs);
        assertThat(driver.memory).isEmpty();
        assertThat(driver.leased).isEmpty();
        assertThat(driver.core.jobCount()).isZero();
    }
}
