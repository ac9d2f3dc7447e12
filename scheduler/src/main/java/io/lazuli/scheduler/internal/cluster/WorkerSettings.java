package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.store.StoreOptions;
import io.lazuli.scheduler.internal.transport.TransportOptions;
import java.net.InetSocketAddress;

/// What a worker process goes by.
///
/// @param scheduler   where it is
/// @param name        what people call the worker
/// @param host        where it listens for those who want its results
/// @param bufferBytes most bytes of data outside its heap
public record WorkerSettings(
        InetSocketAddress scheduler, String name, String host, WorkerProfile profile, long bufferBytes,
        StoreOptions store, TransportOptions transport) {}
