package io.lazuli.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lazuli.graph.memory.Block;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyTest {
    private static final Token A = new Token(0xaL << 32, 0);
    private static final Token B = new Token(0xbL << 32, 0);

    @Test
    void aKeyPrintsItsLayerAndPartition() {
        assertThat(new Key(A, 12)).hasToString("0000000a:12");
    }

    @Test
    void keysSortByLayerAndThenByPartition() {
        List<Key> sorted = List.of(new Key(A, 2), new Key(A, 10), new Key(B, 0), new Key(B, 1));
        assertThat(sorted.reversed().stream().sorted()).isEqualTo(sorted);
    }

    @Test
    void aNegativePartitionIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Key(A, -1))
                .withMessage("partition must not be negative, found -1");
    }

    @Test
    void anArgumentIsAWholeResultOrOneOfItsSlices() {
        Key key = new Key(A, 0);
        assertThat(new Argument(0, key, Argument.WHOLE).slice()).isEqualTo(Block.WHOLE);
        assertThatIllegalArgumentException().isThrownBy(() -> new Argument(0, key, -2));
        assertThatIllegalArgumentException().isThrownBy(() -> new Argument(-1, key, 0));
    }
}
