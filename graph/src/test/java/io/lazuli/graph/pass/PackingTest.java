package io.lazuli.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.LongOperations;
import io.lazuli.graph.LongOperations.ObjectResult;
import io.lazuli.graph.Operation;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// An object is packed and unpacked by the operation that made it, whatever a pass has put around that.
class PackingTest {
    private static final Token LAYER = new Token(1, 2);

    private static Stream<Operation> wrapped() {
        Operation object = new ObjectResult();
        FusedLayers chain = new FusedLayers(
                List.of(new FusedLayers.Member(new LongOperations.Numbers(3, 5), LAYER),
                        new FusedLayers.Member(object, LAYER)));
        FusedTasks tasks = new FusedTasks(object, LAYER, Numbers.upTo(2), Numbers.upTo(1), 1, 0);
        return Stream.of(object, chain, tasks, Renumbered.of(chain, LAYER, Numbers.upTo(1)));
    }

    @ParameterizedTest
    @MethodSource("wrapped")
    void objectsAreUnpackedAsTheyWere(Operation operation) {
        MemoryAccountant accountant = MemoryAccountant.create(1 << 16);
        Block object = Block.object(42L, 16, List.of());
        Block packed = operation.pack(object);
        try (Reservation memory = accountant.reserve("test", 0)) {
            Block unpacked = operation.unpack(packed, memory);
            assertThat(packed.kind()).isEqualTo(Block.Kind.COLUMNS);
            assertThat(unpacked.value(Long.class)).isEqualTo(42);
            unpacked.release();
        }
        packed.release();
        object.release();
        accountant.close();
    }

    @Test
    void anOperationThatPacksNothing_saysSo() {
        Block object = Block.object(42L, 16, List.of());
        assertThatThrownBy(() -> new Text("reads", 0).pack(object))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL))
                .hasMessageStartingWith("Operation reads returns an object of one process");
        object.release();
    }
}
