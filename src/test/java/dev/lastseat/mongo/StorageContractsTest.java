package dev.lastseat.mongo;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

import static org.assertj.core.api.Assertions.assertThat;

class StorageContractsTest {

	private static final Path SOURCES = Path.of("src/test/java/dev/lastseat/mongo");

	@Test
	void includeEveryContract() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			assertThat(files.map((file) -> file.getFileName().toString())
				.filter((file) -> file.endsWith("Contract.java"))
				.map((file) -> file.replace(".java", "")))
				.containsExactlyInAnyOrderElementsOf(contracts().map(Class::getSimpleName).toList());
		}
	}

	/**
	 * Surefire reports all tests of an engine under the name of one class. It counts two
	 * tests of the same name as one test that ran twice.
	 */
	@Test
	void haveTestsWithDifferentNames() {
		assertThat(contracts().flatMap((contract) -> Arrays.stream(contract.getDeclaredMethods()))
			.filter((method) -> AnnotationSupport.isAnnotated(method, Testable.class))
			.map(Method::getName)).hasSizeGreaterThan(100).doesNotHaveDuplicates();
	}

	private static Stream<Class<?>> contracts() {
		return Arrays.stream(StorageContracts.class.getDeclaredClasses()).map(Class::getSuperclass);
	}

}
