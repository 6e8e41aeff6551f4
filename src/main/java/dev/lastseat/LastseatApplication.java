package dev.lastseat;

import dev.lastseat.stress.Commands;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the service, or runs a command if the first argument names one.
 */
@SpringBootApplication
public class LastseatApplication {

	public static void main(String[] args) {
		if (Commands.handles(args)) {
			System.exit(Commands.run(LastseatApplication.class, args));
		}
		SpringApplication.run(LastseatApplication.class, args);
	}

}
