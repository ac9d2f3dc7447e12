package io.lazuli.graph.memory;

import io.lazuli.graph.memory.SystemMemory.Slab;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Slabs by `mmap` and `munmap`, on 64-bit Linux. Against the C library's allocator this has a merit: what is freed goes back to the
/// system at once (the library keeps freed pieces of up to 32 MiB in fragments).
///
/// Huge pages are not asked for. Where they are at hand, touching a fresh slab of 64 MiB takes 5 ms with them and 30 to 60 without; but a
/// virtual machine that hands free ones back to its host pays up to 400 ms, in which a first query takes twice as long. Later
/// queries, on slabs from the pool, were no faster with them.
///
/// Calling native code without `--enable-native-access` would print a warning, so it is done only where that flag is given.
final class MappedPages implements SystemMemory {
    private static final int READ_WRITE = 0x3;
    private static final int PRIVATE_ANONYMOUS = 0x22;
    private static final long MAP_FAILED = -1;

    private final MethodHandle map;
    private final MethodHandle unmap;

    private MappedPages(MethodHandle map, MethodHandle unmap) {
        this.map = map;
        this.unmap = unmap;
    }

    /// Empty where it cannot be had, or not without a warning.
    static Optional<SystemMemory> find() {
        boolean isLinux = System.getProperty("os.name").equals("Linux") && ValueLayout.ADDRESS.byteSize() == 8;
        if (!isLinux || !MappedPages.class.getModule().isNativeAccessEnabled()) {
            return Optional.empty();
        }
        FunctionDescriptor map = FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG);
        FunctionDescriptor unmap =
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
        return function("mmap", map).flatMap(m -> function("munmap", unmap).map(u -> new MappedPages(m, u)));
    }

    private static Optional<MethodHandle> function(String name, FunctionDescriptor descriptor) {
        SymbolLookup library = Linker.nativeLinker().defaultLookup();
        return library.find(name).map(address -> Linker.nativeLinker().downcallHandle(address, descriptor));
    }

    @Override
    public Slab allocate(long byteSize) {
        try {
            long address = (long) map.invokeExact(0L, byteSize, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L);
            if (address == MAP_FAILED) {
                throw new OutOfMemoryError("the system has no %,d bytes of memory".formatted(byteSize));
            }
            return new Slab(MemorySegment.ofAddress(address).reinterpret(byteSize), () -> free(address, byteSize));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("mmap cannot be called", e);
        }
    }

    private void free(long address, long byteSize) {
        try {
            if ((int) unmap.invokeExact(address, byteSize) != 0) {
                throw new IllegalStateException("munmap of %,d bytes at %x failed".formatted(byteSize, address));
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("munmap cannot be called", e);
        }
    }
}
