package io.lazuli.scheduler.internal.membership;

import java.nio.file.Path;

/// The one certificate that all members of a cluster share, with its key: who has it may join, and nobody else.
///
/// @param keyStore a PKCS12 file with one key and its certificate
/// @param password of the file and of the key
public record TlsOptions(Path keyStore, char[] password) {
    /// Without the password.
    @Override
    public String toString() {
        return "TlsOptions[" + keyStore + "]";
    }
}
