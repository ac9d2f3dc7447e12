package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.graph.memory.Buffer;
import java.util.List;
import java.util.stream.Stream;

/// What stands for the texts of one key column: the only copies of long ones, or, where the key is coded, codes of all of them.
record KeyTexts(TextPool pool, TextCodes codes) {
    static KeyTexts create(StateMemory memory) {
        return new KeyTexts(new TextPool(memory), new TextCodes(memory));
    }

    long byteSize() {
        return pool.byteSize() + codes.byteSize();
    }

    List<Buffer> buffers() {
        return Stream.concat(pool.buffers().stream(), codes.buffers().stream()).toList();
    }

}
