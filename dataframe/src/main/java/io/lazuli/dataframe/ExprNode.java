package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.ExpressionErrors;
import io.lazuli.dataframe.internal.RowErrors;
import io.lazuli.dataframe.internal.expression.BoundExpr.ArithmeticOperator;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.expression.MapFunction;
import io.lazuli.dataframe.internal.expression.ScalarFunction;
import io.lazuli.dataframe.internal.operator.ordered.OrderedCall;
import io.lazuli.dataframe.internal.operator.user.FoldFunction;
import io.lazuli.dataframe.internal.physical.Aggregation;
import io.lazuli.dataframe.internal.plan.PlanText;
import io.lazuli.dataframe.internal.record.RecordFold;
import io.lazuli.dataframe.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The forms of an [Expr], as the user wrote them: names are not bound, types unknown. [Resolver] turns them into bound ones.
sealed interface ExprNode extends Expr {
    List<Expr> operands();

    record ColumnRef(String name) implements ExprNode {
        public ColumnRef {
            Arguments.given(name, "name");
        }

        @Override
        public List<Expr> operands() {
            return List.of();
        }

        @Override
        public String toString() {
            return "col(" + Code.quote(name) + ")";
        }
    }

    /// @param value a Long, Double, BigDecimal, String, Boolean, LocalDate, LocalDateTime or Duration; as an argument of a function also a
    ///              Character, DateUnit or ZoneId
    record Literal(Object value) implements ExprNode {
        public Literal {
            Arguments.given(value, "value");
        }

        static List<Expr> all(String name, long... values) {
            return Arrays.stream(Arguments.given(values, name)).<Expr>mapToObj(Literal::new).toList();
        }

        static List<Expr> all(String name, double... values) {
            return Arrays.stream(Arguments.given(values, name)).<Expr>mapToObj(Literal::new).toList();
        }

        @SafeVarargs
        static <T> List<Expr> all(String name, T... values) {
            return Arguments.all(name, values).stream().<Expr>map(Literal::new).toList();
        }

        @Override
        public List<Expr> operands() {
            return List.of();
        }

        @Override
        public String toString() {
            return "lit(" + Code.literal(value) + ")";
        }
    }

    record NullLiteral(DataType type) implements ExprNode {
        public NullLiteral {
            Arguments.given(type, "type");
        }

        @Override
        public List<Expr> operands() {
            return List.of();
        }

        @Override
        public String toString() {
            return "nullOf(" + Code.type(type) + ")";
        }
    }

    /// The null of a query string, which takes the type of what it meets.
    record UntypedNull() implements ExprNode {
        @Override
        public List<Expr> operands() {
            return List.of();
        }

        @Override
        public String toString() {
            return "parse(\"null\")";
        }
    }

    record Arithmetic(ArithmeticOperator operator, Expr left, Expr right) implements ExprNode {
        public Arithmetic {
            Arguments.given(right, "other");
        }

        @Override
        public List<Expr> operands() {
            return List.of(left, right);
        }

        @Override
        public String toString() {
            String method =
                    switch (operator) {
                        case ADD -> "plus";
                        case SUBTRACT -> "minus";
                        case MULTIPLY -> "times";
                        case DIVIDE -> "dividedBy";
                        case REMAINDER -> "remainder";
                        case FLOOR_DIVIDE -> "floorDividedBy";
                        case MODULO -> "modulo";
                    };
            return Code.call(left, method, right);
        }
    }

    record Compare(CompareOperator operator, Expr left, Expr right) implements ExprNode {
        public Compare {
            Arguments.given(right, "other");
        }

        @Override
        public List<Expr> operands() {
            return List.of(left, right);
        }

        @Override
        public String toString() {
            return Code.call(left, operator.name().toLowerCase(Locale.ROOT), right);
        }
    }

    record In(Expr operand, List<Expr> values) implements ExprNode {
        public In {
            values = List.copyOf(values);
        }

        @Override
        public List<Expr> operands() {
            return Stream.concat(Stream.of(operand), values.stream()).toList();
        }

        @Override
        public String toString() {
            return Code.call(operand, "in", values.toArray(Expr[]::new));
        }
    }

    enum JunctionOperator {
        AND,
        OR
    }

    /// AND or OR of conditions. What a loop makes, `a.and(b).and(c)` and so on, is one chain, whose terms are siblings: it is no deeper
    /// than they are, however many there are, and nothing that walks over it recurses along it.
    record Junction(JunctionOperator operator, Expr left, Expr right) implements ExprNode {
        public Junction {
            Arguments.given(right, "other");
        }

        /// The terms of the chain that ends here, two or more.
        @Override
        public List<Expr> operands() {
            List<Expr> terms = new ArrayList<>();
            Expr rest = this;
            while (rest instanceof Junction(var same, Expr before, Expr last) && same == operator) {
                terms.add(last);
                rest = before;
            }
            terms.add(rest);
            return terms.reversed();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Junction junction
                    && operator == junction.operator
                    && operands().equals(junction.operands());
        }

        @Override
        public int hashCode() {
            return Objects.hash(operator, operands());
        }

        @Override
        public String toString() {
            List<Expr> terms = operands();
            String method = operator.name().toLowerCase(Locale.ROOT);
            StringBuilder code = new StringBuilder(terms.getFirst().toString());
            terms.stream().skip(1)
                    .forEach(term -> code.append('.').append(method).append('(').append(term).append(')'));
            return code.toString();
        }
    }

    record Not(Expr operand) implements ExprNode {
        @Override
        public List<Expr> operands() {
            return List.of(operand);
        }

        @Override
        public String toString() {
            return operand instanceof IsNull(Expr tested) ? tested + ".isNotNull()" : operand + ".not()";
        }
    }

    record IsNull(Expr operand) implements ExprNode {
        @Override
        public List<Expr> operands() {
            return List.of(operand);
        }

        @Override
        public String toString() {
            return operand + ".isNull()";
        }
    }

    record Cast(Expr operand, DataType type) implements ExprNode {
        public Cast {
            Arguments.given(type, "type");
        }

        @Override
        public List<Expr> operands() {
            return List.of(operand);
        }

        @Override
        public String toString() {
            return operand + ".cast(" + Code.type(type) + ")";
        }
    }

    record If(Expr condition, Expr then, Expr otherwise) implements ExprNode {
        @Override
        public List<Expr> operands() {
            return List.of(condition, then, otherwise);
        }

        @Override
        public String toString() {
            return "when(%s).then(%s).otherwise(%s)".formatted(condition, Code.argument(then),
                    Code.argument(otherwise));
        }
    }

    /// A built-in function; the first operand is the value it is called on.
    record Call(ScalarFunction function, List<Expr> operands) implements ExprNode {
        public Call {
            operands = List.copyOf(operands);
        }

        static Call of(ScalarFunction function, Expr... operands) {
            return new Call(function, Arguments.all("values", operands));
        }

        @Override
        public String toString() {
            return Code.call(function, operands);
        }
    }

    /// Values in place of others.
    record Replace(Expr operand, List<Expr> from, List<Expr> to) implements ExprNode {
        public Replace {
            from = List.copyOf(from);
            to = List.copyOf(to);
            if (from.size() != to.size()) {
                throw ExpressionErrors.unequalReplacements(from.size(), to.size());
            }
        }

        @Override
        public List<Expr> operands() {
            return Stream.of(List.of(operand), from, to).flatMap(List::stream).toList();
        }

        @Override
        public String toString() {
            return operand + ".replace(" + Code.array(from) + ", " + Code.array(to) + ")";
        }
    }

    record TryCast(Expr operand, DataType type) implements ExprNode {
        public TryCast {
            Arguments.given(type, "type");
        }

        @Override
        public List<Expr> operands() {
            return List.of(operand);
        }

        @Override
        public String toString() {
            return operand + ".tryCast(" + Code.type(type) + ")";
        }
    }

    /// A method that stands for an expression that could be written without it.
    ///
    /// @param meaning follows from the call, which alone counts in `equals` and `hashCode`
    record Shorthand(Expr receiver, String method, List<Expr> arguments, Expr meaning) implements ExprNode {
        static Shorthand of(Expr receiver, String method, Expr meaning, Expr... arguments) {
            return new Shorthand(receiver, method, List.of(arguments), meaning);
        }

        @Override
        public List<Expr> operands() {
            return List.of(meaning);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Shorthand(var otherReceiver, var otherMethod, var otherArguments, var ignored)
                    && receiver.equals(otherReceiver)
                    && method.equals(otherMethod)
                    && arguments.equals(otherArguments);
        }

        @Override
        public int hashCode() {
            return Objects.hash(receiver, method, arguments);
        }

        @Override
        public String toString() {
            return Code.call(receiver, method, arguments.toArray(Expr[]::new));
        }
    }

    record MapValue(MapFunction function, Expr operand) implements ExprNode {
        static MapValue of(String name, MapFunction.Body body, Expr operand) {
            return new MapValue(MapFunction.of(Arguments.given(name, "name"), CallSite.find(), body), operand);
        }

        @Override
        public List<Expr> operands() {
            return List.of(operand);
        }

        @Override
        public String toString() {
            String method =
                    switch (function.body()) {
                        case MapFunction.OfDouble ignored -> "mapDouble";
                        case MapFunction.OfLong ignored -> "mapLong";
                        case MapFunction.OfString ignored -> "mapString";
                    };
            return "%s.%s(%s, ...)".formatted(operand, method, Code.quote(function.name()));
        }
    }

    /// @param parameter see [Aggregation.Function]; 0 where there is none
    /// @param fold      of FOLD
    record Aggregate(Aggregation.Function function, List<Expr> operands, double parameter,
            Optional<FoldFunction> fold) implements ExprNode {
        public Aggregate {
            operands = List.copyOf(operands);
        }

        static Aggregate of(Aggregation.Function function, Expr... operands) {
            return of(function, 0, operands);
        }

        static Aggregate of(Aggregation.Function function, double parameter, Expr... operands) {
            return new Aggregate(function, Arguments.all("value", operands), parameter, Optional.empty());
        }

        static Aggregate of(RecordFold<?, ?, ?> fold) {
            List<Expr> operands = fold.inputNames().stream().map(Expressions::col).toList();
            return new Aggregate(Aggregation.Function.FOLD, operands, 0, Optional.of(fold));
        }

        String method() {
            return function.code();
        }

        @Override
        public String toString() {
            return fold.map(Object::toString).orElseGet(this::call);
        }

        private String call() {
            String arguments = operands.stream()
                    .map(e -> e instanceof ColumnRef(String name) ? Code.quote(name) : e.toString())
                    .collect(Collectors.joining(", "));
            return method() + "(" + arguments + PlanText.parameter(function, parameter) + ")";
        }
    }

    /// A value that depends on the order of the rows.
    ///
    /// @param operand  empty for ROW_INDEX and ROWS_AFTER
    /// @param distance of SHIFT, and of fills with a limit, else 0
    record Ordered(OrderedCall.Function function, Optional<Expr> operand, long distance) implements ExprNode {
        static Ordered of(OrderedCall.Function function, Expr operand) {
            return new Ordered(function, Optional.of(operand), 0);
        }

        /// A fill of at most `limit` nulls in a row. Errors: USER if that is none.
        static Ordered fill(OrderedCall.Function function, Expr operand, long limit) {
            if (limit < 1) {
                throw RowErrors.fillsNothing(fillMethod(function), limit);
            }
            return new Ordered(function, Optional.of(operand), limit);
        }

        private static String fillMethod(OrderedCall.Function function) {
            return function == OrderedCall.Function.FILL_FORWARD ? "forwardFill" : "backwardFill";
        }

        @Override
        public List<Expr> operands() {
            return operand.stream().toList();
        }

        String method() {
            return switch (function) {
                case ROW_INDEX -> "rowIndex()";
                case ROWS_AFTER -> "rowsAfter()";
                case COUNT, SUM, PRODUCT, MIN, MAX ->
                    "cumulative().%s()".formatted(function.name().toLowerCase(Locale.ROOT));
                case FILL_FORWARD, FILL_BACKWARD ->
                    "%s(%s)".formatted(fillMethod(function), distance == 0 ? "" : Code.literal(distance));
                case SHIFT -> "shift(" + distance + ")";
            };
        }

        @Override
        public String toString() {
            return operand.map(e -> e + "." + method()).orElseGet(this::method);
        }
    }

    record Alias(Expr operand, String name) implements ExprNode {
        public Alias {
            Arguments.given(name, "name");
        }

        @Override
        public List<Expr> operands() {
            return List.of(operand);
        }

        @Override
        public String toString() {
            return operand + ".as(" + Code.quote(name) + ")";
        }
    }
}
