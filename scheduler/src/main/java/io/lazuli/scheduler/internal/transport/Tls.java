package io.lazuli.scheduler.internal.transport;

import io.lazuli.scheduler.internal.tls.PinnedCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.TrustManager;

/// Mutual TLS 1.3 among processes that share one certificate. No authority signs it and no host name is compared: who can show that
/// it has the key to exactly this certificate belongs to the cluster. Its dates do not matter, replacing the file does.
final class Tls {
    private static final String PROTOCOL = "TLSv1.3";
    private static final int BINDING_BYTES = 32;

    private final SSLContext context;

    private Tls(SSLContext context) {
        this.context = context;
    }

    /// Errors: USER if the file cannot be read with this password or holds no key and certificate.
    static Tls load(TlsKeystore keystore) {
        char[] password = keystore.password().toCharArray();
        try (InputStream file = Files.newInputStream(keystore.file())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(file, password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance(PROTOCOL);
            context.init(keys.getKeyManagers(),
                    new TrustManager[] {new PinnedCertificate(certificate(keystore, store))}, null);
            return new Tls(context);
        } catch (IOException | GeneralSecurityException e) {
            throw TransportErrors.badKeystore(keystore.file(), e);
        }
    }

    private static X509Certificate certificate(TlsKeystore keystore, KeyStore store) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                return certificate;
            }
        }
        throw TransportErrors.emptyKeystore(keystore.file());
    }

    /// An engine for one connection. Without host and port it resumes no session: each connection proves its key.
    SSLEngine engine(boolean isClient) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(isClient);
        engine.setEnabledProtocols(new String[] {PROTOCOL});
        if (!isClient) {
            engine.setNeedClientAuth(true);
        }
        return engine;
    }

    /// Bytes that only the two ends of this TLS connection know, once its handshake is over: the channel binding `tls-exporter` of
    /// RFC 9266.
    static byte[] binding(SSLEngine engine) {
        try {
            return ((ExtendedSSLSession) engine.getSession())
                    .exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], BINDING_BYTES);
        } catch (SSLKeyException e) {
            throw new IllegalStateException("TLS is up, but has no keys to export", e);
        }
    }
}
