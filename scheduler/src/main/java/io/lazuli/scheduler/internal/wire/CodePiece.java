package io.lazuli.scheduler.internal.wire;

/// A piece of a bundle of code. Pieces of one bundle come in order, with no other bundle's between them.
///
/// @param hash   of the bundle, see [io.lazuli.scheduler.internal.code.CodeHash]
/// @param length of the whole bundle, in bytes
/// @param isLast whether it is complete now
public record CodePiece(String hash, long length, byte[] bytes, boolean isLast) {}
