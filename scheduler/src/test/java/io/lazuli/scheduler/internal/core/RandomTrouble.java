package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.JobOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Whatever can happen to the jobs of a core, one thing after the other in random order.
final class RandomTrouble {
    private final CoreDriver driver;
    private final Random random;

    RandomTrouble(CoreDriver driver, Random random) {
        this.driver = driver;
        this.random = random;
    }

    JobOptions options() {
        return JobOptions.DEFAULTS.withPriority(random.nextInt(3)).withRetries(random.nextInt(3));
    }

    /// Ends a job, takes a result, gives out tasks, or lets one succeed, fail or come back.
    void step() {
        int choice = random.nextInt(100);
        if (choice < 2) {
            end(driver.plans.keySet().stream().filter(job -> !driver.forgotten.contains(job)).toList());
        } else if (choice < 20 && !driver.offered.isEmpty()) {
            driver.take(pick(driver.offered));
        } else if (choice < 60 || driver.leased.isEmpty()) {
            driver.ask(random.nextInt(3));
        } else {
            end(pick(driver.leased.keySet()));
        }
    }

    private void end(List<Long> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        long job = jobs.get(random.nextInt(jobs.size()));
        boolean close = random.nextBoolean();
        driver.send(in -> {
            if (close) {
                in.jobClosed(job);
            } else {
                in.jobCancelled(job);
            }
        });
    }

    private void end(int task) {
        switch (random.nextInt(30)) {
            case 0, 1 -> driver.fail(task, random.nextInt(10) > 0);
            case 2 -> driver.giveBack(task);
            default -> driver.finish(task);
        }
    }

    int pick(Iterable<Integer> from) {
        List<Integer> all = new ArrayList<>();
        from.forEach(all::add);
        return all.get(random.nextInt(all.size()));
    }
}
