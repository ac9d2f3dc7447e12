package io.lazuli.scheduler.simulation.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.scheduler.internal.core.Transition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The simulation finds bugs: those of [Mutations], and it gets to every corner of the scheduler's core.
class MutationTest {
    private static final long SEEDS = 3000;
    /// Enough for a build in a hurry; all with `-Psimulation`.
    private static final List<String> QUICK = List.of(
            "forgetsToReleaseAfterLastUse", "doesNotReviveReleasedInputs", "keepsLeasesOfDeadWorkers",
            "leasesBesideTheIsolated", "losesDeferredTasks", "deliversTwice");

    static Stream<Mutation> mutations() {
        boolean isAll = Boolean.getBoolean("lazuli.mutations");
        return all().filter(mutation -> isAll || QUICK.contains(mutation.name()));
    }

    private static Stream<Mutation> all() {
        return Stream.of(Mutations.SCHEDULER, Mutations.WORKER, Mutations.SESSION).flatMap(List::stream);
    }

    /// However the cores have changed since; those that do not run here too.
    @Test
    void everyBug_hasItsPlace() {
        assertThat(all().map(Mutation::name)).doesNotHaveDuplicates().hasSizeGreaterThan(40);
        all().forEach(Mutation::load);
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void bug_isFound(Mutation mutation) {
        long seed = mutation.firstSeedThatShows(SEEDS);
        if (Boolean.getBoolean("lazuli.mutations")) {
            System.out.printf("%-40s found by seed %d%n", mutation.name(), seed);
        }
        assertThat(seed).as("seed that shows it").isPositive();
    }

    @Test
    void noBug_isNotFound() {
        Mutation none = new Mutation("none", "core.SchedulerCore", "move", new Change.Tell(2));
        assertThat(none.firstSeedThatShows(50)).isZero();
    }

    @Test
    void bugWithoutAPlace_isAnError() {
        Mutation nowhere =
                new Mutation("nowhere", "core.SchedulerCore", "move", new Change.DropCall("whatIsNotCalled"));
        assertThatThrownBy(() -> nowhere.firstSeedThatShows(1)).hasMessageContaining("fits no place");
        assertThatThrownBy(() -> new Mutation("x", "core.SchedulerCore", "moves", new Change.Return(0)).load())
                .hasMessageContaining("0 methods are called moves");
    }

    @Test
    void everyTransition_happens() {
        ClassLoader loader = new Mutation("counts", "core.SchedulerCore", "move", new Change.Tell(2)).load();
        for (long seed = 1; seed <= 200; seed++) {
            assertThat(Mutation.complaint(loader, seed)).isEmpty();
        }
        Map<?, ?> counts = (Map<?, ?>) Mutation.call(loader, TransitionTally.class, "counts");
        assertThat(counts.keySet().stream().map(Object::toString).toList())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Transition.values()).map(Enum::name).toList());
    }
}
