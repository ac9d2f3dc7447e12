package io.lazuli.graph.function;

import io.lazuli.graph.codec.Lambdas;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a function is made of: code, and the values that it was given when it was made.
sealed interface FunctionParts {
    /// The values, in an order that the code determines. Some may be null.
    List<@Nullable Object> captures();

    /// What identifies the code besides what it reaches.
    List<Object> form();

    /// What people call it, such as `the lambda at Trips.java:12`.
    String describe();

    /// What people call the value at a position of [#captures], such as `variable 'rate'`.
    String describeCapture(int index);

    /// Where its code begins; empty if all of it is in the JDK.
    List<Reference> start();

    /// The parts of a function; empty if they cannot be had: its class cannot be looked into, or is made at run time by
    /// something else than a lambda expression.
    static Optional<FunctionParts> of(UserFunction function) {
        Class<?> type = function.getClass();
        if (type.isHidden()) {
            return lambda(function);
        }
        List<Field> fields = new ArrayList<>();
        for (Class<?> level = type; !isRoot(level); level = level.getSuperclass()) {
            if (ClassName.isJdk(ClassName.of(level))) {
                return Optional.empty();
            }
            for (Field field : level.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    if (!field.trySetAccessible()) {
                        return Optional.empty();
                    }
                    fields.add(field);
                }
            }
        }
        return Optional.of(new Instance(function, List.copyOf(fields)));
    }

    private static boolean isRoot(Class<?> type) {
        return type == Object.class || type == Record.class || type == Enum.class;
    }

    private static Optional<FunctionParts> lambda(UserFunction function) {
        return Lambdas.parts(function).map(lambda -> new Lambda(lambda, FunctionToken.loader(function.getClass())));
    }

    /// A lambda or method reference.
    record Lambda(SerializedLambda lambda, ClassLoader loader) implements FunctionParts {
        @Override
        public List<@Nullable Object> captures() {
            List<@Nullable Object> captures = new ArrayList<>();
            for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
                captures.add(lambda.getCapturedArg(i));
            }
            return captures;
        }

        @Override
        public List<Object> form() {
            List<Object> form = new ArrayList<>(List.of(
                    "lambda", lambda.getImplMethodKind(), lambda.getFunctionalInterfaceMethodName(),
                    lambda.getFunctionalInterfaceMethodSignature(),
                    ClassName.withoutNumbers(lambda.getInstantiatedMethodType())));
            if (ClassName.isJdk(lambda.getImplClass())) {
                form.addAll(
                        List.of(lambda.getImplClass(), lambda.getImplMethodName(), lambda.getImplMethodSignature()));
            }
            return form;
        }

        @Override
        public List<Reference> start() {
            String owner = lambda.getImplClass();
            Reference type = new Reference.Instance(lambda.getFunctionalInterfaceClass());
            if (ClassName.isJdk(owner)) {
                return ClassName.isEngine(type.owner()) ? List.of() : List.of(type);
            }
            Reference call = new Reference.Call(owner, lambda.getImplMethodName(), lambda.getImplMethodSignature());
            return lambda.getImplMethodKind() == MethodHandleInfo.REF_newInvokeSpecial
                    ? List.of(call, new Reference.Instance(owner), type)
                    : List.of(call, type);
        }

        private Optional<CompiledMethod> method() {
            return CompiledMethod.find(
                    loader, lambda.getImplClass(), lambda.getImplMethodName(), lambda.getImplMethodSignature());
        }

        @Override
        public String describe() {
            String name = lambda.getImplClass().replace('/', '.') + "::" + lambda.getImplMethodName();
            return method().filter(CompiledMethod::isSynthetic)
                    .map(method -> "the lambda at " + method.place())
                    .orElse("the method reference " + name);
        }

        @Override
        public String describeCapture(int index) {
            Optional<CompiledMethod> method = method().filter(CompiledMethod::isSynthetic);
            if (method.isEmpty()) {
                return "the object before '::'";
            }
            int parameter = method.get().isStatic() ? index : index - 1;
            if (parameter < 0) {
                return "'this', the object around it";
            }
            return method.get()
                    .parameterName(parameter)
                    .map(name -> "variable '" + name + "'")
                    .orElse("captured variable number " + (parameter + 1));
        }
    }

    /// An object of a class that the user wrote.
    record Instance(UserFunction function, List<Field> fields) implements FunctionParts {
        @Override
        public List<@Nullable Object> captures() {
            List<@Nullable Object> captures = new ArrayList<>();
            if (function instanceof Enum<?> constant) {
                captures.add(constant.name());
            }
            for (Field field : fields) {
                captures.add(read(field));
            }
            return captures;
        }

        private @Nullable Object read(Field field) {
            try {
                return field.get(function);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(field + " was accessible", e);
            }
        }

        @Override
        public List<Object> form() {
            return List.of("object", fields.stream().map(Field::getName).toList());
        }

        @Override
        public String describe() {
            return "the object of " + function.getClass().getName();
        }

        @Override
        public String describeCapture(int index) {
            Field field = fields.get(function instanceof Enum ? index - 1 : index);
            String name = field.getName();
            if (name.startsWith("this$")) {
                return "'this', the object around it";
            }
            return field.isSynthetic() && name.startsWith("val$")
                    ? "variable '" + name.substring(4) + "'"
                    : "field '" + name + "'";
        }

        @Override
        public List<Reference> start() {
            return List.of(new Reference.Instance(ClassName.of(function.getClass())));
        }
    }
}
