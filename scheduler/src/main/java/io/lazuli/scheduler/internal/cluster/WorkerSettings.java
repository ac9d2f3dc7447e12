package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.store.StoreOptions;
import io.lazuli.scheduler.internal.transport.TransportOptions;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// What a worker process goes by.
///
/// @param schedulers  where one of them leads
/// @param name        what people call the worker
/// @param host        where it listens for those who want its results
/// @param bufferBytes most bytes of data outside its heap
/// @param members     how it becomes a member of the cluster; empty if it is not to
public record WorkerSettings(
        List<InetSocketAddress> schedulers, String name, String host, WorkerProfile profile, long bufferBytes,
        StoreOptions store, TransportOptions transport, Optional<MemberSettings> members) {}
