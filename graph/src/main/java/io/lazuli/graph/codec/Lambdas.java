package io.lazuli.graph.codec;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;

/// Lambdas and method references whose interface is Serializable: compilers add to them a method that says what they are made
/// of, and to the class where they are written one that makes them again. Java serialization itself has no part in it.
public final class Lambdas {
    private static final ClassValue<Optional<Method>> TAKERS = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            return type.isHidden() ? accessible(type, "writeReplace") : Optional.empty();
        }
    };

    private static final ClassValue<Optional<Method>> MAKERS = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            return accessible(type, "$deserializeLambda$", SerializedLambda.class);
        }
    };

    private Lambdas() {}

    private static Optional<Method> accessible(Class<?> type, String name, Class<?>... parameters) {
        try {
            return Optional.of(type.getDeclaredMethod(name, parameters)).filter(Method::trySetAccessible);
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    /// What `function` is made of; empty if it is no lambda, or none that says so.
    public static Optional<SerializedLambda> parts(Object function) {
        try {
            Optional<Method> method = TAKERS.get(function.getClass());
            return method.isPresent() && method.get().invoke(function) instanceof SerializedLambda lambda
                    ? Optional.of(lambda)
                    : Optional.empty();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error; // such as of the stack
            }
            return Optional.empty(); // a hidden class, but of no lambda expression
        } catch (IllegalAccessException e) {
            return Optional.empty();
        }
    }

    /// The lambda of these parts, which is written in `home`. Errors: [CorruptValue] if `home` has none such.
    static Object make(Class<?> home, SerializedLambda parts) {
        Optional<Method> maker = MAKERS.get(home);
        if (maker.isEmpty()) {
            throw new CorruptValue(home.getName() + " has no lambdas that can be made from outside");
        }
        try {
            return maker.get().invoke(null, parts);
        } catch (InvocationTargetException e) {
            throw new CorruptValue(
                    "%s has no lambda %s%s: it was compiled from another source, or captures other values (%s)"
                            .formatted(home.getName(), parts.getImplMethodName(), parts.getImplMethodSignature(),
                                    e.getCause()));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(maker.get() + " was accessible", e);
        } catch (LinkageError e) {
            throw new CorruptValue(home.getName() + " cannot be initialised: " + e);
        }
    }
}
