package io.lazuli.scheduler.simulation.mutation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.util.List;

/// Loads the cores, the session and the simulation once more, with one method of one class made wrong.
final class MutantLoader extends ClassLoader {
    private static final List<String> OWN = List.of(
            "io.lazuli.scheduler.internal.core.", "io.lazuli.scheduler.internal.worker.",
            "io.lazuli.scheduler.internal.session.", "io.lazuli.scheduler.internal.compute.KeptAttempts",
            "io.lazuli.scheduler.simulation.");

    private final Mutation mutation;

    MutantLoader(Mutation mutation) {
        super(MutantLoader.class.getClassLoader());
        this.mutation = mutation;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (OWN.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            byte[] mutated = name.equals(mutation.className()) ? mutate(bytes) : bytes;
            return defineClass(name, mutated, 0, mutated.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] mutate(byte[] bytes) {
        ClassFile classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption
                .of(ClassHierarchyResolver.ofResourceParsing(getParent())));
        ClassModel model = classFile.parse(bytes);
        List<MethodModel> methods = model.methods().stream()
                .filter(method -> method.methodName().equalsString(mutation.method()))
                .filter(mutation::fits)
                .toList();
        if (methods.size() != 1) {
            throw new IllegalArgumentException(
                    mutation + ": " + methods.size() + " methods are called " + mutation.method());
        }
        MethodTransform transform = (builder, element) -> {
            if (element instanceof CodeModel code) {
                TypeKind returned = TypeKind.from(methods.getFirst().methodTypeSymbol().returnType());
                builder.withCode(body -> mutation.change().apply(code.elementList(), returned, body));
            } else {
                builder.with(element);
            }
        };
        return classFile.transformClass(
                model, ClassTransform.transformingMethods(method -> method == methods.getFirst(), transform));
    }
}
