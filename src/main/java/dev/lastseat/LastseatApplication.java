package dev.lastseat;

import dev.lastseat.stress.Commands;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the service, or runs the command that the arguments name.
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
