package io.lazuli.scheduler.internal.transport;

/// The peer sent a length that no frame has.
final class BadFrameException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadFrameException(long length, long largest) {
        super(TransportErrors.badFrameLength(length, largest), null, false, false);
    }
}
