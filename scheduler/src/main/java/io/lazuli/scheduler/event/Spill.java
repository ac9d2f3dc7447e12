package io.lazuli.scheduler.event;

/// What a job put on disk for lack of memory, and had back.
///
/// @param writtenBytes in all
/// @param readBytes    in all
/// @param diskBytes    on disk when this was told last; an ended job's files go with its results
public record Spill(long writtenBytes, long readBytes, long diskBytes) {
    static final Spill NONE = new Spill(0, 0, 0);

    Spill plus(Spill other) {
        return new Spill(
                writtenBytes + other.writtenBytes, readBytes + other.readBytes, diskBytes + other.diskBytes);
    }
}
