package io.lazuli.scheduler.internal.wire;

import io.lazuli.graph.Key;
import java.util.Optional;

/// What is said where results go from a worker to another worker, or to a client. Each request has a number, which all that is about
/// it repeats.
public sealed interface DataMessage {
    long number();

    /// What the holder is asked.
    sealed interface Request extends DataMessage {}

    /// @param isHere who asks can open the holder's files
    /// @param sliced who asks will read slices of it: where these are told apart, only the head is to come
    record Fetch(long number, Ticket ticket, boolean isHere, boolean sliced) implements Request {}

    /// Stretches of the segment whose head was fetched. They follow in pieces, in that order, without another answer.
    ///
    /// @param stretches offset and length of each
    record FetchStretches(long number, Ticket ticket, long[] stretches) implements Request {}

    /// How large is it?
    record Measure(long number, Ticket ticket) implements Request {}

    /// The file of an answer has been opened, or is not wanted any more.
    record Release(long number) implements Request {}

    /// What the holder answers.
    sealed interface Answer extends DataMessage {}

    /// The holder has not got it, or cannot give it.
    ///
    /// @param why if that is more than not having it
    record Absent(long number, Optional<RemoteFailure> why) implements Answer {}

    record Sized(long number, long rows, long bytes) implements Answer {}

    /// The segment.
    ///
    /// @param key       what it was made as, which the segment says too: not the name that it was asked for by where a result has
    ///                  taken the place of another, as what a task expanded to has; the same below
    /// @param sliceRows rows that its task put into each slice
    record Inline(long number, Key key, long[] sliceRows, byte[] segment) implements Answer {}

    /// The segment is in that file, which stays there until [Release].
    record InFile(long number, Key key, long[] sliceRows, String path) implements Answer {}

    /// The segment follows in pieces, see [DataFrames].
    record Streamed(long number, Key key, long[] sliceRows, long bytes) implements Answer {}

    /// The head of the segment, of which slices can be fetched alone, follows in pieces.
    ///
    /// @param bytes of the segment
    record Sliced(long number, Key key, long[] sliceRows, long headBytes, long bytes) implements Answer {}
}
