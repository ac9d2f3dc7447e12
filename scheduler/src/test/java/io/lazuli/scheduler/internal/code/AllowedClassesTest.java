package io.lazuli.scheduler.internal.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedClassesTest {
    private final AllowedClasses all = new AllowedClasses(_ -> true);
    private final AllowedClasses few = new AllowedClasses(Set.of("app.Trip")::contains);

    @ParameterizedTest
    @ValueSource(strings = {"java.lang.Runtime", "java.lang.ProcessBuilder", "java.lang.Thread",
        "java.lang.ClassLoader",
        "java.lang.System", "java.lang.Class", "java.lang.reflect.Method", "java.lang.invoke.MethodHandles",
        "java.net.URL", "java.net.URLClassLoader", "java.io.File", "java.io.ObjectInputStream",
        "java.util.ServiceLoader", "java.util.Timer", "java.util.function.nested.Other",
        "java.util.concurrent.Executors", "javax.management.remote.rmi.RMIConnector", "javax.script.ScriptEngine",
        "javax.naming.InitialContext", "sun.misc.Unsafe", "sun.reflect.ReflectionFactory", "com.sun.jndi.ldap.LdapCtx",
        "jdk.internal.misc.Unsafe", "org.xml.sax.XMLReader", "java.rmi.server.RemoteObject", "java.absent.Other"})
    void theRestOfTheJdkIsRefusedEvenWhereAProgramHoldsIt(String name) {
        assertThat(all).rejects(name);
        assertThat(few).rejects("[L" + name + ";", "[[L" + name + ";");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.util.function.Function", "java.util.Comparator", "java.time.DayOfWeek",
        "java.time.temporal.ChronoUnit", "java.util.concurrent.TimeUnit", "java.math.RoundingMode",
        "java.lang.Comparable", "java.util.Map$Entry", "io.lazuli.graph.TaskGraph", "app.Trip"})
    void valuesFunctionsAndWhatTheProgramHoldsAreAllowed(String name) {
        assertThat(few).accepts(name);
    }

    @Test
    void whatNobodyHoldsIsRefused() {
        assertThat(few).rejects("app.Other", "", ".", "[Lapp.Trip;", "Trip", "app/Trip", "app.Trip/../Other");
    }
}
