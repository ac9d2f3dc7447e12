package io.lazuli.graph.memory;

import java.util.List;

/// Says which bytes of a block's buffers each of its slices needs, so that a slice can be sent, read and verified without the rest.
/// That is known to the collection alone that has made the block.
///
/// ```
///   values   | slice 0 | slice 1 | slice 2 |        extents = [0, 40, 40, 72, 72, 100]
///   bits     | slice 0 |                            extents = [0, 8, 0, 16, 8, 16]: slices may share a word
///                 | slice 1 |
///                      | slice 2 |
///   entries  |         of all slices       |        extents = []
/// ```
@FunctionalInterface
public interface Slicing {
    /// Every slice needs every byte, for all that is known.
    Slicing UNKNOWN = block -> block.buffers().stream().map(_ -> new long[0]).toList();

    /// For each buffer: the first byte and the byte after the last that slice 0 needs, those of slice 1 and so on; or nothing, if
    /// every slice needs the whole buffer.
    List<long[]> extents(Block block);
}
