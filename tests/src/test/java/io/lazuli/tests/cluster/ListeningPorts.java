package io.lazuli.tests.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Where a process listens, as the kernel of Linux says, whoever in it opened the socket.
final class ListeningPorts {
    private static final String LISTENING = "0A";

    private ListeningPorts() {}

    static List<InetSocketAddress> of(ProcessHandle process) throws IOException {
        Path folder = Path.of("/proc", Long.toString(process.pid()));
        Set<String> sockets = sockets(folder.resolve("fd"));
        List<InetSocketAddress> found = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            List<String> lines = Files.readAllLines(folder.resolve("net").resolve(table));
            for (String line : lines.subList(1, lines.size())) {
                String[] fields = line.strip().split("\\s+");
                if (fields[3].equals(LISTENING) && sockets.contains("socket:[" + fields[9] + "]")) {
                    found.add(address(fields[1]));
                }
            }
        }
        return found;
    }

    private static Set<String> sockets(Path descriptors) throws IOException {
        Set<String> found = new HashSet<>();
        try (Stream<Path> all = Files.list(descriptors)) {
            for (Path descriptor : all.toList()) {
                try {
                    found.add(Files.readSymbolicLink(descriptor).toString());
                } catch (IOException e) {
                    continue; // closed meanwhile
                }
            }
        }
        return found;
    }

    /// Words of four bytes, each the other way round, then the port.
    private static InetSocketAddress address(String text) throws IOException {
        String[] parts = text.split(":");
        byte[] words = HexFormat.of().parseHex(parts[0]);
        byte[] address = new byte[words.length];
        for (int i = 0; i < words.length; i++) {
            address[i] = words[i / 4 * 4 + 3 - i % 4];
        }
        return new InetSocketAddress(InetAddress.getByAddress(address), Integer.parseInt(parts[1], 16));
    }
}
