// logback: its pattern without a date (the default), and the usual one with a date and MDC.
import org.slf4j.*;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.core.ConsoleAppender;

public class Logback {
    static Logger with(String pattern) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        ConsoleAppender<ch.qos.logback.classic.spi.ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder);
        console.start();
        ch.qos.logback.classic.Logger root = context.getLogger("ROOT");
        root.addAppender(console);
        return context.getLogger("com.example.shop.Cart");
    }

    public static void main(String[] args) {
        with("%d{HH:mm:ss.SSS} [%thread] %-5level %logger{36} - %msg%n").info("added 3 items");
        Logger log = with("%d{yyyy-MM-dd HH:mm:ss.SSS} [%thread] %-5level %logger{36} [%X{traceId},%X{spanId}] - %msg%n");
        MDC.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
        MDC.put("spanId", "00f067aa0ba902b7");
        log.warn("nearly full");
        MDC.clear();
        Logger plain = with("%d{ISO8601} %-5p [%t] %c: %m%n");
        plain.error("payment failed", new IllegalStateException("card declined", new java.io.IOException("no route to bank")));
        plain.info("request done, method=GET path=/cart status=200 duration=12.5ms");
    }
}
