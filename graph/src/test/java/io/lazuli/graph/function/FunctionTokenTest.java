package io.lazuli.graph.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Token;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionTokenTest {
    /// A program whose function reaches a bit of everything.
    private static final String MAIN = """
            public class Main {
                static final int LIMIT = 10;
                static final Integer BOXED = 20;
                static int unrelated(int x) { return x + 1; }
                static Function1<Integer, Object> make() {
                    int factor = Integer.parseInt("3");
                    return x -> {
                        int local = x * factor + 7;
                        List<Integer> list = List.of(local, LIMIT, BOXED);
                        return list.stream().map(y -> Helper.twice(y) + 1).toList() + new Dog("Rex").name()
                                + describe(new Circle(local)) + weight(Size.LARGE);
                    };
                }
                static String describe(Shape shape) {
                    return switch (shape) {
                        case Circle(int radius) -> "circle " + radius;
                        case Square(int side) -> "square " + side;
                    };
                }
                static int weight(Size size) {
                    return switch (size) { case SMALL -> 1; case LARGE -> size.weight(); };
                }
            }
            """;
    private static final List<String> OTHERS = List.of(
            "class Helper { static int twice(int x) { return Deeper.add(x, x); } static int other() { return 1; } }",
            "class Deeper { static int add(int a, int b) { return a + b; } }",
            "class Animal { String name; Animal(String name) { this.name = name; } String name() { return name + \"!\"; }"
                    + " public int legs() { return 4; } }",
            "class Dog extends Animal { Dog(String name) { super(name); } public String toString() { return \"dog\"; } }",
            "sealed interface Shape permits Circle, Square {}", "record Circle(int radius) implements Shape {}",
            "record Square(int side) implements Shape {}",
            "enum Size { SMALL, LARGE { int weight() { return 9; } }; int weight() { return 0; } }");

    private static final Token TOKEN = token(program());

    private static List<String> program() {
        List<String> sources = new ArrayList<>(OTHERS);
        sources.addFirst(MAIN);
        return sources;
    }

    private static Token token(List<String> sources) {
        return token(List.of("-g"), sources);
    }

    private static Token token(List<String> options, List<String> sources) {
        return FunctionToken.of(Program.of(options, sources.toArray(String[]::new)).function()).orElseThrow();
    }

    /// The program with a piece of text replaced that it must have.
    private static List<String> edited(String from, String to) {
        List<String> sources = new ArrayList<>();
        int count = 0;
        for (String source : program()) {
            count += source.contains(from) ? 1 : 0;
            sources.add(source.replace(from, to));
        }
        assertThat(count).as("files with " + from).isEqualTo(1);
        return sources;
    }

    static Stream<Arguments> harmlessEdits() {
        return Stream.of(
                edit("an unrelated method before", "static int unrelated",
                        "static void added() {} static int unrelated"),
                edit("an unrelated method changed", "return x + 1;", "return x - 99;"),
                edit("an unrelated lambda before", "static int unrelated(int x) { return x + 1; }",
                        "static Function1<Integer, Integer> unrelated() { return y -> y; } static Runnable r() { return () -> {}; }"),
                edit("an unrelated lambda in the same method before", "int factor =",
                        "Runnable before = () -> System.out.println(); int factor ="),
                edit("an anonymous class before", "static int unrelated(int x) { return x + 1; }",
                        "static Object unrelated() { return new Object() {}; }"),
                edit("many strings in the constant pool", "static int unrelated(int x) { return x + 1; }",
                        manyStrings()),
                edit("blank lines", "int local", "\n\n\nint local"),
                edit("a comment", "int local", "/* the local */ int local"),
                edit("a renamed local variable", "local", "renamed"),
                edit("a renamed captured variable", "factor", "times"),
                edit("a renamed parameter of a nested lambda", "y -> Helper.twice(y)", "z -> Helper.twice(z)"),
                edit("a static field of a class that is only called", "static int other()",
                        "static int unread = 5; static int other()"),
                edit("an uncalled method of a helper class", "static int other() { return 1; }",
                        "static int other() { return 2; }"),
                edit("an added class", "class Deeper {", "class Deeper { static class Inner {}"));
    }

    private static String manyStrings() {
        StringBuilder code = new StringBuilder("static String[] unrelated() { return new String[] {");
        for (int i = 0; i < 300; i++) {
            code.append("\"text ").append(i).append("\",");
        }
        return code + "}; }";
    }

    private static Arguments edit(String name, String from, String to) {
        return Arguments.of(name, from, to);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmlessEdits")
    void editsThatDoNotChangeBehaviourKeepTheToken(String name, String from, String to) {
        assertThat(token(edited(from, to))).as(name).isEqualTo(TOKEN);
    }

    static Stream<Arguments> realEdits() {
        return Stream.of(
                edit("a constant in the lambda", "+ 7", "+ 8"),
                edit("an operator", "x * factor", "x + factor"),
                edit("a captured value", "parseInt(\"3\")", "parseInt(\"4\")"),
                edit("a nested lambda", "Helper.twice(y) + 1", "Helper.twice(y) + 2"),
                edit("a helper", "Deeper.add(x, x)", "Deeper.add(x, x + 1)"),
                edit("a helper of a helper", "return a + b", "return a - b"),
                edit("an inlined constant", "LIMIT = 10", "LIMIT = 11"),
                edit("a constant that is not inlined", "BOXED = 20", "BOXED = 21"),
                edit("a method of a super class", "name + \"!\"", "name + \"?\""),
                edit("a method of a super class that nobody calls by name", "return 4;", "return 3;"),
                edit("a method that the JDK calls", "return \"dog\"", "return \"cat\""),
                edit("an overriding method added", "public String toString()",
                        "String name() { return \"Dog\"; } public String toString()"),
                edit("a record component's name", "record Circle(int radius)", "record Circle(int r)"),
                edit("a record component added", "record Square(int side)", "record Square(int side, int... more)"),
                edit("an alternative that is only matched", "case Square(int side) -> \"square \"",
                        "case Square(int side) -> \"SQUARE \""),
                edit("a method of an enum constant", "return 9", "return 10"),
                edit("the order of enum constants", "SMALL, LARGE {", "MIDDLE, SMALL, LARGE {"),
                edit("a method of the JDK", "list.stream()", "list.parallelStream()"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("realEdits")
    void editsThatChangeBehaviourChangeTheToken(String name, String from, String to) {
        List<String> sources = edited(from, to);
        if (name.startsWith("a record component added")) {
            sources = sources.stream()
                    .map(s -> s.replace("case Square(int side) ->", "case Square(int side, int[] m) ->")).toList();
        }
        if (name.startsWith("the order of enum")) {
            sources = sources.stream().map(s -> s.replace("case SMALL ->", "case MIDDLE -> 5; case SMALL ->")).toList();
        }
        assertThat(token(sources)).as(name).isNotEqualTo(TOKEN);
    }

    @Test
    void compilerOptionsForDebuggingDoNotMatter() {
        assertThat(token(List.of("-g:none"), program())).isEqualTo(token(List.of("-g"), program()));
        assertThat(token(List.of("-parameters"), program())).isEqualTo(TOKEN);
    }

    @Test
    void anotherProcessGivesTheSameToken(@TempDir Path directory) throws Exception {
        Program program = Program.of(program().toArray(String[]::new));
        program.writeTo(directory);
        Program.of("public class Print { public static void main(String[] a) throws Exception {"
                + " var make = Class.forName(\"app.Main\").getDeclaredMethod(\"make\"); make.setAccessible(true);"
                + " System.out.print(FunctionToken.of((UserFunction) make.invoke(null)).orElseThrow()); } }")
                .writeTo(directory);
        Process java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                directory + System.getProperty("path.separator") + Program.engineClasses(), "app.Print")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(java.waitFor()).isZero();
        assertThat(printed).isEqualTo(FunctionToken.of(program.function()).orElseThrow().toString());
    }

    @Test
    void equalLambdasAreEqualWhereverTheyAreWritten() {
        Function1<Integer, Integer> one = x -> x + 1;
        Function1<Integer, Integer> same = y -> y + 1;
        Function1<Integer, Integer> other = x -> x + 2;

        assertThat(one.token()).isEqualTo(same.token()).isNotEqualTo(other.token());
    }

    @Test
    void methodsOfTheJdkAreTheirNames() {
        Function1<Integer, Integer> abs = Math::abs;
        Function1<Integer, Integer> again = Math::abs;
        Function1<Integer, Integer> negate = Math::negateExact;
        Function1<Long, Long> ofLongs = Math::abs;
        Function1<String, Integer> length = String::length;
        Function0<List<String>> list = ArrayList::new;

        assertThat(abs.token()).isEqualTo(again.token());
        assertThat(Stream.of(abs, negate, ofLongs, length, list).map(UserFunction::token)).doesNotHaveDuplicates();
    }

    record Scale(double factor) implements Function1<Double, Double> {
        @Override
        public Double apply(Double a) {
            return a * factor;
        }
    }

    static final class Offset implements Function1<Double, Double> {
        private final double offset;

        Offset(double offset) {
            this.offset = offset;
        }

        @Override
        public Double apply(Double a) {
            return a + offset;
        }
    }

    enum Fixed implements Function1<Double, Double> {
        NEGATE,
        IDENTITY;

        @Override
        public Double apply(Double a) {
            return this == NEGATE ? -a : a;
        }
    }

    @Test
    void objectsOfClassesAreTheirCodeAndFields() {
        assertThat(new Scale(2).token()).isEqualTo(new Scale(2).token()).isNotEqualTo(new Scale(3).token());
        assertThat(new Offset(2).token()).isEqualTo(new Offset(2).token()).isNotEqualTo(new Offset(3).token());
        assertThat(Fixed.NEGATE.token()).isEqualTo(Fixed.NEGATE.token()).isNotEqualTo(Fixed.IDENTITY.token());
        assertThat(new Scale(2).token()).isNotEqualTo(new Offset(2).token());
    }

    @Test
    void capturedFunctionsAndRecordsCountWithTheirCode() {
        String main =
                "public class Main { static Object make() { Rate rate = new Rate(2); Function1<Integer, Integer> inner = x -> x + 1;"
                        + " Function1<Integer, Integer> outer = x -> inner.apply(x) * rate.of(x); return outer; } }";
        String rate = "record Rate(int rate) { int of(int x) { return x * rate; } }";
        Token base = token(List.of(main, rate));

        assertThat(token(List.of(main, rate))).isEqualTo(base);
        assertThat(token(List.of(main.replace("x + 1", "x + 2"), rate))).isNotEqualTo(base);
        assertThat(token(List.of(main.replace("Rate(2)", "Rate(3)"), rate))).isNotEqualTo(base);
        assertThat(token(List.of(main, rate.replace("x * rate", "x / rate")))).isNotEqualTo(base);
    }

    @Test
    void defaultMethodsOfTheFunctionsInterfaceCount() {
        String main = "public class Main { static Object make() { Twice f = x -> x + 1; return f; } }";
        String twice = "interface Twice extends Function1<Integer, Integer> { int once(int x);"
                + " default Integer apply(Integer x) { return once(once(x)); } }";

        assertThat(token(List.of(main, twice.replace("once(once(x))", "once(x)"))))
                .isNotEqualTo(token(List.of(main, twice)));
    }

    @Test
    void alternativesOfSealedTypesCountWhereverTheyAreMade() {
        String main =
                "public class Main { static Object make() { Function1<Shape, Double> f = s -> s.area(); return f; } }";
        String shape = "sealed interface Shape { double area();"
                + " sealed interface Round extends Shape permits Disc {} record Disc(double r) implements Round"
                + " { public double area() { return r * r * 3; } } }";

        assertThat(token(List.of(main, shape.replace("* 3", "* 3.14")))).isNotEqualTo(token(List.of(main, shape)));
    }

    @Test
    void recursionEnds() {
        String main = "public class Main { static int f(int n) { return n < 2 ? n : g(n - 1) + f(n - 2); }"
                + " static int g(int n) { return f(n); } static Object make() { Function1<Integer, Integer> f = Main::f; return f; } }";
        assertThat(token(List.of(main))).isEqualTo(token(List.of(main)));
        assertThat(token(List.of(main.replace("n - 2", "n - 3")))).isNotEqualTo(token(List.of(main)));
    }

    @Test
    void unstableFunctionsHaveNoContentToken() {
        AtomicInteger counter = new AtomicInteger();
        Object lock = new Object();
        Function0<Integer> counting = counter::incrementAndGet;
        Function0<Integer> locking = lock::hashCode;
        Function0<Object> outer = () -> counting.apply();

        for (UserFunction function : List.of(counting, locking, outer)) {
            assertThat(FunctionToken.of(function)).isEmpty();
            assertThat(function.token()).isNotEqualTo(function.token());
        }
    }

    @Test
    void nativeCodeAndCodeMadeAtRunTimeHaveNoContentToken() {
        String nativeMain = "public class Main { static native int f(int x);"
                + " static Object make() { Function1<Integer, Integer> f = x -> f(x); return f; } }";
        assertThat(FunctionToken.of(Program.of(nativeMain).function())).isEmpty();

        Object proxy = java.lang.reflect.Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {Function0.class}, (_, _, _) -> null);
        assertThat(FunctionToken.of((UserFunction) proxy)).isEmpty();
    }

    @Test
    void aClassThatIsMissingIsKnownByName() {
        Program program = Program.of(
                "public class Main { static Object make() { Function0<Integer> f = () -> Gone.value(); return f; } }",
                "class Gone { static int value() { return 1; } }");
        Optional<Token> missing = FunctionToken.of(program.without("app.Gone").function());

        assertThat(missing).isPresent().isEqualTo(FunctionToken.of(program.without("app.Gone").function()));
        assertThat(missing).isNotEqualTo(FunctionToken.of(program.function()));
    }

    @Test
    void functionsThatCaptureEachOtherAreUnstable() {
        Object[] slot = new Object[1];
        Function0<Object> cyclic = () -> slot[0];
        slot[0] = cyclic;
        assertThat(FunctionToken.of(cyclic)).isEmpty();
    }

    @Test
    void tokensOfFunctionsAreCheapOnceKnown() {
        HashMap<String, Integer> rates = new HashMap<>(java.util.Map.of("a", 1, "b", 2));
        Function0<Object> capturing = () -> rates.get("a");
        Function0<Object> free = () -> 1;
        long first = System.nanoTime();
        free.token();
        long then = System.nanoTime();
        for (int i = 0; i < 20_000; i++) {
            free.token();
            capturing.token();
        }
        long nanos = (System.nanoTime() - then) / 20_000;

        assertThat(then - first).as("first token, in ns").isLessThan(2_000_000_000L);
        assertThat(nanos).as("ns for two tokens").isLessThan(500_000);
    }
}
