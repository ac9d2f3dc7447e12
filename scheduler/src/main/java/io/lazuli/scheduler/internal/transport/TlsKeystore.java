package io.lazuli.scheduler.internal.transport;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// The PKCS12 file that all processes of a cluster share: its one key and certificate are what each of them shows, and all that
/// each of them trusts.
///
/// | system property | environment |
/// |---|---|
/// | `lazuli.tls-keystore` | `LAZULI_TLS_KEYSTORE` |
/// | `lazuli.tls-password` | `LAZULI_TLS_PASSWORD` |
public record TlsKeystore(Path file, String password) {
    public TlsKeystore {
        Objects.requireNonNull(file, "file is null");
        Objects.requireNonNull(password, "password is null");
    }

    /// None if no keystore is named. Errors: USER if there is one without a password.
    static Optional<TlsKeystore> from(Function<String, String> properties, Function<String, String> environment) {
        return Setting.find("lazuli.tls-keystore", properties, environment).map(file -> new TlsKeystore(
                Path.of(file.value()),
                Setting.find("lazuli.tls-password", properties, environment)
                        .orElseThrow(() -> TransportErrors.noTlsPassword(file.value()))
                        .value()));
    }

    @Override
    public String toString() {
        return "TlsKeystore[" + file + "]";
    }
}
