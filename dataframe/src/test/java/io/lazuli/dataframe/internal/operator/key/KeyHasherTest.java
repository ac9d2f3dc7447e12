package io.lazuli.dataframe.internal.operator.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class KeyHasherTest {
    private final KeyHasher hasher = new KeyHasher();

    /// Tasks whose files have dictionaries and tasks whose files have none send equal keys to the same slice.
    @Property
    void codedTexts_haveTheHashOfTheTexts(@ForAll("texts") List<String> texts, @ForAll("texts") List<String> others) {
        try (TestColumns columns = TestColumns.open()) {
            int count = Math.min(texts.size(), others.size());
            for (List<String> values : List.of(texts.subList(0, count), others.subList(0, count))) {
                Column numbers = columns.of(DataType.INT, IntStream.range(0, count).boxed().toList());
                Column plain = columns.of(DataType.UTF8, values);
                Column coded = columns.coded(values);
                assertThat(hashes(count, coded)).isEqualTo(hashes(count, plain));
                assertThat(hashes(count, coded, numbers, plain)).isEqualTo(hashes(count, plain, numbers, coded));
            }
        }
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries
                .of("", "a", "b", "twelve bytes", "thirteen byte", "a text of many more bytes than a view has")
                .injectNull(0.2)
                .list()
                .ofMaxSize(100);
    }

    @Test
    void oneDictionaryThatGrows_isReadAnew() {
        try (TestColumns columns = TestColumns.open()) {
            List<String> first = Arrays.asList("a", "b", null);
            List<String> second = Arrays.asList("c", "a", "d");
            assertThat(hashes(3, columns.coded(first))).isEqualTo(hashes(3, columns.of(DataType.UTF8, first)));
            assertThat(hashes(3, columns.coded(second))).isEqualTo(hashes(3, columns.of(DataType.UTF8, second)));
        }
    }

    @Test
    void equalKeysOfDoubles_haveEqualHashes() {
        try (TestColumns columns = TestColumns.open()) {
            double otherNaN = Double.longBitsToDouble(0x7FF8_0000_0000_0001L);
            int[] hashes = hashes(4, columns.of(DataType.FLOAT64, 0.0, -0.0, Double.NaN, otherNaN));
            assertThat(hashes[0]).isEqualTo(hashes[1]);
            assertThat(hashes[2]).isEqualTo(hashes[3]);
        }
    }

    private int[] hashes(int rowCount, Column... keys) {
        int[] hashes = new int[Batch.ROWS];
        hasher.hash(List.of(keys), rowCount, hashes);
        return Arrays.copyOf(hashes, rowCount);
    }
}
