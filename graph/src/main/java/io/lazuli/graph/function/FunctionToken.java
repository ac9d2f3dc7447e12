package io.lazuli.graph.function;

import io.lazuli.graph.Content;
import io.lazuli.graph.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a function is by content: the bytecode of its method and of all code that it may run, and the values it captures. The
/// same in every JVM, and whatever else is written in the same files.
///
/// **What counts**
/// - methods that are called, also through method references and lambdas in lambdas; methods of subclasses of sealed classes
/// - of a class whose static field is read: its static initialisers
/// - of a class that is instantiated, is the class of a captured value, or is named as a value: its fields and all methods that
///   others can call on it, and those of its super types
/// - not line numbers, names of local variables, the order of methods, numbers of lambdas and anonymous classes
///
/// **Where it ends.** Methods of the JDK are known by name. Classes of Lazuli are known by name and the version of Lazuli: walking
/// them would take longer, and tell a user nothing about an own change. Libraries are walked like the program.
///
/// **What it cannot see**: reflection, ServiceLoader, static state that changes, files and other data, agents that change
/// bytecode, and the class of an argument that the code knows by an open interface only, unless some function that is part
/// of the graph makes it.
///
/// **Cost**: the first call for a function walks the code, some milliseconds for a program with few libraries; later calls hash
/// the captured values, microseconds.
public final class FunctionToken {
    private static final ClassValue<FunctionToken> KNOWN = new ClassValue<>() {
        @Override
        protected FunctionToken computeValue(Class<?> type) {
            return new FunctionToken();
        }
    };

    private static final ClassValue<Optional<Token>> TYPES = new ClassValue<>() {
        @Override
        protected Optional<Token> computeValue(Class<?> type) {
            String name = ClassName.of(type);
            if (type.isArray() || type.isPrimitive() || ClassName.isJdk(name)) {
                return Optional.of(Token.of(type));
            }
            if (UserFunction.class.isAssignableFrom(type)) {
                return Optional.of(Token.of("a function, whose token holds its code"));
            }
            return type.isHidden()
                    ? Optional.empty()
                    : ReachedCode.token(loader(type), List.of(new Reference.Instance(name)));
        }
    };

    /// What the code of this class of functions is; null until the first function asks. Equal whoever computes it.
    private volatile @Nullable Optional<Token> code;

    /// The whole token, for functions that capture nothing.
    private volatile @Nullable Optional<Token> whole;

    private FunctionToken() {}

    /// The function's token, or empty where it cannot be had: bytecode is missing or native, or a captured value has no stable
    /// content. Then work with it has a random key and is never cached.
    public static Optional<Token> of(UserFunction function) {
        FunctionToken known = KNOWN.get(function.getClass());
        Optional<Token> whole = known.whole;
        return whole != null ? whole : known.compute(function);
    }

    private Optional<Token> compute(UserFunction function) {
        Optional<FunctionParts> parts = FunctionParts.of(function);
        if (parts.isEmpty()) {
            return keep(Optional.empty());
        }
        Optional<Token> code = code(function, parts.get());
        if (code.isEmpty()) {
            return keep(code);
        }
        List<@Nullable Object> captures = parts.get().captures();
        return captures.isEmpty() ? keep(code) : with(code.get(), captures);
    }

    private Optional<Token> keep(Optional<Token> token) {
        whole = token;
        return token;
    }

    private Optional<Token> code(UserFunction function, FunctionParts parts) {
        Optional<Token> known = code;
        if (known == null) {
            List<Reference> start = parts.start();
            known = start.isEmpty()
                    ? Optional.of(Token.of(parts.form()))
                    : ReachedCode.token(loader(function.getClass()), start).map(t -> Token.of(t, parts.form()));
            code = known;
        }
        return known;
    }

    private static Optional<Token> with(Token code, List<@Nullable Object> captures) {
        return Content.of(captures).flatMap(content -> {
            List<Optional<Token>> types = content.types().stream().map(TYPES::get).toList();
            if (types.stream().anyMatch(Optional::isEmpty)) {
                return Optional.empty();
            }
            Stream<Token> known = types.stream().flatMap(Optional::stream).sorted();
            return Optional.of(Token.of(code, content.token(), new ArrayList<>(known.toList())));
        });
    }

    static ClassLoader loader(Class<?> type) {
        return Optional.ofNullable(type.getClassLoader()).orElseGet(ClassLoader::getSystemClassLoader);
    }
}
