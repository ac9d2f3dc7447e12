package io.lazuli.tests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/// The law that ARCHITECTURE.md states: which way modules depend, what stays internal, where libraries may be used.
@AnalyzeClasses(packages = "io.lazuli", importOptions = ArchitectureTest.NoTests.class)
class ArchitectureTest {
    /// Leaves out test classes, also those that a module shares in a jar.
    static final class NoTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return Predefined.DO_NOT_INCLUDE_TESTS.includes(location) && !location.contains("-tests.jar");
        }
    }

    /// `sun.reflect` is the JDK's door for whoever makes objects as serialization does; one package needs it.
    @ArchTest
    static final ArchRule graphDependsOnTheJdkAlone = classes()
            .that(resideInAPackage("io.lazuli.graph.."))
            .should(onlyDependOnClassesThat(
                    resideInAnyPackage("java..", "sun.reflect", "org.jspecify..", "io.lazuli.graph..")));

    @ArchTest
    static final ArchRule onlyTheCodecMakesObjectsAsSerializationDoes = noClasses()
            .that(not(resideInAPackage("io.lazuli.graph.codec")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("sun..");

    @ArchTest
    static final ArchRule schedulerDependsOnGraphAlone = classes()
            .that(resideInAPackage("io.lazuli.scheduler..")
                    .and(not(resideInAPackage("io.lazuli.scheduler.internal.membership"))))
            .should(onlyDependOnClassesThat(
                    resideInAnyPackage("java..", "javax.crypto..", "javax.net.ssl..", "org.jspecify..",
                            "com.sun.management", "io.netty..", "io.lazuli.graph..", "io.lazuli.scheduler..")));

    @ArchTest
    static final ArchRule nettyIsUsedByTheTransportAlone = noClasses()
            .that(not(resideInAPackage("io.lazuli.scheduler.internal.transport")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule transportKnowsNothingOfWhatItCarries = classes()
            .that(resideInAPackage("io.lazuli.scheduler.internal.transport"))
            .should(onlyDependOnClassesThat(
                    resideInAnyPackage("java..", "javax.crypto..", "javax.net.ssl..", "org.jspecify..", "io.netty..",
                            "io.lazuli.graph.error", "io.lazuli.scheduler.internal.tls",
                            "io.lazuli.scheduler.internal.transport")));

    @ArchTest
    static final ArchRule membershipAloneSeesHazelcast = classes()
            .that(resideInAPackage("io.lazuli.scheduler.internal.membership"))
            .should(onlyDependOnClassesThat(
                    resideInAnyPackage("java..", "javax.net.ssl", "org.jspecify..", "com.hazelcast..",
                            "io.lazuli.graph.error", "io.lazuli.scheduler.internal",
                            "io.lazuli.scheduler.internal.tls", "io.lazuli.scheduler.internal.transport",
                            "io.lazuli.scheduler.internal.membership")));

    @ArchTest
    static final ArchRule framesNeverSeeTheScheduler = noClasses()
            .that()
            .resideInAPackage("io.lazuli.dataframe..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.lazuli.scheduler..");

    @ArchTest
    static final ArchRule modelsNeverSeeTheScheduler = noClasses()
            .that()
            .resideInAPackage("io.lazuli.ml..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.lazuli.scheduler..");

    @ArchTest
    static final ArchRule ejmlIsUsedWhereItIsNamed = noClasses()
            .that(not(resideInAPackage("io.lazuli.ml.internal.ejml")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.ejml..");

    @ArchTest
    static final ArchRule framesNeverSeeModels = noClasses()
            .that()
            .resideInAnyPackage("io.lazuli.dataframe..", "io.lazuli.dashboard..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.lazuli.ml..");

    @ArchTest
    static final ArchRule theDashboardSeesWhatAnybodyMaySee = classes()
            .that(resideInAPackage("io.lazuli.dashboard.."))
            .should(onlyDependOnClassesThat(
                    resideInAnyPackage("java..", "org.jspecify..", "io.lazuli.graph", "io.lazuli.graph.error",
                            "io.lazuli.scheduler", "io.lazuli.scheduler.event", "io.lazuli.dashboard..",
                            "org.eclipse.jetty..")));

    @ArchTest
    static final ArchRule jettyIsUsedWhereItIsNamed = noClasses()
            .that(not(resideInAPackage("io.lazuli.dashboard.internal.jetty")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jetty..");

    @ArchTest
    static final ArchRule coresArePure = classes()
            .that(resideInAnyPackage(
                    "io.lazuli.scheduler.internal.core..", "io.lazuli.scheduler.internal.worker.."))
            .should(onlyDependOnClassesThat(
                    resideInAnyPackage(
                            "java.lang..", "java.util", "java.util.function", "java.util.stream", "org.jspecify..",
                            "io.lazuli.graph..", "io.lazuli.scheduler.internal.core..",
                            "io.lazuli.scheduler.internal.worker..")));

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("io.lazuli.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule tablesawIsUsedWhereItIsReturned = noClasses()
            .that(not(resideInAnyPackage("io.lazuli.dataframe", "io.lazuli.dataframe.internal.tablesaw",
                    "io.lazuli.cli..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tech.tablesaw..");

    @ArchTest
    static final ArchRule parquetJavaIsForTestsOnly = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.parquet..", "org.apache.hadoop..", "org.apache.arrow..");

    @ArchTest
    static final ArchRule publicSignaturesShowNothingInternal = classes()
            .that(not(resideInAPackage("..internal..")))
            .should(new ArchCondition<>("show no internal type in a public signature") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (!isVisible(type)) {
                        return;
                    }
                    type.getMembers().stream()
                            .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
                            .filter(member -> signature(member).anyMatch(t -> t.getPackageName().contains(".internal")))
                            .forEach(member -> events
                                    .add(SimpleConditionEvent.violated(member, member.getDescription())));
                }
            });

    /// Public, and so is every class around it.
    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
    }

    private static Stream<JavaClass> signature(JavaMember member) {
        return switch (member) {
            case JavaCodeUnit code -> Stream.concat(
                    Stream.of(code.getRawReturnType()), code.getRawParameterTypes().stream());
            case JavaField field -> Stream.of(field.getRawType());
            default -> Stream.empty();
        };
    }
}
