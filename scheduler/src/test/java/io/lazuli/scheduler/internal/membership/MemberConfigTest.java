package io.lazuli.scheduler.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.ClassFilter;
import com.hazelcast.core.Hazelcast;
import io.lazuli.scheduler.internal.transport.ClusterSecret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

class MemberConfigTest {
    /// What members tell each other when something is not as they thought. A member that may not read it waits for an answer.
    private static final List<String> PACKAGES = List.of("com.hazelcast.core", "com.hazelcast.spi.exception",
            "com.hazelcast.internal.cluster.impl", "com.hazelcast.internal.partition", "com.hazelcast.partition");
    /// Of clients and services that there are not.
    private static final Set<String> ABSENT = Set.of("NoCredentialsException", "RestClientException");

    @Test
    void everyErrorThatMembersTell_mayBeRead() throws Exception {
        Endpoint endpoint = new Endpoint("127.0.0.1", 9);
        ClassFilter allowed = MemberConfig.of(
                MembershipOptions.of(Role.SCHEDULER, ClusterSecret.random(), endpoint, "0.1"),
                new ClusterMember(UUID.randomUUID(), Role.SCHEDULER, endpoint, 1, "0.1", true))
                .getSerializationConfig().getJavaSerializationFilterConfig().getWhitelist();
        assertThat(errors()).hasSizeGreaterThan(15).filteredOn(error -> !allowed.isListed(error)).isEmpty();
        assertThat(allowed.isListed("com.hazelcast.map.impl.MapService")).isFalse();
    }

    private static List<String> errors() throws IOException {
        String jar = Path.of(Hazelcast.class.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
        try (JarFile classes = new JarFile(jar)) {
            return classes.stream()
                    .map(entry -> entry.getName().replace('/', '.'))
                    .filter(name -> name.endsWith("Exception.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .filter(name -> PACKAGES.contains(name.substring(0, name.lastIndexOf('.'))))
                    .filter(name -> !ABSENT.contains(name.substring(name.lastIndexOf('.') + 1)))
                    .toList();
        }
    }
}
