package io.lazuli.scheduler.internal.compute;

import io.lazuli.graph.Argument;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.internal.core.Edge;
import io.lazuli.scheduler.internal.store.LostResultException;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.store.StoredResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The inputs of one task: holds a reference of each block until it is closed.
final class Inputs implements TaskInputs, AutoCloseable {
    private final LayerRun layer;
    private final int partition;
    private final List<List<Block>> blocks;
    /// Rows of the slices taken from exchanges.
    private long exchangedRows;

    private Inputs(LayerRun layer, int partition) {
        this.layer = layer;
        this.partition = partition;
        this.blocks = new ArrayList<>(layer.dependencyCount());
    }

    static Inputs borrow(ResultStore store, LayerRun layer, int partition, Transit transit) {
        Inputs inputs = new Inputs(layer, partition);
        try {
            for (int d = 0; d < layer.dependencyCount(); d++) {
                inputs.borrow(store, d, transit);
            }
            return inputs;
        } catch (LostResultException e) {
            inputs.close();
            throw e.toError();
        } catch (Throwable e) {
            inputs.close();
            throw e;
        }
    }

    private void borrow(ResultStore store, int d, Transit transit) {
        Edge edge = layer.input(d);
        int producerCount = layer.producerCount(d);
        int first = layer.firstInput(d);
        List<Block> borrowed = new ArrayList<>(edge.readCount(partition, producerCount));
        blocks.add(Collections.unmodifiableList(borrowed));
        if (!edge.isRead()) {
            return;
        }
        if (layer.job.mayMissInputs()) {
            int slice = edge.isExchange() ? partition : Block.WHOLE;
            // All are asked for before the first is waited for.
            edge.forEachInput(partition, producerCount, p -> prepare(store, first + p, slice));
            edge.forEachInput(partition, producerCount, p -> borrowed.add(tryBorrowOne(store, first + p, slice)));
        } else {
            edge.forEachInput(partition, producerCount, p -> borrowed.add(borrowOne(store, first + p)));
        }
        if (edge.isExchange()) {
            borrowed.replaceAll(block -> transit.carry(layer.layer(), partition, block));
            long rows = 0;
            for (Block block : borrowed) {
                rows += block.sliceEnd(partition) - block.sliceStart(partition);
            }
            layer.checkTaken(d, partition, rows);
            exchangedRows += rows;
        }
    }

    private static Block borrowOne(ResultStore store, int task) {
        try {
            return store.find(task).borrow();
        } catch (LostResultException e) {
            throw new LostInputException(task, e);
        }
    }

    private static void prepare(ResultStore store, int task, int slice) {
        StoredResult result = store.tryRetain(task).orElseThrow(() -> new InputGoneException(task));
        try {
            result.prepare(slice);
        } finally {
            result.release();
        }
    }

    private static Block tryBorrowOne(ResultStore store, int task, int slice) {
        StoredResult result = store.tryRetain(task).orElseThrow(() -> new InputGoneException(task));
        try {
            return result.borrow(slice);
        } catch (LostResultException e) {
            throw new LostInputException(task, e);
        } finally {
            result.release();
        }
    }

    long exchangedRows() {
        return exchangedRows;
    }

    @Override
    public int dependencyCount() {
        return blocks.size();
    }

    @Override
    public List<Block> blocks(int dependency) {
        return blocks.get(dependency);
    }

    @Override
    public int slice(int dependency) {
        return layer.input(dependency).isExchange() ? partition : Argument.WHOLE;
    }

    @Override
    public void close() {
        blocks.forEach(borrowed -> borrowed.forEach(Block::release));
    }
}
