package io.lazuli.scheduler.internal.transport;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// How a [Transport] is set up. Both ends of a connection should have the same largest frame: a larger one ends it.
///
/// @param secret                     what peers must know
/// @param tls                        if present, every connection is TLS, also on loopback; off loopback there must be one
/// @param largestFrameBytes          of a frame's payload
/// @param handshakeTime              how long a new connection may take until both ends trust each other
/// @param unauthenticatedConnections most connections of an endpoint that have not yet, more are closed at once
/// @param lowWaterBytes              a connection is writable again when fewer bytes than that wait to be sent
/// @param highWaterBytes             it is not writable when more bytes than that wait
/// @param threads                    event loops; all work of a connection is done by one of them
public record TransportOptions(
        ClusterSecret secret,
        Optional<TlsKeystore> tls,
        int largestFrameBytes,
        Duration handshakeTime,
        int unauthenticatedConnections,
        int lowWaterBytes,
        int highWaterBytes,
        int threads) {
    /// Errors: USER, for limits that make no sense.
    public TransportOptions {
        Objects.requireNonNull(secret, "secret is null");
        Objects.requireNonNull(tls, "tls is null");
        check("largest-frame", largestFrameBytes, largestFrameBytes >= 1024 && largestFrameBytes <= 1 << 30,
                "from 1 KiB to 1 GiB");
        check("handshake-time", handshakeTime, handshakeTime.isPositive(), "more than 0");
        check("unauthenticated-connections", unauthenticatedConnections, unauthenticatedConnections > 0,
                "at least 1");
        check("low-water", lowWaterBytes, lowWaterBytes > 0, "at least 1");
        check("high-water", highWaterBytes, highWaterBytes >= lowWaterBytes, "at least low-water");
        check("threads", threads, threads > 0, "at least 1");
    }

    private static void check(String name, Object value, boolean isGood, String expected) {
        if (!isGood) {
            throw TransportErrors.badOption(name, value, expected);
        }
    }

    /// Frames up to 16 MiB, 10 s for a handshake, 64 unauthenticated connections, 1 to 4 MiB waiting to be sent, 2 threads; no TLS. Where
    /// six processes share a processor, first handshakes by TLS took more than 5 s.
    public static TransportOptions of(ClusterSecret secret) {
        return new TransportOptions(
                secret, Optional.empty(), 16 << 20, Duration.ofSeconds(10), 64, 1 << 20, 4 << 20, 2);
    }

    /// The defaults, with the secret and the keystore that [ClusterSecret] and [TlsKeystore] find in properties and environment.
    public static TransportOptions fromEnvironment() {
        return of(ClusterSecret.fromEnvironment())
                .withTls(TlsKeystore.from(System::getProperty, System.getenv()::get));
    }

    public TransportOptions withTls(Optional<TlsKeystore> tls) {
        return new TransportOptions(secret, tls, largestFrameBytes, handshakeTime, unauthenticatedConnections,
                lowWaterBytes, highWaterBytes, threads);
    }

    public TransportOptions withLargestFrameBytes(int largestFrameBytes) {
        return new TransportOptions(secret, tls, largestFrameBytes, handshakeTime, unauthenticatedConnections,
                lowWaterBytes, highWaterBytes, threads);
    }

    public TransportOptions withHandshakeTime(Duration handshakeTime) {
        return new TransportOptions(secret, tls, largestFrameBytes, handshakeTime, unauthenticatedConnections,
                lowWaterBytes, highWaterBytes, threads);
    }

    public TransportOptions withUnauthenticatedConnections(int unauthenticatedConnections) {
        return new TransportOptions(secret, tls, largestFrameBytes, handshakeTime, unauthenticatedConnections,
                lowWaterBytes, highWaterBytes, threads);
    }

    public TransportOptions withWaterMarks(int lowWaterBytes, int highWaterBytes) {
        return new TransportOptions(secret, tls, largestFrameBytes, handshakeTime, unauthenticatedConnections,
                lowWaterBytes, highWaterBytes, threads);
    }

    public TransportOptions withThreads(int threads) {
        return new TransportOptions(secret, tls, largestFrameBytes, handshakeTime, unauthenticatedConnections,
                lowWaterBytes, highWaterBytes, threads);
    }
}
