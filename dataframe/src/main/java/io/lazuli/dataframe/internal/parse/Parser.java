package io.lazuli.dataframe.internal.parse;

import io.lazuli.dataframe.internal.ExpressionErrors;
import io.lazuli.graph.error.LazuliException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Reads expressions in the manner of SQL by recursive descent, one method a rule:
///
/// ```
///   expression  = conjunction ("or" conjunction)*
///   conjunction = negation ("and" negation)*
///   negation    = "not" negation | predicate
///   predicate   = sum (("=" | "==" | "!=" | "<>" | "<" | "<=" | ">" | ">=") sum
///                     | ["not"] "in" "(" expression ("," expression)* ")"
///                     | ["not"] "between" sum "and" sum
///                     | ["not"] "like" text ["escape" text]
///                     | "is" ["not"] "null")?
///   sum         = product (("+" | "-" | "||") product)*
///   product     = factor (("*" | "/" | "%" | "//") factor)*
///   factor      = "-" factor | primary
///   primary     = number | text | "true" | "false" | "null" | name | name text
///               | name "(" [expression ("," expression)*] ")"
///               | ("cast" | "try_cast") "(" expression "as" type ")"
///               | "case" ("when" expression "then" expression)+ ["else" expression] "end"
///               | "(" expression ")"
/// ```
public final class Parser<T> {
    private static final int DEEPEST = 200;
    private static final Set<String> COMPARISONS = Set.of("=", "==", "!=", "<>", "<", "<=", ">", ">=");

    private final String text;
    private final List<Token> tokens;
    private final Builder<T> builder;
    private int next;
    /// Parentheses, negations and calls that are open.
    private int depth;

    private Parser(String text, Builder<T> builder) {
        this.text = text;
        this.tokens = Lexer.tokens(text);
        this.builder = builder;
    }

    /// Errors: USER, with the place, what was found there and what was expected.
    public static <T> T parse(String text, Builder<T> builder) {
        Parser<T> parser = new Parser<>(text, builder);
        T result = parser.expression();
        if (parser.peek().kind() != Token.Kind.END) {
            throw parser.unexpected("an operator or the end");
        }
        return result;
    }

    private T expression() {
        T left = conjunction();
        while (skip("or")) {
            left = builder.binary("or", left, conjunction());
        }
        return left;
    }

    private T conjunction() {
        T left = negation();
        while (skip("and")) {
            left = builder.binary("and", left, negation());
        }
        return left;
    }

    private T negation() {
        return skip("not") ? builder.not(deeper(this::negation)) : predicate();
    }

    private T predicate() {
        T left = sum();
        Token token = peek();
        if (token.kind() == Token.Kind.SYMBOL && COMPARISONS.contains(token.text())) {
            next++;
            return builder.binary(operator(token.text()), left, sum());
        }
        if (skip("is")) {
            boolean isNegated = skip("not");
            expect("null", "null");
            return isNegated ? builder.not(builder.isNull(left)) : builder.isNull(left);
        }
        boolean isNegated = skip("not");
        Optional<T> test = membership(left);
        if (test.isEmpty() && isNegated) {
            throw unexpected("in, between or like");
        }
        return test.map(t -> isNegated ? builder.not(t) : t).orElse(left);
    }

    private static String operator(String symbol) {
        return symbol.equals("==") ? "=" : symbol.equals("<>") ? "!=" : symbol;
    }

    private Optional<T> membership(T left) {
        if (skip("in")) {
            expect("(", "( and a list of values");
            return Optional.of(builder.in(left, arguments()));
        }
        if (skip("between")) {
            T low = sum();
            expect("and", "and, then the upper bound");
            return Optional.of(builder.between(left, low, sum()));
        }
        if (skip("like")) {
            String pattern = quoted("a pattern in single quotes");
            String escape = skip("escape") ? quoted("a character in single quotes") : "";
            return Optional.of(builder.like(left, pattern, escape));
        }
        return Optional.empty();
    }

    private T sum() {
        T left = product();
        while (peek().is("+") || peek().is("-") || peek().is("||")) {
            String operator = take().text();
            left = builder.binary(operator, left, product());
        }
        return left;
    }

    private T product() {
        T left = factor();
        while (peek().is("*") || peek().is("/") || peek().is("%") || peek().is("//")) {
            String operator = take().text();
            left = builder.binary(operator, left, factor());
        }
        return left;
    }

    private T factor() {
        if (!skip("-")) {
            return primary();
        }
        return peek().kind() == Token.Kind.NUMBER ? number("-") : builder.negate(deeper(this::factor));
    }

    private T primary() {
        Token token = peek();
        return switch (token.kind()) {
            case NUMBER -> number("");
            case TEXT -> builder.text(take().text());
            case NAME -> named(take());
            case KEYWORD, SYMBOL, END -> primaryWord(token);
        };
    }

    private T number(String sign) {
        Token token = take();
        return built(token, () -> builder.number(sign + token.text()));
    }

    private T primaryWord(Token token) {
        if (skip("true")) {
            return builder.truth(true);
        }
        if (skip("false")) {
            return builder.truth(false);
        }
        if (skip("null")) {
            return builder.missing();
        }
        if (skip("case")) {
            return deeper(this::choice);
        }
        if (token.is("cast") || token.is("try_cast")) {
            next++;
            return deeper(() -> cast(token));
        }
        if (skip("(")) {
            T inner = deeper(this::expression);
            expect(")", ")");
            return inner;
        }
        throw unexpected("a column, a constant, a function or (");
    }

    private T named(Token name) {
        if (skip("(")) {
            List<T> arguments = skip(")") ? List.of() : arguments();
            return built(name, () -> builder.call(name.text(), arguments));
        }
        if (peek().kind() == Token.Kind.TEXT) {
            Token value = take();
            return built(name, () -> builder.cast(builder.text(value.text()), name.text(), false));
        }
        return builder.column(name.text());
    }

    /// At least one expression, up to the closing parenthesis.
    private List<T> arguments() {
        List<T> arguments = new ArrayList<>();
        do {
            arguments.add(deeper(this::expression));
        } while (skip(","));
        expect(")", ", or )");
        return arguments;
    }

    private T cast(Token cast) {
        expect("(", "(");
        T operand = expression();
        expect("as", "as and a type");
        Token type = take();
        if (type.kind() != Token.Kind.NAME) {
            next--;
            throw unexpected("a type, such as LONG");
        }
        String name = type.text() + (peek().is("(") ? typeNumbers() : "");
        expect(")", ")");
        return built(type, () -> builder.cast(operand, name, cast.is("try_cast")));
    }

    private String typeNumbers() {
        StringBuilder numbers = new StringBuilder();
        while (!peek().is(")")) {
            if (peek().kind() == Token.Kind.END) {
                throw unexpected(")");
            }
            numbers.append(take().text());
        }
        return numbers.append(take().text()).toString();
    }

    private T choice() {
        List<T> branches = new ArrayList<>();
        expect("when", "when");
        do {
            branches.add(expression());
            expect("then", "then and a value");
            branches.add(expression());
        } while (skip("when"));
        Optional<T> otherwise = skip("else") ? Optional.of(expression()) : Optional.empty();
        expect("end", "when, else or end");
        return builder.choice(branches, otherwise);
    }

    private T deeper(Supplier<T> rule) {
        if (++depth > DEEPEST) {
            throw ExpressionErrors.syntax(text, peek().position(), "more than " + DEEPEST + " levels", "fewer of them");
        }
        T result = rule.get();
        depth--;
        return result;
    }

    /// What a builder says of a name or number becomes an error at its place.
    private T built(Token token, Supplier<T> part) {
        try {
            return part.get();
        } catch (LazuliException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw ExpressionErrors.syntax(text, token.position(), token.shown(), String.valueOf(e.getMessage()));
        }
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = peek();
        next += token.kind() == Token.Kind.END ? 0 : 1;
        return token;
    }

    private boolean skip(String expected) {
        if (peek().is(expected)) {
            next++;
            return true;
        }
        return false;
    }

    private void expect(String expected, String description) {
        if (!skip(expected)) {
            throw unexpected(description);
        }
    }

    private String quoted(String description) {
        if (peek().kind() != Token.Kind.TEXT) {
            throw unexpected(description);
        }
        return take().text();
    }

    private LazuliException unexpected(String expected) {
        return ExpressionErrors.syntax(text, peek().position(), peek().shown(), expected);
    }
}
