package io.lazuli.scheduler.internal.code;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Which classes bytes from another process may name: those of its program, those of Lazuli, and of the JDK those that say
/// nothing but what a value or function is.
///
/// Bytes that name a class get the class itself, a constant of an enum, an array or a record of it; they call none of its methods.
/// Even so nobody should be able to ask for what may have an effect by being loaded: all other classes of the JDK are refused,
/// also where a bundle claims to hold them.
///
/// @param program whether the user's program holds a class of a binary name
public record AllowedClasses(Predicate<String> program) implements Predicate<String> {
    private static final String ENGINE = "io.lazuli.";

    /// Packages of the JDK that hold nothing but values, functions and collections.
    private static final Set<String> PACKAGES =
            Set.of("java.math", "java.time", "java.time.chrono", "java.time.format", "java.time.temporal",
                    "java.util.function");

    private static final Set<String> CLASSES = Set.of(
            "java.io.IOException", "java.io.Serializable", "java.io.UncheckedIOException",
            "java.lang.ArithmeticException", "java.lang.AutoCloseable", "java.lang.Boolean", "java.lang.Byte",
            "java.lang.CharSequence", "java.lang.Character", "java.lang.Cloneable", "java.lang.Comparable",
            "java.lang.Double", "java.lang.Enum", "java.lang.Error", "java.lang.Exception", "java.lang.Float",
            "java.lang.IllegalArgumentException", "java.lang.IllegalStateException", "java.lang.Integer",
            "java.lang.Iterable", "java.lang.Long", "java.lang.Number", "java.lang.NumberFormatException",
            "java.lang.Object", "java.lang.Record", "java.lang.Runnable", "java.lang.RuntimeException",
            "java.lang.Short", "java.lang.String", "java.lang.StringBuilder", "java.lang.Throwable", "java.lang.Void",
            "java.math.RoundingMode", "java.nio.ByteOrder", "java.nio.charset.Charset", "java.nio.file.Path",
            "java.util.AbstractMap$SimpleEntry", "java.util.AbstractMap$SimpleImmutableEntry", "java.util.ArrayDeque",
            "java.util.ArrayList", "java.util.BitSet", "java.util.Collection", "java.util.Comparator",
            "java.util.Currency", "java.util.Date", "java.util.Deque", "java.util.DoubleSummaryStatistics",
            "java.util.EnumMap", "java.util.EnumSet", "java.util.HashMap", "java.util.HashSet",
            "java.util.IntSummaryStatistics", "java.util.Iterator", "java.util.LinkedHashMap",
            "java.util.LinkedHashSet", "java.util.LinkedList", "java.util.List", "java.util.Locale",
            "java.util.LongSummaryStatistics", "java.util.Map", "java.util.Map$Entry", "java.util.NavigableMap",
            "java.util.NavigableSet", "java.util.NoSuchElementException", "java.util.Optional",
            "java.util.OptionalDouble", "java.util.OptionalInt", "java.util.OptionalLong", "java.util.PriorityQueue",
            "java.util.Queue", "java.util.Random", "java.util.SequencedCollection", "java.util.SequencedMap",
            "java.util.SequencedSet", "java.util.Set", "java.util.SortedMap", "java.util.SortedSet",
            "java.util.TreeMap", "java.util.TreeSet", "java.util.UUID", "java.util.concurrent.Callable",
            "java.util.concurrent.ConcurrentHashMap", "java.util.concurrent.TimeUnit",
            "java.util.concurrent.TimeoutException", "java.util.regex.Pattern", "java.util.stream.Collector",
            "java.util.stream.DoubleStream", "java.util.stream.IntStream", "java.util.stream.LongStream",
            "java.util.stream.Stream");

    private static final Set<String> JDK_PACKAGES = jdkPackages();

    private static Set<String> jdkPackages() {
        return ModuleLayer.boot().modules().stream()
                .map(Module::getDescriptor)
                .filter(module -> module.name().startsWith("java.") || module.name().startsWith("jdk."))
                .flatMap(module -> module.packages().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean test(String name) {
        String packageName = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        if (isOfJdk(packageName)) {
            return PACKAGES.contains(packageName) || CLASSES.contains(name);
        }
        return name.startsWith(ENGINE) || program.test(name);
    }

    /// Also of modules that this process has not resolved: no program has classes there.
    private static boolean isOfJdk(String packageName) {
        return JDK_PACKAGES.contains(packageName) || packageName.startsWith("java.") || packageName.startsWith("sun.")
                || packageName.startsWith("jdk.") || packageName.startsWith("com.sun.");
    }
}
