package io.github.olympe.maven.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A self-signed certificate for 127.0.0.1, {@code localhost} and {@code registry.test}, made by the JDK's {@code keytool}.
 *
 * @param keyStore the PKCS12 file with key and certificate, password {@value #PASSWORD}
 * @param certificatePem the certificate
 * @param keyPem the private key
 */
public record TestCertificate(Path keyStore, Path certificatePem, Path keyPem) {

    private static final String PASSWORD = "changeit";

    /** The key stores of this JVM by algorithm: keytool is a JVM of its own, which takes a second. */
    private static final Map<String, byte[]> KEY_STORES = new ConcurrentHashMap<>();

    /** Writes it to a folder. Its key is of an elliptic curve, which is made in no time. All of a JVM are the same. */
    public static TestCertificate create(Path folder) {
        return create(folder, "EC", "-groupname", "secp256r1");
    }

    /** Writes the one with the key of RSA that signs tokens. */
    public static TestCertificate forTokens(Path folder) {
        return create(folder, "RSA", "-keysize", "2048");
    }

    private static TestCertificate create(Path folder, String algorithm, String sizeOption, String size) {
        try {
            Files.createDirectories(folder);
            TestCertificate certificate = new TestCertificate(
                    folder.resolve("keystore.p12"), folder.resolve("certificate.pem"), folder.resolve("key.pem"));
            Files.write(
                    certificate.keyStore,
                    KEY_STORES.computeIfAbsent(algorithm, key -> keyStore(key, sizeOption, size)));
            write(
                    certificate.certificatePem,
                    "CERTIFICATE",
                    certificate.certificate().getEncoded());
            write(certificate.keyPem, "PRIVATE KEY", certificate.key().getEncoded());
            return certificate;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] keyStore(String algorithm, String sizeOption, String size) {
        try {
            Path keyStore = Files.createTempDirectory("certificate").resolve("keystore.p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            // Nobody guesses this password, and each opening of the file would take 30,000 digests.
                            "-J-Dkeystore.pkcs12.macIterationCount=1",
                            "-J-Dkeystore.pkcs12.keyPbeIterationCount=1",
                            "-J-Dkeystore.pkcs12.certPbeIterationCount=1",
                            "-J-XX:TieredStopAtLevel=1",
                            "-genkeypair",
                            "-keyalg",
                            algorithm,
                            sizeOption,
                            size,
                            "-alias",
                            "test",
                            "-validity",
                            "3",
                            "-dname",
                            "CN=olympe test",
                            "-ext",
                            "san=ip:127.0.0.1,dns:localhost,dns:registry.test",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            keyStore.toString(),
                            "-storepass",
                            PASSWORD)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(keytool.getInputStream().readAllBytes());
            if (keytool.waitFor() != 0) {
                throw new AssertionError("keytool failed: " + output);
            }
            byte[] content = Files.readAllBytes(keyStore);
            Files.delete(keyStore);
            Files.delete(keyStore.getParent());
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate itself. */
    public X509Certificate certificate() {
        try {
            return (X509Certificate) store().getCertificate("test");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its private key. */
    public PrivateKey key() {
        try {
            return (PrivateKey) store().getKey("test", PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a context that is this server and trusts only it. */
    public SSLContext context() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store(), PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("test", certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore store() {
        try (InputStream in = Files.newInputStream(keyStore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, String type, byte[] content) throws IOException {
        Files.write(
                file,
                List.of(
                        "-----BEGIN " + type + "-----",
                        Base64.getMimeEncoder(64, "\n".getBytes()).encodeToString(content),
                        "-----END " + type + "-----"));
    }

    /** Returns the certificate's bytes, as a token's header contains them. */
    byte[] encoded() {
        try {
            Certificate certificate = certificate();
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
