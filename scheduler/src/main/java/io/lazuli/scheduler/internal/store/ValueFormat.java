package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.codec.ValueCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// How values of users' programs become bytes and come back equal: in this process, and where a job runs in several, in each of
/// them. Thread-safe.
public interface ValueFormat {
    /// Writes a value, in pieces that are worth a write each. Errors: what `target` throws; any unchecked exception if the
    /// value cannot be written, the message of which says why.
    void encode(@Nullable Object value, OutputStream target) throws IOException;

    /// What [#encode] has written. Errors: any unchecked exception if its constructors refuse.
    @Nullable
    Object decode(MemorySegment bytes);

    /// For a job that this process runs alone: values are of the very classes that they had.
    static ValueFormat ofThisProcess() {
        return new CodecFormat(ValueCodec.create());
    }

    /// For a job that several processes run, each of which finds the job's classes by name.
    static ValueFormat of(ValueCodec codec) {
        return new CodecFormat(codec);
    }
}
