package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Objects that are texts and live on a buffer with their bytes.
record TextObject() implements Operation {
    @Override
    public String name() {
        return "text-object";
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        throw new UnsupportedOperationException("tests make objects themselves");
    }

    static Block object(String text, Reservation memory) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Buffer buffer = memory.allocate(bytes.length);
        buffer.segment().copyFrom(MemorySegment.ofArray(bytes));
        return Block.object(text, 2L * bytes.length, List.of(buffer));
    }

    @Override
    public Block pack(Block object) {
        return Block.columns(object.value(String.class).length(), new byte[] {5}, object.buffers());
    }

    @Override
    public Block unpack(Block packed, Reservation memory) {
        byte[] bytes = packed.buffers().getFirst().segment().toArray(ValueLayout.JAVA_BYTE);
        return object(new String(bytes, StandardCharsets.UTF_8), memory);
    }
}
