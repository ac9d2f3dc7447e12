package io.lazuli.graph.function;

import io.lazuli.graph.Token;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Walks from a method or class to all code outside of the JDK that it may run, and hashes what it meets in the order in which
/// it meets it. That order follows from the code, so equal code gives an equal token however its files are laid out.
///
/// ```
///   lambda --calls--> helper --calls--> helper of the helper          the methods that are called
///          --reads--> CONSTANT                                        the static initialisers of its class
///          --makes--> Stop                                            its shape, and all methods that others can call on it:
///                      |                                              who takes a Stop as an argument need not name it
///                      +--extends--> Place                            likewise
/// ```
///
/// Methods and classes that have no name of their own, as those of lambdas, are known by when they were met.
final class ReachedCode {
    private static final String ENGINE_VERSION =
            Optional.ofNullable(ReachedCode.class.getPackage().getImplementationVersion()).orElse("development");

    private record Found(ClassCode owner, MethodCode method) {}

    private final ClassFiles files;

    /// The one top-level class of the engine's packages that is walked: where the function itself is written.
    private final String home;

    private final List<Object> content = new ArrayList<>();
    private final Map<String, Integer> unnamed = new HashMap<>();

    /// Methods that are or were in `waiting`.
    private final Set<String> reached = new HashSet<>();

    private final Set<String> instances = new HashSet<>();
    private final Deque<Found> waiting = new ArrayDeque<>();

    /// False as soon as something is met that cannot be known.
    private boolean isKnown = true;

    private ReachedCode(ClassLoader loader, String start) {
        files = ClassFiles.of(loader);
        home = ClassName.topLevel(start);
    }

    /// The token of what `start` may run; empty if that is not bytecode alone.
    static Optional<Token> token(ClassLoader loader, List<Reference> start) {
        try {
            ReachedCode code = new ReachedCode(loader, start.getFirst().owner());
            start.forEach(code::reach);
            code.walk();
            return code.isKnown ? Optional.of(Token.of(code.content)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a class file that cannot be read, or that this JDK does not understand
        }
    }

    private void walk() {
        while (isKnown && !waiting.isEmpty()) {
            Found found = waiting.remove();
            MethodCode method = found.method();
            put("method", label(found), ClassName.withoutNumbers(method.descriptor()), method.has(AccessFlag.STATIC));
            if (method.has(AccessFlag.NATIVE)) {
                isKnown = false;
            }
            method.body().ifPresent(body -> {
                put(body.token());
                body.references().forEach(this::reach);
            });
        }
    }

    private void put(Object... parts) {
        content.addAll(List.of(parts));
    }

    private void reach(Reference reference) {
        put(label(reference.owner()));
        switch (reference) {
            case Reference.Call call -> call(call);
            case Reference.StaticField field -> staticField(field);
            case Reference.Instance instance -> instance(instance.owner());
            case Reference.Mention _ -> {}
        }
    }

    /// A name that is the same wherever the same class is met.
    private String label(String type) {
        if (isForeign(type)) {
            return "engine " + ENGINE_VERSION + " " + type;
        }
        return ClassName.isUnnamed(type) ? "#" + number(type) : type;
    }

    private String label(Found found) {
        MethodCode method = found.method();
        String name = method.isUnnamed()
                ? "#" + number(found.owner().name() + "." + method.name() + method.descriptor())
                : method.name();
        return label(found.owner().name()) + "." + name;
    }

    private int number(String name) {
        int next = unnamed.size();
        return unnamed.computeIfAbsent(name, _ -> next);
    }

    /// True for the engine's classes, which are what its version says.
    private boolean isForeign(String type) {
        return ClassName.isEngine(type) && !ClassName.topLevel(type).equals(home);
    }

    /// The class file, if it is to be walked and there is one.
    private Optional<ClassCode> find(String type) {
        return ClassName.isJdk(type) || isForeign(type) ? Optional.empty() : files.find(type);
    }

    private void call(Reference.Call call) {
        Optional<Found> found = resolve(call.owner(), call.name(), call.descriptor());
        found.ifPresentOrElse(this::method, () -> put(call.name()));
        alternatives(call.owner());
    }

    /// What a call on a sealed class may also run: methods of its subclasses, wherever their objects come from.
    private void alternatives(String type) {
        for (String permitted : find(type).map(ClassCode::permitted).orElse(List.of())) {
            instance(permitted);
            alternatives(permitted);
        }
    }

    private void method(Found found) {
        put(label(found));
        if (reached.add(found.owner().name() + "." + found.method().name() + found.method().descriptor())) {
            waiting.add(found);
        }
    }

    /// The method that a call runs on an object of class `type`: its own or the nearest above; empty if it is the JDK's or
    /// the engine's, or missing.
    private Optional<Found> resolve(String type, String name, String descriptor) {
        Optional<ClassCode> code = find(type);
        Optional<MethodCode> own = code.flatMap(c -> c.method(name, descriptor));
        if (own.isPresent()) {
            return Optional.of(new Found(code.orElseThrow(), own.get()));
        }
        return code.stream()
                .flatMap(c -> c.supertypes().stream())
                .flatMap(above -> resolve(above, name, descriptor).stream())
                .findFirst();
    }

    private void staticField(Reference.StaticField field) {
        declaring(field.owner(), field.name()).ifPresent(type -> {
            put(label(type.name()));
            type.staticField(field.name()).flatMap(ClassCode.FieldCode::constant).ifPresent(this::put);
            initialiser(type);
        });
    }

    private Optional<ClassCode> declaring(String type, String field) {
        Optional<ClassCode> code = find(type);
        if (code.flatMap(c -> c.staticField(field)).isPresent()) {
            return code;
        }
        return code.stream()
                .flatMap(c -> c.supertypes().stream())
                .flatMap(above -> declaring(above, field).stream())
                .findFirst();
    }

    private void initialiser(ClassCode type) {
        type.method("<clinit>", "()V").ifPresent(method -> method(new Found(type, method)));
    }

    private void instance(String type) {
        put(label(type));
        if (instances.add(type)) {
            find(type).ifPresent(this::shape);
        }
    }

    /// All that an object of the class is and can be asked to do.
    private void shape(ClassCode type) {
        put("class", type.supertypes().size());
        for (ClassCode.FieldCode field : type.fields()) {
            if (!field.isStatic()) {
                put(field.name(), ClassName.withoutNumbers(field.descriptor()));
            }
        }
        type.methods()
                .values()
                .stream()
                .filter(MethodCode::isVirtual)
                .sorted(Comparator.comparing(MethodCode::name).thenComparing(MethodCode::descriptor))
                .forEach(method -> method(new Found(type, method)));
        if (type.isEnum()) {
            initialiser(type);
        }
        type.supertypes().forEach(this::instance);
    }
}
