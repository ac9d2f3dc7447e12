package io.lazuli.graph.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Brings in the classes behind memory segments before any code that reads them is compiled. The compiler takes those that exist for
/// all there are; when another one comes, be it that some library opens an arena of its own kind, every compiled loop over memory is
/// thrown away, which in a running query was measured to cost a second.
final class SegmentClasses {
    /// Segments of mapped files: the only kind that cannot be had without a file.
    private static final String MAPPED = "jdk.internal.foreign.MappedMemorySegmentImpl";

    private SegmentClasses() {}

    static void load() {
        try (Arena shared = Arena.ofShared(); Arena confined = Arena.ofConfined()) {
            touch(shared.allocate(1));
            touch(confined.allocate(1));
            touch(Arena.ofAuto().allocate(1));
        }
        touch(MemorySegment.ofArray(new byte[1]));
        touch(MemorySegment.ofArray(new int[1]));
        touch(MemorySegment.ofArray(new long[1]));
        touch(MemorySegment.ofArray(new double[1]));
        try {
            Class.forName(MAPPED);
        } catch (ClassNotFoundException e) {
            // another Java calls it something else: then it comes when the first file is mapped, and costs what it costs
            System.getLogger(SegmentClasses.class.getName()).log(System.Logger.Level.DEBUG, MAPPED + " is not there",
                    e);
        }
    }

    private static void touch(MemorySegment segment) {
        segment.fill((byte) 0);
    }
}
