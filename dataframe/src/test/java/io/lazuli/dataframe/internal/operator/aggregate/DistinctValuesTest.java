package io.lazuli.dataframe.internal.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctValuesTest {
    @ParameterizedTest
    @ValueSource(longs = {1 << 18, 1 << 22, 1 << 28})
    void valuesAreCountedInAsManyPassesAsTheMemoryNeeds(long limit) {
        Random random = new Random(limit);
        long[] values = random.longs(300_000, 0, 200_000).map(value -> value << 20).toArray();
        try (LoggedValues logged = LoggedValues.of(values, 4000);
                MemoryAccountant accountant = MemoryAccountant.create(limit);
                Reservation memory = accountant.reserve("count", 0)) {
            DistinctValues distinct = new DistinctValues(new StateMemory(memory), false);

            assertThat(distinct.count(logged.arranged(), 0)).isEqualTo(Arrays.stream(values).distinct().count());
            assertThat(distinct.count(logged.arranged(), 1)).isZero();
        }
    }
}
