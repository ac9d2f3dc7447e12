package io.lazuli.graph.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoryAccountantTest {
    private static final long LIMIT = 1 << 20;

    private final MemoryAccountant accountant = MemoryAccountant.create(LIMIT);

    @Test
    void aLimitMustBePositive() {
        assertThatThrownBy(() -> MemoryAccountant.create(0))
                .isInstanceOf(LazuliException.class)
                .hasMessage("Memory limit must be positive, found 0 bytes.");
    }

    @Test
    void everyByteCanBeReservedAndNotOneMore() {
        try (Reservation all = accountant.reserve("all", LIMIT)) {
            assertThat(accountant.reservedBytes()).isEqualTo(LIMIT);
            assertThat(all.tryGrow(1)).isFalse();
            assertThatThrownBy(() -> accountant.reserve("late", 1))
                    .isInstanceOfSatisfying(LazuliException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                    .hasMessageStartingWith("Out of memory: late needs 1 more bytes, but 1,048,576 of the limit");
        }
        assertThat(accountant.reservedBytes()).isZero();
        assertThat(accountant.peakBytes()).isEqualTo(LIMIT);
        accountant.close();
    }

    @Test
    void anUnlimitedAccountantCounts() {
        MemoryAccountant unlimited = MemoryAccountant.create(Long.MAX_VALUE);
        try (Reservation task = unlimited.reserve("task", Long.MAX_VALUE)) {
            assertThat(task.tryGrow(1)).isFalse();
            task.shrink(Long.MAX_VALUE);
            assertThat(task.allocate(100).byteSize()).isEqualTo(100);
        }
        unlimited.close();
    }

    @Test
    void reclaimersAreAskedForWhatIsMissingAndWhatTheyFreeIsUsed() {
        Reservation store = accountant.reserve("store", LIMIT - 100);
        List<Long> asked = new ArrayList<>();
        accountant.addReclaimer(bytes -> {
            asked.add(bytes);
            store.shrink(150);
            return 150;
        });

        try (Reservation task = accountant.reserve("task", 1100)) {
            assertThat(task.headroomBytes()).isEqualTo(1100);
        }
        assertThat(asked).containsExactly(1000L, 850L, 700L, 550L, 400L, 250L, 100L);
        store.close();
        accountant.close();
    }

    @Test
    void laterReclaimersAreAskedForTheRestOnly() {
        Reservation store = accountant.reserve("store", LIMIT);
        List<String> asked = new ArrayList<>();
        accountant.addReclaimer(bytes -> reclaim(store, asked, "a" + bytes, Math.min(bytes, 300)));
        accountant.addReclaimer(bytes -> reclaim(store, asked, "b" + bytes, Math.min(bytes, 700)));
        accountant.addReclaimer(bytes -> reclaim(store, asked, "c" + bytes, bytes));

        accountant.reserve("task", 1000).close();
        assertThat(asked).containsExactly("a1000", "b700");
        store.close();
        accountant.close();
    }

    private static long reclaim(Reservation store, List<String> asked, String call, long bytes) {
        asked.add(call);
        store.shrink(bytes);
        return bytes;
    }

    @Test
    void aReservationIsRefusedWhenReclaimersCannotHelp() {
        List<Long> asked = new ArrayList<>();
        Reclaimer useless = bytes -> {
            asked.add(bytes);
            return 0;
        };
        accountant.addReclaimer(useless);
        Reservation store = accountant.reserve("store", LIMIT);

        assertThat(store.tryGrow(10)).isFalse();
        assertThat(asked).containsExactly(10L);
        accountant.removeReclaimer(useless);
        assertThat(store.tryGrow(10)).isFalse();
        assertThat(asked).hasSize(1);
        store.close();
        accountant.close();
    }

    @Test
    void reclaimersAreNotAskedForWhatCanNeverFit() {
        accountant.addReclaimer(bytes -> {
            throw new AssertionError("asked for " + bytes);
        });
        try (Reservation task = accountant.reserve("task", 0)) {
            assertThat(task.tryGrow(LIMIT + 1)).isFalse();
            assertThat(task.tryGrow(Long.MAX_VALUE)).isFalse();
            assertThat(task.tryAllocate(LIMIT + 1)).isEmpty();
        }
        accountant.close();
    }

    @Test
    void closingNamesTheOwnersOfOpenReservationsAndLiveBuffers() {
        Reservation open = accountant.reserve("join:2", 100);
        Reservation done = accountant.reserve("scan:1", 0);
        Buffer kept = done.allocate(10_000).retain();
        done.close();

        assertThatThrownBy(accountant::close)
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL))
                .hasMessage("Memory leak: 1 buffers and 16,484 reserved bytes were never released."
                        + " Owners: join:2 (open), scan:1.");

        assertThat(kept.segment().byteSize()).as("a failed close frees nothing").isEqualTo(10_000);
        open.close();
        kept.release();
        accountant.close();
    }

    @Test
    void aReservationWithoutHeadroomIsOpenFromWhenItGetsSome() {
        accountant.reserve("scan:1", 0);
        Reservation open = accountant.reserve("join:2", 0);
        assertThat(open.tryGrow(100)).isTrue();
        open.shrink(100);
        assertThatThrownBy(accountant::close).hasMessageContaining("Owners: join:2 (open).");
        open.close();
        accountant.close();
    }

    @Test
    void theOwnerOfAReservationBecomesTextOnlyForAMessage() {
        AtomicInteger texts = new AtomicInteger();
        Object owner = new Object() {
            @Override
            public String toString() {
                texts.incrementAndGet();
                return "join:2";
            }
        };
        Reservation reservation = accountant.reserve(owner, 100);
        assertThat(texts).hasValue(0);
        assertThatThrownBy(accountant::close).hasMessageContaining("Owners: join:2 (open).");
        assertThatThrownBy(accountant::close).hasMessageContaining("Owners: join:2 (open).");
        assertThat(texts).as("made once").hasValue(1);
        reservation.close();
        accountant.close();
    }

    @Test
    void aClosedAccountantReservesNothing() {
        accountant.close();
        accountant.close();
        assertThatIllegalStateException().isThrownBy(() -> accountant.reserve("late", 1));
    }

    @Test
    void messagesDoNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThatThrownBy(() -> accountant.reserve("task", 2 * LIMIT))
                    .hasMessageContaining("needs 2,097,152 more");
        } finally {
            Locale.setDefault(before);
        }
        accountant.close();
    }

    @Test
    void freedMemoryIsReused() {
        try (Reservation task = accountant.reserve("task", 0)) {
            Buffer first = task.allocate(100_000);
            long address = first.segment().address();
            task.free(first);
            assertThat(task.allocate(110_000).segment().address()).as("same capacity").isEqualTo(address);
        }
        accountant.close();
        assertThat(accountant.heldBytes()).isZero();
    }
}
