package io.lazuli.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.lazuli.graph.memory.Block;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskInputsTest {
    private final Block one = Block.columns(1, new byte[0], List.of());
    private final Block two = Block.columns(2, new byte[0], List.of());
    private final TaskInputs inputs =
            new BorrowedInputs(List.of(Argument.WHOLE, 3), List.of(List.of(one), List.of(one, two)));

    @Test
    void theOnlyBlockOfADependencyIsFound() {
        assertThat(inputs.block(0)).isSameAs(one);
        assertThat(inputs.slice(1)).isEqualTo(3);
    }

    @Test
    void aDependencyWithMoreBlocksHasNoOnlyOne() {
        assertThatIllegalStateException()
                .isThrownBy(() -> inputs.block(1))
                .withMessage("dependency 1 has 2 blocks, expected one");
    }
}
