package io.lazuli.dataframe.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.internal.parquet.EncodedGroup.EncodedChunk;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.type.DataType;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Codes are a shortcut: the file is the same as if texts had come.
class ChunkEncoderTest {
    @Property(tries = 40)
    void codedTextsGiveTheBytesOfPlainOnes(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40_000) int rowCount,
            @ForAll("cardinalities") int cardinality, @ForAll("nullShares") double nullShare,
            @ForAll boolean usesDictionaries) {
        Random random = new Random(seed);
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < rowCount; row++) {
            int number = random.nextInt(cardinality);
            String text = number % 3 == 0 ? "longer than a view " + number : "t" + number;
            values.add(random.nextDouble() < nullShare ? null : text);
        }
        ParquetWriteOptions options = ParquetWriteOptions.DEFAULTS.withDictionary(usesDictionaries);
        try (TestColumns columns = TestColumns.open()) {
            Encoded plain = encode(columns, options, columns.of(DataType.UTF8, values));
            Encoded coded = encode(columns, options, columns.coded(values));
            assertThat(coded.bytes).isEqualTo(plain.bytes);
            assertThat(coded.chunk.dictionarySize()).isEqualTo(plain.chunk.dictionarySize());
            assertThat(coded.chunk.plainBytes()).isEqualTo(plain.chunk.plainBytes());
            assertThat(coded.chunk.byteSize()).isEqualTo(plain.bytes.length);
        }
    }

    private record Encoded(EncodedChunk chunk, byte[] bytes) {}

    private static Encoded encode(TestColumns columns, ParquetWriteOptions options, Column column) {
        try (EncodedBytes bytes = new EncodedBytes(columns.memory());
                ChunkEncoder encoder = new ChunkEncoder(options, columns.memory(), bytes)) {
            EncodedChunk chunk = encoder.encode(column);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            bytes.segments().forEach(piece -> all.writeBytes(piece.toArray(Layouts.BYTE)));
            return new Encoded(chunk, all.toByteArray());
        }
    }

    @Provide
    Arbitrary<Integer> cardinalities() {
        // in columns of less than a thousand rows the last ones are no dictionary
        return Arbitraries.of(1, 7, 500);
    }

    @Provide
    Arbitrary<Double> nullShares() {
        return Arbitraries.of(0.0, 0.1, 1.0);
    }
}
