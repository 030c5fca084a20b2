import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

class Main {
    public static void main(String[] arguments) throws Exception {
        byte[] text = "Hello from Java\n".getBytes();
        HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(System.getenv("PORT"))), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
    }
}
