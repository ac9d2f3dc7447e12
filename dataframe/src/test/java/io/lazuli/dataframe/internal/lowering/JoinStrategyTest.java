package io.lazuli.dataframe.internal.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.lowering.JoinStrategy.Form;
import io.lazuli.dataframe.internal.operator.join.JoinKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinStrategyTest {
    /// Sizes in MiB.
    @ParameterizedTest
    @CsvSource({
        // the smaller side becomes the table
        "INNER, true, 1000, 5, TABLE, false", "INNER, true, 5, 1000, TABLE, true", "INNER, true, 5, 5, TABLE, false",
        "INNER, true, 1000, 2000, SLICES, true", "INNER, true, 2000, 1000, SLICES, false",
        // rows of a shared table cannot stand alone
        "LEFT, true, 1000, 5, TABLE, false", "LEFT, true, 5, 1000, SLICES, true", "LEFT, true, 3, 5, TABLE, false",
        "RIGHT, true, 5, 1000, TABLE, true", "RIGHT, true, 1000, 5, SLICES, false",
        "FULL, true, 5, 5, SLICES, false", "SEMI, true, 5, 1000, SLICES, true", "ANTI, true, 1000, 5, TABLE, false",
        // without keys there is nothing to cut by
        "INNER, false, 1000, 5, TABLE, false", "INNER, false, 1000, 2000, ALL_PAIRS, true"
    })
    void theFormFollowsFromKindAndSizes(
            JoinKind kind, boolean hasKeys, long leftMib, long rightMib, Form form, boolean buildsLeft) {
        assertThat(JoinStrategy.choose(kind, hasKeys, size(leftMib), size(rightMib), 32 << 20))
                .isEqualTo(new JoinStrategy(form, buildsLeft));
    }

    private static Estimates.Size size(long mib) {
        return new Estimates.Size(1000, mib << 20);
    }
}
