package io.lazuli.scheduler.internal.transport;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// What all processes of a cluster know and nobody else: the token. Who has it may run code in the cluster.
///
/// | system property | environment | meaning |
/// |---|---|---|
/// | `lazuli.token` | `LAZULI_TOKEN` | the token itself |
/// | `lazuli.token-file` | `LAZULI_TOKEN_FILE` | a file that holds it and that nobody else may read |
///
/// If none is set, it is in `$XDG_CONFIG_HOME/lazuli/token` or `~/.config/lazuli/token`, which the first process makes. Nothing
/// prints the token but [#text].
public final class ClusterSecret {
    /// 128 bits, where the token is in hexadecimal digits.
    private static final int LEAST_LENGTH = 32;
    private static final int LARGEST_LENGTH = 1024;
    private static final int RANDOM_BYTES = 32;
    private static final int KEY_BYTES = 32;
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7E]*");
    private static final byte[] SALT = "lazuli".getBytes(StandardCharsets.US_ASCII);

    private final String text;

    private ClusterSecret(String text) {
        this.text = text;
    }

    /// The token as somebody wrote it, without white space around it. Errors: USER if it is too short to be secret (fewer than 32
    /// characters), or not printable.
    ///
    /// @param source what it was read from, for messages
    public static ClusterSecret of(String text, String source) {
        String token = text.strip();
        if (token.length() < LEAST_LENGTH || token.length() > LARGEST_LENGTH) {
            throw TransportErrors.tokenLength(source, token.length(), LEAST_LENGTH, LARGEST_LENGTH);
        }
        if (!PRINTABLE.matcher(token).matches()) {
            throw TransportErrors.tokenNotPrintable(source);
        }
        return new ClusterSecret(token);
    }

    /// A new one of 256 random bits.
    public static ClusterSecret random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new ClusterSecret(HexFormat.of().formatHex(bytes));
    }

    /// That of this process's settings; makes the file that holds it, if there is none. Errors: USER if it is no token, or if
    /// others may read the file; RESOURCE if the file cannot be read or made.
    public static ClusterSecret fromEnvironment() {
        return from(System::getProperty, System.getenv()::get);
    }

    static ClusterSecret from(Function<String, String> properties, Function<String, String> environment) {
        Optional<Setting> token = Setting.find("lazuli.token", properties, environment);
        if (token.isPresent()) {
            return of(token.get().value(), token.get().source());
        }
        Optional<Setting> file = Setting.find("lazuli.token-file", properties, environment);
        if (file.isPresent()) {
            return TokenFile.read(Path.of(file.get().value()));
        }
        return TokenFile.readOrCreate(configuration(properties, environment).resolve("lazuli").resolve("token"));
    }

    /// As the XDG base directories say, where a relative path counts as none.
    private static Path configuration(Function<String, String> properties, Function<String, String> environment) {
        return Optional.ofNullable(environment.apply("XDG_CONFIG_HOME"))
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> Path.of(properties.apply("user.home"), ".config"));
    }

    /// The token itself, to be handed to a process that this one starts, or written to a file that only its owner may read.
    public String text() {
        return text;
    }

    /// A key of 32 bytes for one purpose, by HKDF with SHA-256. It tells nothing of the token, nor of keys for other purposes.
    public byte[] derive(String purpose) {
        byte[] token = text.getBytes(StandardCharsets.US_ASCII);
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(
                    HKDFParameterSpec.ofExtract()
                            .addSalt(SALT)
                            .addIKM(token)
                            .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks HKDF-SHA256, which is part of JDK 25", e);
        } finally {
            Arrays.fill(token, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "ClusterSecret[hidden]";
    }
}
