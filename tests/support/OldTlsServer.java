// TLS servers with what only a JDK still has: SSL 3.0, EXPORT, DES, RC4, old TLS. For tests alone.
//
// java OldTlsServer.java KEYSTORE PORT:PROTOCOLS:SUITES... (lists with commas; "-" for the usual
// suites). Listens on 127.0.0.1, prints "ready" when all ports do, ends when its input ends.

import java.io.FileInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.Security;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

public final class OldTlsServer {
  private static final char[] PASSWORD = "changeit".toCharArray();

  public static void main(String[] arguments) throws Exception {
    for (String property :
        new String[] {
          "jdk.tls.disabledAlgorithms", "jdk.certpath.disabledAlgorithms", "jdk.tls.legacyAlgorithms"
        }) {
      Security.setProperty(property, "");
    }
    SSLContext context = contextOf(arguments[0]);
    for (int index = 1; index < arguments.length; ++index) {
      SSLServerSocket listener = listen(context, arguments[index].split(":"));
      start(() -> accept(listener));
    }
    System.out.println("ready");
    while (System.in.read() >= 0) {
      continue;
    }
    System.exit(0);
  }

  private static SSLContext contextOf(String path) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (FileInputStream input = new FileInputStream(path)) {
      store.load(input, PASSWORD);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static SSLServerSocket listen(SSLContext context, String[] plan) throws Exception {
    int port = Integer.parseInt(plan[0]);
    InetAddress address = InetAddress.getByName("127.0.0.1");
    SSLServerSocket listener =
        (SSLServerSocket)
            context.getServerSocketFactory().createServerSocket(port, 50, address);
    listener.setEnabledProtocols(plan[1].split(","));
    if (!plan[2].equals("-")) {
      listener.setEnabledCipherSuites(plan[2].split(","));
    }
    return listener;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }

  private static void accept(SSLServerSocket listener) {
    while (true) {
      try {
        SSLSocket socket = (SSLSocket) listener.accept();
        start(() -> serve(socket));
      } catch (Exception refused) {
        System.err.println(refused.getMessage());
      }
    }
  }

  // Makes the handshake, and answers whatever is asked as a small HTTP server does.
  private static void serve(SSLSocket socket) {
    try (socket) {
      socket.startHandshake();
      if (socket.getInputStream().read(new byte[8192]) > 0) {
        String answer = "HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\nold\n";
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (Exception ended) {
      System.err.println(ended.getMessage());
    }
  }
}
