package io.lazuli.graph.function;

import io.lazuli.graph.Token;
import java.lang.classfile.Attributes;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One method of a class file; its instructions are read when they are first asked for.
final class MethodCode {
    /// What a method does, apart from what its references do.
    record Body(Token token, List<Reference> references) {}

    private final MethodModel model;

    /// Null until somebody asks; equal whoever computes it.
    private @Nullable Body body;

    MethodCode(MethodModel model) {
        this.model = model;
    }

    String name() {
        return model.methodName().stringValue();
    }

    String descriptor() {
        return model.methodType().stringValue();
    }

    boolean has(AccessFlag flag) {
        return model.flags().has(flag);
    }

    /// True for what a compiler makes and numbers, such as the method of a lambda: its name says nothing.
    boolean isUnnamed() {
        return has(AccessFlag.SYNTHETIC) && !has(AccessFlag.BRIDGE);
    }

    /// True for methods that can be called through an object by who does not know its class.
    boolean isVirtual() {
        return !has(AccessFlag.STATIC) && !has(AccessFlag.PRIVATE) && !name().startsWith("<");
    }

    /// Empty for abstract and native methods.
    Optional<Body> body() {
        if (body == null) {
            body = model.findAttribute(Attributes.code()).map(MethodCode::read).orElse(null);
        }
        return Optional.ofNullable(body);
    }

    private static Body read(CodeAttribute code) {
        return new BodyReader().read(code);
    }
}
