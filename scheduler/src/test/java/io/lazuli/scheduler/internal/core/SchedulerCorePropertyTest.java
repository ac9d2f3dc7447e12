package io.lazuli.scheduler.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.scheduler.Graphs;
import java.util.ArrayList;
import java.util.List;
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
        JobPlan plan = JobPlan.of(Graphs.random(seed, 10), Map.of(), JobOptions.DEFAULTS);
        driver.submit(1, plan);
        while (!driver.finished.containsKey(1L)) {
            if (driver.leased.isEmpty() || random.nextBoolean()) {
                int before = driver.leased.size();
                driver.ask(random.nextInt(3));
                CoreDriver.check(driver.leased.size() > before || before > 0, "stuck: nothing runs, nothing is leased");
            } else {
                driver.finish(pick(random, driver.leased.keySet()));
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
        int jobs = 1 + random.nextInt(4);
        int submitted = 0;
        for (int step = 0; step < 20_000 && (submitted < jobs || driver.forgotten.size() < jobs); step++) {
            int choice = random.nextInt(100);
            if (submitted < jobs && choice < 5) {
                submitted++;
                driver.submit(submitted, JobPlan.of(Graphs.random(seed + submitted, 10), Map.of(),
                        JobOptions.DEFAULTS.withPriority(random.nextInt(3)).withRetries(random.nextInt(3))));
            } else if (choice < 7 && submitted > 0) {
                long job = 1 + random.nextInt(submitted);
                if (!driver.forgotten.contains(job)) {
                    boolean close = random.nextBoolean();
                    driver.send(in -> {
                        if (close) {
                            in.jobClosed(job);
                        } else {
                            in.jobCancelled(job);
                        }
                    });
                }
            } else if (choice < 20 && !driver.offered.isEmpty()) {
                driver.take(pick(random, driver.offered));
            } else if (choice < 60 || driver.leased.isEmpty()) {
                driver.ask(random.nextInt(3));
            } else {
                int task = pick(random, driver.leased.keySet());
                switch (random.nextInt(30)) {
                    case 0 -> driver.fail(task, random.nextInt(10) > 0);
                    case 1 -> driver.giveBack(task);
                    default -> driver.finish(task);
                }
            }
        }
        assertThat(driver.forgotten).as("seed %d", seed).hasSize(jobs);
        assertThat(driver.memory).isEmpty();
        assertThat(driver.leased).isEmpty();
        assertThat(driver.core.jobCount()).isZero();
    }

    private static int pick(Random random, Iterable<Integer> from) {
        List<Integer> all = new ArrayList<>();
        from.forEach(all::add);
        return all.get(random.nextInt(all.size()));
    }
}
