package io.lazuli.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Documents name types that exist.
class DocumentationTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z][a-z]+[A-Za-z]*)`");
    private static final Pattern DECLARED = Pattern.compile("\\b(?:class|interface|record|enum) ([A-Z]\\w*)");
    /// Named in the documents, but not ours.
    private static final Set<String> FOREIGN = Set.of("Optional", "ServiceLoader", "Table");

    @ParameterizedTest
    @ValueSource(strings = {"ARCHITECTURE.md", "CONTRIBUTING.md"})
    void everyTypeNamedInADocumentExists(String document) throws IOException {
        Set<String> named = NAMED.matcher(Files.readString(Launcher.ROOT.resolve(document)))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).isNotEmpty();
        named.removeAll(FOREIGN);
        named.removeAll(declared());
        assertThat(named).as("named in %s, but declared nowhere", document).isEmpty();
    }

    private static Set<String> declared() throws IOException {
        try (Stream<Path> files = Files.walk(Launcher.ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(DocumentationTest::declaredIn)
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<String> declaredIn(Path file) {
        try {
            return DECLARED.matcher(Files.readString(file)).results().map((MatchResult match) -> match.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
