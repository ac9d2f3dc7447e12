package io.lazuli.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerOffersTest {
    @ParameterizedTest
    @CsvSource({"'', ''", "gpu=1, ''", "'license=2, gpu=1', 'big, rack-7=x'"})
    void asSettings_theyAreTheSame(String resources, String labels) {
        WorkerOffers offers = WorkerOffers.parse(resources, labels);
        assertThat(WorkerOffers.from(offers.settings())).isEqualTo(offers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "gpu=", "=1", "gpu=0", "gpu=-1", "gpu=1=2", "gpu=1,", "gpu=one"})
    void resources_areNamesWithAmounts(String text) {
        assertThatThrownBy(() -> WorkerOffers.parse(text, ""))
                .hasMessageContaining("names with whole amounts above zero, such as gpu=1,license=2");
    }

    @Test
    void names_haveNoSignsThatSeparateThem() {
        assertThatThrownBy(() -> new WorkerOffers(new TreeMap<>(Map.of("a=b", 1)), new TreeSet<>()))
                .hasMessageContaining("Setting resources is 'a=b=1'");
        assertThatThrownBy(() -> new WorkerOffers(new TreeMap<>(), new TreeSet<>(Set.of("a,b"))))
                .hasMessageContaining("Setting labels is 'a,b'");
    }
}
