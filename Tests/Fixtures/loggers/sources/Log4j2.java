// log4j2: its default pattern, and the usual one with a date.
import org.apache.logging.log4j.*;
import org.apache.logging.log4j.core.config.builder.api.*;
import org.apache.logging.log4j.core.config.Configurator;

public class Log4j2 {
    static void with(String layout, String pattern) {
        ConfigurationBuilder<?> builder = ConfigurationBuilderFactory.newConfigurationBuilder();
        AppenderComponentBuilder console = builder.newAppender("console", "Console");
        LayoutComponentBuilder lay = builder.newLayout(layout);
        lay.addAttribute("pattern", pattern);
        console.add(lay);
        builder.add(console);
        builder.add(builder.newRootLogger(Level.INFO).add(builder.newAppenderRef("console")));
        Configurator.reconfigure(builder.build());
    }

    public static void main(String[] args) {
        with("PatternLayout", "%d{HH:mm:ss.SSS} [%t] %-5level %logger{36} - %msg%n");
        LogManager.getLogger("com.example.shop.Cart").info("added 3 items");
        with("PatternLayout", "%d [%t] %p %c - %m%n");
        LogManager.getLogger("com.example.shop.Cart").error("payment failed", new IllegalStateException("card declined"));
        with("PatternLayout", "%d{ISO8601_OFFSET_DATE_TIME_HHMM} %-5p %c{1.}:%L - %m%n");
        LogManager.getLogger("com.example.shop.Cart").fatal("no cart");
    }
}
