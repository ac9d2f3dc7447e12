package io.lazuli.scheduler.simulation.mutation;

import io.lazuli.scheduler.simulation.Simulation;
import java.lang.classfile.MethodModel;
import java.lang.reflect.Method;

/// A bug that the cores could have.
///
/// @param name       what is wrong
/// @param type       class that has it, below `io.lazuli.scheduler.internal`
/// @param method     where
/// @param parameters of the method, in number: tells it from others of its name
record Mutation(String name, String type, String method, int parameters, Change change) {
    private static final int ANY = -1;

    Mutation(String name, String type, String method, Change change) {
        this(name, type, method, ANY, change);
    }

    String className() {
        return "io.lazuli.scheduler.internal." + type;
    }

    boolean fits(MethodModel model) {
        return parameters == ANY || model.methodTypeSymbol().parameterCount() == parameters;
    }

    /// The first of `count` seeds, counted from 1, that shows the bug; 0 if none does.
    ///
    /// Errors: IllegalArgumentException unless there is exactly one place to put it.
    long firstSeedThatShows(long count) {
        ClassLoader loader = load();
        for (long seed = 1; seed <= count; seed++) {
            if (!complaint(loader, seed).isEmpty()) {
                return seed;
            }
        }
        return 0;
    }

    /// The cores with this bug, and a simulation that runs them.
    ClassLoader load() {
        MutantLoader loader = new MutantLoader(this);
        try {
            loader.loadClass(className());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(name + ": there is no " + className(), e);
        }
        return loader;
    }

    /// What the simulation says to the seed.
    static String complaint(ClassLoader loader, long seed) {
        return (String) call(loader, Simulation.class, "complaint", seed);
    }

    /// Calls a static method of the copy of a class that this loader has.
    static Object call(ClassLoader loader, Class<?> original, String method, Object... arguments) {
        try {
            Class<?> copy = loader.loadClass(original.getName());
            for (Method candidate : copy.getMethods()) {
                if (candidate.getName().equals(method)) {
                    return candidate.invoke(null, arguments);
                }
            }
            throw new AssertionError(original + " has no method " + method);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("the simulation itself is broken", e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
