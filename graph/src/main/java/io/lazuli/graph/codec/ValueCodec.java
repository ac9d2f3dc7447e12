package io.lazuli.graph.codec;

import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.error.LazuliException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Values of a user's program as bytes, without Java serialization: for results that are spilled, captures and what crosses a
/// network.
///
/// **What can be encoded**: null, boxed primitives, strings, enums, records of any such values, arrays, Optional, Map.Entry,
/// BigInteger, BigDecimal, java.time, UUID, URI, Locale, Date, BitSet, and collections: ArrayList, LinkedList, ArrayDeque,
/// HashSet, LinkedHashSet, TreeSet, HashMap, LinkedHashMap, TreeMap (natural order) and ConcurrentHashMap come back as what they
/// were; the JDK's read-only lists, sets and maps and its views come back unmodifiable, with the same elements in the same
/// order; classes; [Portable] objects; lambdas and method references of Serializable interfaces with what they capture; objects of
/// other Serializable classes by their fields, if all their super classes outside the JDK are Serializable too and none has methods of
/// its own for that. Whatever else is refused with the way to it: it would come back as something else, or not at all.
///
/// **What comes back** equals what was written. Records are made by their canonical constructor, other
/// objects without one, and their transient fields are zero or null. Parts that take 256 bytes or
/// more are written once however often they occur, and are one object again; smaller ones may become several equal ones. A
/// value that contains itself, or goes deeper than twenty thousand levels, is refused; one of more than two hundred is
/// written and read on a thread that has the stack for it.
///
/// ```
///   version   value = tag, content                       all numbers little-endian
///   1         17 (record), number of its class, [name, components if it is new], a value for each component
/// ```
///
/// Bytes are not trusted: reading allocates no more than they can fill, loads no class that is not allowed, and ends with a
/// value or a typed error. There is no checksum: who stores bytes adds one.
///
/// Safe for use by many threads.
public final class ValueCodec {
    private static final int VERSION = 1;

    private final ClassNames names;

    private ValueCodec(ClassNames names) {
        this.names = names;
    }

    /// A codec for use within a process: what it decodes is of the very classes that it has encoded, whatever loader they are
    /// from, and of no others.
    public static ValueCodec create() {
        return new ValueCodec(new SeenClasses());
    }

    /// A codec for bytes from elsewhere: finds classes by name through `loader`, those of records, enums and lambdas too, after
    /// asking `allowed` for the binary name.
    public static ValueCodec of(ClassLoader loader, Predicate<String> allowed) {
        return new ValueCodec(new LoadedClasses(loader, allowed));
    }

    /// True if [#encode] will not refuse `value`. **Cost**: walks the whole value, as encoding does.
    public boolean canEncode(@Nullable Object value) {
        return findUnencodable(value).isEmpty();
    }

    /// The first part of `value` that cannot be encoded, or empty. **Cost**: as [#canEncode].
    public Optional<Unencodable> findUnencodable(@Nullable Object value) {
        try {
            write(value, OutputStream.nullOutputStream());
            return Optional.empty();
        } catch (RefusedValue e) {
            return Optional.of(e.toUnencodable());
        }
    }

    /// The outermost lambda, or other object that is written by its fields, which [#findUnencodable] is a part of; empty if that is a
    /// part of neither, or all can be encoded. **Cost**: as [#canEncode].
    public Optional<Object> findOwnerOfUnencodable(@Nullable Object value) {
        try {
            write(value, OutputStream.nullOutputStream());
            return Optional.empty();
        } catch (RefusedValue e) {
            return e.outermost();
        }
    }

    /// Writes `value` in chunks of at most 64 KiB; does not close `sink`. After an error, what was written so far is of no use.
    ///
    /// **Errors**: USER if a part cannot be encoded, with the way to it; IOException as `sink` throws.
    public void encode(@Nullable Object value, OutputStream sink) throws IOException {
        Objects.requireNonNull(sink, "sink is null");
        try {
            write(value, sink);
        } catch (RefusedValue e) {
            throw GraphErrors.cannotEncode(e.toUnencodable().toString());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// As [#encode(Object, OutputStream)], into an array.
    public byte[] encode(@Nullable Object value) {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try {
            encode(value, sink);
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory failed", e);
        }
        return sink.toByteArray();
    }

    /// As [#encode(Object)], and tells `note` of each class that the bytes name, more than once maybe: whoever reads them needs
    /// these classes, and what their code refers to.
    public byte[] encode(@Nullable Object value, Consumer<Class<?>> note) {
        return new ValueCodec(new NotedClasses(names, note)).encode(value);
    }

    private void write(@Nullable Object value, OutputStream sink) {
        Output out = new Output(sink);
        try {
            write(value, out, DeepStack.SHALLOW);
        } catch (DeepStack.Exceeded e) {
            DeepStack.call(() -> {
                writeDeep(value, out.again());
                return null;
            });
        }
    }

    private void writeDeep(@Nullable Object value, Output out) {
        try {
            write(value, out, DeepStack.DEEPEST);
        } catch (StackOverflowError e) {
            throw new RefusedValue(Objects.requireNonNull(value, "null is not deep").getClass(),
                    "it is nested too deep for the stack; use a list instead of a chain");
        }
    }

    private void write(@Nullable Object value, Output out, int deepest) {
        out.putByte(VERSION);
        new ValueWriter(out, names, deepest).write(value);
        out.flush();
    }

    /// The value that fills `source` from its first to its last byte. `source` is not needed afterwards.
    ///
    /// **Errors**: DATA if the bytes are not such a value, name a class that is not allowed, or a class that has changed since.
    public @Nullable Object decode(MemorySegment source) {
        try {
            return decode(source, DeepStack.SHALLOW);
        } catch (DeepStack.Exceeded e) {
            return decodeDeep(source);
        }
    }

    /// Of a copy on the heap: `source` may be closed to other threads.
    private @Nullable Object decodeDeep(MemorySegment source) {
        MemorySegment copy = MemorySegment.ofArray(source.toArray(ValueLayout.JAVA_BYTE));
        return DeepStack.call(() -> {
            try {
                return decode(copy, DeepStack.DEEPEST);
            } catch (StackOverflowError e) {
                throw GraphErrors.corruptValue(copy.byteSize(), 0,
                        new CorruptValue("it is nested too deep for the stack"));
            }
        });
    }

    private @Nullable Object decode(MemorySegment source, int deepest) {
        Input in = new Input(source);
        try {
            int version = in.nextByte();
            if (version != VERSION) {
                throw new CorruptValue("its version is " + version + ", expected " + VERSION);
            }
            Object value = new ValueReader(in, names, deepest).read();
            if (in.remaining() > 0) {
                throw new CorruptValue("%,d bytes follow the value".formatted(in.remaining()));
            }
            return value;
        } catch (LazuliException | DeepStack.Exceeded e) {
            throw e;
        } catch (RefusedValue e) {
            throw GraphErrors.corruptValue(source.byteSize(), in.position(),
                    new CorruptValue(e.toUnencodable().toString()));
        } catch (RuntimeException e) {
            throw GraphErrors.corruptValue(source.byteSize(), in.position(), e);
        }
    }

    /// As [#decode(MemorySegment)].
    public @Nullable Object decode(byte[] source) {
        return decode(MemorySegment.ofArray(source));
    }
}
