package io.lazuli.scheduler;

import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.core.WorkerProfile;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a worker has that tasks can ask for, besides threads and memory: see
/// [io.lazuli.graph.Annotations#withResources] and [io.lazuli.graph.Annotations#withWorkers].
///
/// | system property | environment | such as |
/// |---|---|---|
/// | `lazuli.resources` | `LAZULI_RESOURCES` | `gpu=1,license=2` |
/// | `lazuli.labels` | `LAZULI_LABELS` | `big,rack-7` |
///
/// Names have no comma, those of resources no equals sign.
///
/// @param resources amounts; a task holds what it asks for while it runs
/// @param labels    names; the worker's own name and its host are two in any case
public record WorkerOffers(SortedMap<String, Integer> resources, SortedSet<String> labels) {
    private static final String RESOURCES = "lazuli.resources";
    private static final String LABELS = "lazuli.labels";
    /// Nothing.
    public static final WorkerOffers NONE = new WorkerOffers(new TreeMap<>(), new TreeSet<>());

    /// Errors: USER if an amount is not positive, or a name is blank or has a sign that it may not have.
    public WorkerOffers {
        resources = Collections.unmodifiableSortedMap(new TreeMap<>(resources));
        labels = Collections.unmodifiableSortedSet(new TreeSet<>(labels));
        resources.forEach((name, amount) -> check(name, amount > 0, "resources", name + "=" + amount));
        labels.forEach(name -> check(name, true, "labels", name));
    }

    private static void check(String name, boolean isAmount, String setting, String found) {
        boolean isName =
                !name.isBlank() && name.indexOf(',') < 0 && (setting.equals("labels") || name.indexOf('=') < 0);
        if (!isName || !isAmount) {
            throw badOffer(setting, found);
        }
    }

    private static RuntimeException badOffer(String setting, String found) {
        return Errors.badSetting(
                setting, found, setting.equals("resources")
                        ? "names with whole amounts above zero, such as gpu=1,license=2"
                        : "names, such as big,rack-7");
    }

    /// As environment variables say, and system properties, which go first. Errors: USER if one does not parse.
    public static WorkerOffers fromEnvironment() {
        return from(Map.of());
    }

    /// As [#fromEnvironment], but what is in `settings`, by the names of the system properties, goes first of all.
    public static WorkerOffers from(Map<String, String> settings) {
        Function<String, Optional<String>> setting = EngineOptions.settings(settings);
        return parse(setting.apply(RESOURCES).orElse(""), setting.apply(LABELS).orElse(""));
    }

    /// Errors: USER if one does not parse.
    ///
    /// @param resources `name=amount`, separated by commas; or nothing
    /// @param labels    names, separated by commas; or nothing
    public static WorkerOffers parse(String resources, String labels) {
        SortedMap<String, Integer> amounts = new TreeMap<>();
        for (String part : parts(resources)) {
            int equals = part.indexOf('=');
            try {
                amounts.put(part.substring(0, Math.max(0, equals)).strip(),
                        Integer.parseInt(part.substring(equals + 1).strip()));
            } catch (NumberFormatException e) {
                throw badOffer("resources", part);
            }
        }
        return new WorkerOffers(amounts, new TreeSet<>(parts(labels)));
    }

    private static List<String> parts(String text) {
        return text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    /// As settings, from which [#from] makes the same.
    Map<String, String> settings() {
        return Map.of(
                RESOURCES, resources.entrySet().stream().map(offer -> offer.getKey() + "=" + offer.getValue())
                        .collect(Collectors.joining(",")),
                LABELS, String.join(",", labels));
    }

    /// What such a worker says of itself.
    WorkerProfile profile(String name, String host, EngineOptions options) {
        SortedSet<String> all = new TreeSet<>(labels);
        all.add(name);
        all.add(host);
        return new WorkerProfile(options.threads(), resources, all, options.bufferBytes());
    }
}
