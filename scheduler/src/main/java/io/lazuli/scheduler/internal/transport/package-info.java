/// The one transport of a cluster: authenticated, ordered frames of bytes over TCP. It knows nothing of what they say.
///
/// ```
///  connect ──▶ [TLS] ──▶ handshake: both prove that they know the token ──▶ frames: u32 length, payload; both ways
/// ```
///
/// **Invariant:** before a peer has proved that it knows the token, it gets a few hundred bytes of memory and a few seconds, and nothing
/// that it says is decoded beyond fixed fields of bounded size. **Invariant:** off loopback there is TLS, or no connection.
@NullMarked
package io.lazuli.scheduler.internal.transport;

import org.jspecify.annotations.NullMarked;
