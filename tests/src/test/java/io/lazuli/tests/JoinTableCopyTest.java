package io.lazuli.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.operator.join.JoinKind;
import io.lazuli.dataframe.internal.physical.Pipeline;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Argument;
import io.lazuli.graph.BorrowedInputs;
import io.lazuli.graph.Key;
import io.lazuli.graph.Operation;
import io.lazuli.graph.RunningContext;
import io.lazuli.graph.Token;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import io.lazuli.scheduler.internal.store.ExportedResult;
import io.lazuli.scheduler.internal.store.ResultCopies;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.store.StoreOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A join table that one store exports is unpacked in another one, and answers there as where it was built, when that is gone.
class JoinTableCopyTest {
    private static final List<DataType> TYPES = List.of(DataType.LONG, DataType.LONG);
    private static final Key TABLE = new Key(new Token(1, 2), 0);
    private static final Pipeline BUILD = new Pipeline(
            new Pipeline.Blocks(0, List.of(0, 1)), List.of(), new Pipeline.BuildTable(TYPES, List.of(0)));
    private static final Pipeline JOIN = new Pipeline(
            new Pipeline.Blocks(0, List.of(0, 1)),
            List.of(new Pipeline.Probe(
                    1, new Pipeline.Matching(JoinKind.INNER, List.of(0), List.of(0), List.of(1), List.of(1)))),
            new Pipeline.Collect(TYPES));

    @TempDir
    Path directory;

    @Test
    void aCopiedTable_answersAsTheOneThatWasBuilt() {
        MemoryAccountant here = MemoryAccountant.create(64 << 20);
        MemoryAccountant there = MemoryAccountant.create(64 << 20);
        StoreOptions options = new StoreOptions(1 << 20, directory, Long.MAX_VALUE);
        try (ResultStore holder = ResultStore.open(here, options);
                ResultStore reader = ResultStore.open(there, options)) {
            holder.ensureCapacity(1);
            reader.ensureCapacity(1);
            Block left = rows(there, 5, 10_000);
            Block right = rows(here, 6, 20_000);
            holder.put(0, TABLE, run(here, BUILD, right), 0, holder.newJob());
            right.release();
            Block built = holder.find(0).borrow();
            List<Long> expected = joined(there, left, built);
            built.release();
            try (ExportedResult exported = holder.find(0).export(BUILD)) {
                Path file = ((ExportedResult.InFile) exported.form()).path();
                ResultCopies.Wanted wanted = new ResultCopies.Wanted(TABLE, BUILD, 0, reader.newJob());
                reader.put(0, reader.copies().map(wanted, file));
            }
            holder.remove(0).release();
            assertThat(here.reservedBytes()).isZero();
            Block copied = reader.find(0).borrow();
            assertThat(copied.buffers().getFirst().segment().isMapped()).as("rows stay where they are").isTrue();
            assertThat(joined(there, left, copied)).isEqualTo(expected).hasSizeGreaterThan(10_000);
            copied.release();
            left.release();
            reader.remove(0).release();
        }
        here.close();
        there.close();
        assertThat(directory).isEmptyDirectory();
    }

    /// Rows of a key below 8,192 and a number.
    private static Block rows(MemoryAccountant accountant, long seed, int count) {
        Random random = new Random(seed);
        try (Reservation memory = accountant.reserve("test", 0);
                Arena arena = Arena.ofConfined()) {
            MemorySegment keys = arena.allocate(8L * count, 8);
            MemorySegment numbers = arena.allocate(8L * count, 8);
            for (int row = 0; row < count; row++) {
                keys.setAtIndex(ValueLayout.JAVA_LONG, row, random.nextInt(8192));
                numbers.setAtIndex(ValueLayout.JAVA_LONG, row, random.nextLong());
            }
            BlockBuilder builder = new BlockBuilder(memory, TYPES, count);
            builder.append(new Batch(count, List.of(
                    new Column(DataType.LONG, count, Column.NO_NULLS, keys),
                    new Column(DataType.LONG, count, Column.NO_NULLS, numbers))));
            return builder.finish();
        }
    }

    private static Block run(MemoryAccountant accountant, Operation operation, Block... inputs) {
        try (Reservation memory = accountant.reserve("test", 0)) {
            List<List<Block>> blocks = List.of(inputs).stream().map(List::of).toList();
            return operation.run(
                    new RunningContext(TABLE, memory, () -> false),
                    new BorrowedInputs(Collections.nCopies(inputs.length, Argument.WHOLE), blocks));
        }
    }

    /// The numbers of both sides, pair after pair.
    private static List<Long> joined(MemoryAccountant accountant, Block left, Block table) {
        Block joined = run(accountant, JOIN, left, table);
        List<Long> numbers = ColumnBlocks.view(joined).columns().stream()
                .flatMap(column -> IntStream.range(0, column.length()).mapToObj(column::longAt))
                .toList();
        joined.release();
        return numbers;
    }
}
