package io.lazuli.scheduler.internal.wire;

import java.nio.ByteBuffer;

/// Frames of a connection that results go over.
///
/// ```
///   0, a DataMessage
///   1, number (8 bytes), the next piece of the segment that was announced under that number
/// ```
public final class DataFrames {
    private static final byte MESSAGE = 0;
    private static final byte PIECE = 1;

    private DataFrames() {}

    /// What a frame is.
    public sealed interface Frame {}

    public record Message(DataMessage message) implements Frame {}

    /// @param bytes lent as the frame is
    public record Piece(long number, ByteBuffer bytes) implements Frame {}

    public static ByteBuffer encode(DataMessage message) {
        byte[] bytes = Wire.encode(message);
        return ByteBuffer.allocate(1 + bytes.length).put(MESSAGE).put(bytes).flip();
    }

    /// What stands before each piece.
    public static ByteBuffer pieceHead(long number) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(PIECE).putLong(number).flip();
    }

    /// Errors: DATA or IllegalArgumentException if it is none.
    public static Frame decode(ByteBuffer frame) {
        byte kind = frame.get();
        if (kind == PIECE && frame.remaining() >= Long.BYTES) {
            return new Piece(frame.getLong(), frame.slice());
        }
        if (kind == MESSAGE && Wire.decode(frame.slice()) instanceof DataMessage message) {
            return new Message(message);
        }
        throw new IllegalArgumentException("a frame of kind " + kind + " with " + frame.remaining() + " bytes");
    }
}
