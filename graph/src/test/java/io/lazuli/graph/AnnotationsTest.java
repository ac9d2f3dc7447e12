package io.lazuli.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AnnotationsTest {
    private static final Annotations NONE = Annotations.NONE;

    @Test
    void aFusedTaskHasTheStricterTerms() {
        Annotations one = new Annotations(
                1, 0, Duration.ofSeconds(3), new TreeMap<>(Map.of("GPU", 2)), new TreeSet<>(Set.of("a", "b")));
        Annotations other = NONE.withPriority(-1)
                .withRetries(0)
                .withTimeout(Duration.ofSeconds(4))
                .withResources(Map.of("GPU", 1, "disk", 3))
                .withWorkers(Set.of("b", "c"));
        Annotations both = NONE.withPriority(1)
                .withRetries(0)
                .withTimeout(Duration.ofSeconds(7))
                .withResources(Map.of("GPU", 2, "disk", 3))
                .withWorkers(Set.of("b"));
        assertThat(one.fusedWith(other)).contains(both);
        assertThat(other.fusedWith(one)).contains(both);
    }

    @Test
    void nothingAskedForChangesNothing() {
        Annotations placed = NONE.withWorkers(Set.of("a")).withPriority(3).withResources(Map.of("GPU", 1));
        assertThat(placed.fusedWith(NONE)).contains(placed);
        assertThat(NONE.fusedWith(placed)).contains(placed);
        assertThat(NONE.fusedWith(NONE)).contains(NONE);
    }

    @Test
    void termsThatCannotBothBeKeptAreNotJoined() {
        assertThat(NONE.withWorkers(Set.of("a")).fusedWith(NONE.withWorkers(Set.of("b")))).isEmpty();
        assertThat(NONE.withTimeout(Duration.ofSeconds(1)).fusedWith(NONE)).isEmpty();
        assertThat(NONE.withRetries(3).fusedWith(NONE)).isEmpty();
        assertThat(NONE.withRetries(0).fusedWith(NONE.withRetries(3))).isEmpty();
        assertThat(NONE.withRetries(3).fusedWith(NONE.withRetries(3))).isEmpty();
        assertThat(NONE.withRetries(0).fusedWith(NONE.withRetries(0))).isPresent();
    }
}
