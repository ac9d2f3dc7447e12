package io.lazuli.scheduler.internal.membership;

import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// The cluster's certificate and key: every member shows it, and takes nothing else from another. There is no authority and no host
/// name to be checked; when the certificate runs out is looked at when a member starts.
final class TlsIdentity {
    private static final String[] PROTOCOLS = {"TLSv1.3"};

    private final SSLContext context;

    private TlsIdentity(SSLContext context) {
        this.context = context;
    }

    /// Errors: USER, if there is not one key with a valid certificate, or the password is wrong.
    static TlsIdentity load(TlsOptions options) {
        Path file = options.keyStore();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, options.password());
            List<String> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    keys.add(alias);
                }
            }
            if (keys.size() != 1 || !(store.getCertificate(keys.getFirst()) instanceof X509Certificate certificate)) {
                throw Errors.badKeyStore(file, "it holds " + keys.size() + " keys with a certificate", null);
            }
            certificate.checkValidity();
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, options.password());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), new TrustManager[] {new Pinned(certificate)}, null);
            return new TlsIdentity(context);
        } catch (IOException | GeneralSecurityException e) {
            throw Errors.badKeyStore(file, e.toString(), e);
        }
    }

    /// For one link, ready to shake hands.
    ///
    /// @param isClient this process has opened the link
    SSLEngine engine(boolean isClient) throws IOException {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(isClient);
        engine.setEnabledProtocols(PROTOCOLS);
        engine.setNeedClientAuth(true);
        engine.beginHandshake();
        return engine;
    }

    /// Believes one certificate, whoever shows it. That they have its key is for the handshake to see.
    private static final class Pinned extends X509ExtendedTrustManager {
        private final X509Certificate certificate;

        Pinned(X509Certificate certificate) {
            this.certificate = certificate;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (chain.length == 0 || !chain[0].equals(certificate)) {
                throw new CertificateException("the peer does not show the cluster's certificate");
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
