package io.lazuli.scheduler.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Fails a test after which there is a buffer that nobody released, an event loop, or an open socket more than before. Netty watches every
/// buffer, and reports a leak when it finds that one was collected.
final class Leaks implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {
    private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();
    private static final File DESCRIPTORS = new File("/proc/self/fd");
    private long socketsBefore;

    @Override
    public void beforeAll(ExtensionContext context) {
        watch();
        // The JDK keeps a socket of its own from the first one on that it closes.
        Transport transport = Transport.open(Sockets.options());
        transport.listen(Sockets.ANY_PORT, PeerRole.CLIENT, "first", _ -> {
            throw new AssertionError("nobody connects");
        }).close();
        transport.close();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        REPORTS.clear();
        socketsBefore = sockets();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Sockets.until("event loops end, still there: " + eventLoops(), () -> eventLoops().isEmpty());
        Sockets.until("sockets are closed", () -> sockets() <= socketsBefore);
        assertThat(leaks()).as("buffers that nobody released").isEmpty();
    }

    /// From now on, every buffer is watched.
    static void watch() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> REPORTS.add(type + " " + records));
    }

    /// What was collected without being released. The detector looks when a buffer is allocated.
    static Queue<String> leaks() {
        for (int round = 0; round < 3; round++) {
            System.gc();
            PooledByteBufAllocator.DEFAULT.buffer(16).release();
        }
        return REPORTS;
    }

    private static List<String> eventLoops() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("lazuli-net-"))
                .toList();
    }

    private static long sockets() {
        File[] all = DESCRIPTORS.listFiles();
        if (all == null) {
            return 0;
        }
        long sockets = 0;
        for (File file : all) {
            try {
                if (Files.readSymbolicLink(file.toPath()).toString().startsWith("socket:")) {
                    sockets++;
                }
            } catch (IOException e) {
                // Closed since the listing.
            }
        }
        return sockets;
    }
}
