package io.lazuli.scheduler.event;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/// The terminal that a standard stream of this process goes to: whether there is one, and how wide it is now.
///
/// The system is asked by `ioctl` where this process may call native code anyway; elsewhere that would print a warning, and the
/// environment has to do.
final class Terminal {
    private static final int DEFAULT_WIDTH = 80;
    private static final long LINUX_WINDOW_SIZE = 0x5413;
    private static final long MACOS_WINDOW_SIZE = 0x40087468;
    /// Offset of the columns in a `struct winsize`, and its length.
    private static final long COLUMNS_OFFSET = 2;
    private static final long WINDOW_SIZE_BYTES = 8;
    /// Empty where it cannot be called, or not without a warning.
    private static final Optional<MethodHandle> IOCTL = findIoctl();

    /// Of the stream: 1 or 2.
    private final int descriptor;

    private Terminal(int descriptor) {
        this.descriptor = descriptor;
    }

    /// Empty if `out` does not go to a terminal that understands how to move the cursor.
    static Optional<Terminal> of(PrintStream out) {
        String kind = System.getenv("TERM");
        boolean isStandard = out == System.out || out == System.err;
        if (!isStandard || kind == null || kind.equals("dumb")) {
            return Optional.empty();
        }
        Terminal terminal = new Terminal(out == System.out ? 1 : 2);
        return terminal.isThere() ? Optional.of(terminal) : Optional.empty();
    }

    private boolean isThere() {
        if (IOCTL.isPresent()) {
            return askedWidth().isPresent();
        }
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            // No such links on this system.
            Console console = System.console();
            return console != null && console.isTerminal();
        }
    }

    /// Columns at this moment.
    int width() {
        return askedWidth().stream().filter(width -> width > 0).findFirst().orElseGet(Terminal::usualWidth);
    }

    /// Columns of a terminal that cannot be asked.
    static int usualWidth() {
        String columns = Optional.ofNullable(System.getenv("COLUMNS")).orElse("");
        return columns.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(columns) : DEFAULT_WIDTH;
    }

    /// What the system says: empty if it cannot be asked or there is no terminal, zero if it does not know.
    private OptionalInt askedWidth() {
        if (IOCTL.isEmpty()) {
            return OptionalInt.empty();
        }
        long request = isLinux() ? LINUX_WINDOW_SIZE : MACOS_WINDOW_SIZE;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(WINDOW_SIZE_BYTES, Short.BYTES);
            int result = (int) IOCTL.get().invokeExact(descriptor, request, size);
            return result == 0
                    ? OptionalInt.of(Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, COLUMNS_OFFSET)))
                    : OptionalInt.empty();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("ioctl cannot be called", e);
        }
    }

    private static boolean isLinux() {
        return System.getProperty("os.name").equals("Linux");
    }

    private static Optional<MethodHandle> findIoctl() {
        boolean isKnown = isLinux() || System.getProperty("os.name").startsWith("Mac");
        if (!isKnown || !Terminal.class.getModule().isNativeAccessEnabled()) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor ioctl = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);
        return linker.defaultLookup()
                .find("ioctl")
                .map(address -> linker.downcallHandle(address, ioctl, Linker.Option.firstVariadicArg(2)));
    }
}
