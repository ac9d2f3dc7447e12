package io.lazuli.scheduler.internal.transport;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// What a system property, or else an environment variable of the same name in capitals, says.
///
/// @param source how a message names where it came from
record Setting(String source, String value) {
    static Optional<Setting> find(
            String name, Function<String, String> properties, Function<String, String> environment) {
        String variable = name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return Optional.ofNullable(properties.apply(name))
                .map(value -> new Setting("property " + name, value))
                .or(() -> Optional.ofNullable(environment.apply(variable))
                        .map(value -> new Setting("variable " + variable, value)));
    }
}
