// java.util.logging with its default handler, and an uncaught exception.
import java.util.logging.*;

public class JavaUtilLogging {
    static void pay() { throw new IllegalStateException("card declined", new java.io.IOException("no route to bank")); }

    public static void main(String[] args) {
        Logger log = Logger.getLogger("shop.cart");
        log.info("added 3 items");
        log.warning("nearly full");
        try { pay(); } catch (IllegalStateException e) { log.log(Level.SEVERE, "payment failed", e); }
        pay();
    }
}
