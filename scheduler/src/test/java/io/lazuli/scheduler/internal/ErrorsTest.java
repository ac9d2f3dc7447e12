package io.lazuli.scheduler.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.Mix;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Pins the text of each message.
class ErrorsTest {
    private static final Token TOKEN = new Token(0x0123456789abcdefL, 0xfedcba9876543210L);
    private static final Key KEY = new Key(TOKEN, 4);
    private static final Layer LAYER = new Layer(TOKEN, new Mix(0, 1, 1), 9, List.of(), "scan a.csv > filter");
    private static final Path DIRECTORY = Path.of("/scratch");

    private static void assertError(LazuliException error, ErrorCode code, String message) {
        assertThat(error).hasMessage(message);
        assertThat(error.code()).isEqualTo(code);
    }

    @Test
    void tasks() {
        LazuliException data = new LazuliException(ErrorCode.DATA, "Line 7 has 3 fields, expected 4.");
        LazuliException failed = Errors.taskFailed(LAYER, KEY, 1, data);
        assertError(
                failed,
                ErrorCode.DATA,
                "Operation mix failed in task 01234567:4 of layer 'scan a.csv > filter' (attempt 1 of partition 4): Line 7 has 3 fields, expected 4.");
        assertThat(failed).hasCause(data);
        assertError(
                Errors.taskFailed(LAYER, KEY, 1, new NullPointerException()),
                ErrorCode.INTERNAL,
                "Operation mix failed in task 01234567:4 of layer 'scan a.csv > filter' (attempt 1 of partition 4): java.lang.NullPointerException");
        assertError(
                Errors.taskFailed(LAYER, KEY, 1, new OutOfMemoryError("Java heap space")),
                ErrorCode.RESOURCE,
                "Operation mix failed in task 01234567:4 of layer 'scan a.csv > filter' (attempt 1 of partition 4): Java heap space The Java heap is full: raise -Xmx, or use more partitions.");
        assertError(Errors.nullResult(), ErrorCode.INTERNAL, "it returned null instead of a block.");
    }

    @Test
    void schedulersThatAreGone() {
        assertError(
                Errors.schedulerSilent(60),
                ErrorCode.RESOURCE,
                "No scheduler of the cluster has answered for 60 seconds. Start one at the same address, connect anew, and submit the job again.");
        assertError(
                Errors.jobTaken(7),
                ErrorCode.RESOURCE,
                "The scheduler that took over runs another job 7 already: the cluster was split, and two schedulers led. Submit the job again.");
    }

    @Test
    void jobs() {
        assertError(Errors.cancelled("q1"), ErrorCode.CANCELLED, "Job 'q1' was cancelled.");
        assertError(
                Errors.interrupted("q1"),
                ErrorCode.CANCELLED,
                "The thread that waited for job 'q1' was interrupted; the job goes on.");
        assertError(
                Errors.rowsLost("join", 1000, 999),
                ErrorCode.INTERNAL,
                "Layer 'join' took 999 rows from its exchange, but its producers made 1,000. Rows must be conserved; please report this.");
        assertError(
                Errors.sliceLost("join", 3, 1000, 999),
                ErrorCode.INTERNAL,
                "Layer 'join' took 999 rows from slice 3 of its exchange, but its producers put 1,000 there. Rows must be conserved; please report this.");
        assertError(
                Errors.notHeld(TOKEN, List.of()),
                ErrorCode.USER,
                "This engine does not hold 0123456789abcdeffedcba9876543210. Persist it on this engine, and close it after its last use. Held are: [].");
        assertError(
                Errors.heldDiffers(TOKEN, 3, 4),
                ErrorCode.USER,
                "Persisted 0123456789abcdeffedcba9876543210 has 3 partitions, but the graph expects 4.");
        assertError(
                Errors.engineClosed(),
                ErrorCode.USER,
                "The engine is closed. Open a new one, or close it after its last job.");
        assertError(
                Errors.engineBroken(new IllegalStateException("bad state.")),
                ErrorCode.INTERNAL,
                "The engine met a defect of its own and stopped: bad state. Please report this.");
    }

    @Test
    void code() {
        assertError(
                Errors.classTooLarge("app.Bomb", Path.of("/scratch/ab12.jar"), 16 << 20),
                ErrorCode.DATA,
                "Class app.Bomb of ab12.jar has more than 16,777,216 bytes, and is not loaded. Take a jar that was not tampered with.");
    }

    @Test
    void spilling() {
        assertError(
                Errors.cannotSpill(DIRECTORY, 1_000_000, new IOException("No space left on device")),
                ErrorCode.RESOURCE,
                "Cannot spill 1,000,000 bytes to /scratch: No space left on device. Free space there, or set lazuli.spill-directory to a directory that is writable and large enough.");
        assertError(
                Errors.spillLimitReached(DIRECTORY, 1_000_000, 4_500_000, 5_000_000),
                ErrorCode.RESOURCE,
                "Cannot spill 1,000,000 bytes to /scratch: 4,500,000 of the 5,000,000 bytes that lazuli.spill-limit allows are in use. Raise it, raise the memory limit, or use more partitions.");
        assertError(
                Errors.spillDiskFull(DIRECTORY, 1_000_000, 1_500_000, 1_250_000),
                ErrorCode.RESOURCE,
                "Cannot spill 1,000,000 bytes to /scratch: that disk has 1,500,000 bytes free, of which 1,250,000 are left to others. Free space there, or set lazuli.spill-directory to a directory that is large enough.");
        assertError(
                Errors.spillLost("/scratch/1.seg", KEY, "it is cut short", null),
                ErrorCode.DATA,
                "Result 01234567:4 was spilled to /scratch/1.seg and cannot be read back: it is cut short. Check that disk, and that nothing else writes there; then run the job again.");
    }

    @Test
    void otherProcesses() {
        assertError(
                Errors.copyLost("/scratch/2.seg", KEY, "it is gone", null),
                ErrorCode.DATA,
                "Result 01234567:4 was fetched as /scratch/2.seg and cannot be read: it is gone. Check the disks and the network of both workers; then run the job again.");
        assertError(
                Errors.valueCannotTravel(KEY, new StringBuilder(), new IllegalStateException("it changes.")),
                ErrorCode.USER,
                "Result 01234567:4 (java.lang.StringBuilder) is needed by a task on another worker and cannot be sent there: it changes.");
    }

    @Test
    void theHeap() {
        assertError(
                Errors.heapBudgetExceeded(KEY, "java.lang.Thread", 2_000, 16_000, 10_000, ""),
                ErrorCode.RESOURCE,
                "Result 01234567:4 (java.lang.Thread, about 2,000 bytes) cannot be kept: results that cannot be spilled would take 16,000 bytes of the Java heap, and the budget is 10,000. Return smaller results, or raise -Xmx or lazuli.heap-budget.");
    }

    @Test
    void theCluster() {
        assertError(
                Errors.badEndpoint("10.0.0.7"),
                ErrorCode.USER,
                "Setting address is '10.0.0.7', expected a host and a port such as 10.0.0.7:5701, an IPv6 address in brackets.");
        assertError(
                Errors.openMemberLinks("10.0.0.7:5701"),
                ErrorCode.USER,
                "Links between members would listen on 10.0.0.7:5701, which other machines can reach, without protection. Name a key store with the cluster's certificate, or listen on 127.0.0.1 and connect the machines by a tunnel (ssh -L, WireGuard).");
        assertError(
                Errors.badKeyStore(DIRECTORY, "it holds 2 keys with a certificate", null),
                ErrorCode.USER,
                "Key store /scratch cannot protect links between members: it holds 2 keys with a certificate. Name a PKCS12 file with one private key and its certificate, and the password of both.");
        assertError(
                Errors.noLeader(Duration.ofSeconds(5), 0),
                ErrorCode.RESOURCE,
                "Nobody leads the cluster after PT5S; 0 schedulers are known. Start one, or check the addresses that are joined.");
        assertError(
                Errors.journalDamaged("q1", "3.14", "its checksum is wrong"),
                ErrorCode.DATA,
                "Segment 3.14 of the journal of job 'q1' is damaged: its checksum is wrong. The job cannot go on from it: submit it again.");
        assertError(
                Errors.journalEntryTooLarge("q1", 2_000_000_000, 1 << 30),
                ErrorCode.USER,
                "2,000,000,000 bytes are too many to be kept at once in the journal of job 'q1': at most 1,073,741,824 may be. Let functions load large values instead of capturing them.");
    }
}
