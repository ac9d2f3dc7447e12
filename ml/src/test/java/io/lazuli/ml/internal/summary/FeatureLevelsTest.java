package io.lazuli.ml.internal.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.ArrayRows;
import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FeatureLevelsTest {
    private static final Shape SHAPE = new Shape(Features.numbers(List.of("id")), Classes.NONE);

    private static ArrayRows ids(int start, int end) {
        double[] ones = new double[end - start];
        Arrays.fill(ones, 1);
        return ArrayRows.of(new double[][] {IntStream.range(start, end).asDoubleStream().toArray()}, ones);
    }

    @Test
    void manyValues_areCounted() {
        FeatureLevels fit = new FeatureLevels();
        FeatureLevels.Sums sum = fit.merge(fit.pass(SHAPE, ids(0, 30_000)), fit.pass(SHAPE, ids(20_000, 60_000)));
        Levels levels = sum.levels().getFirst();
        assertThat(levels.values().count()).isEqualTo(60_000);
        assertThat(levels.weight()).isEqualTo(70_000);
        assertThat(levels.weights()[25_000]).isEqualTo(2);
    }

    @Test
    void valuesThatAreTooMany_areRefusedInOnePartitionOrAllTogether() {
        FeatureLevels fit = new FeatureLevels();
        assertRefused(() -> fit.pass(SHAPE, ids(0, 1_100_000)));
        FeatureLevels.Sums left = fit.pass(SHAPE, ids(0, 600_000));
        FeatureLevels.Sums right = fit.pass(SHAPE, ids(600_000, 1_200_000));
        assertRefused(() -> fit.merge(left, right));
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessageContaining("'id' has more than 1,000,000 values");
    }
}
