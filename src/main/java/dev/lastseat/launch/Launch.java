package dev.lastseat.launch;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;

/**
 * Starts the application. In the packaged jar, its classes are loaded by
 * {@link LibraryClassLoader}, which needs less time than the loader of Spring Boot.
 */
final class Launch {

	private static final String APPLICATION = "dev.lastseat.LastseatApplication";

	/** The loader of the packaged jar. An extracted jar and a build have another. */
	private static final String PACKAGED = "org.springframework.boot.loader.launch.LaunchedClassLoader";

	private Launch() {
	}

	public static void main(String[] args) throws Throwable {
		try {
			loader().loadClass(APPLICATION).getMethod("main", String[].class).invoke(null, (Object) args);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private static ClassLoader loader() throws IOException {
		ClassLoader loader = Launch.class.getClassLoader();
		if (!loader.getClass().getName().equals(PACKAGED)) {
			return loader;
		}
		LibraryClassLoader faster = new LibraryClassLoader((URLClassLoader) loader);
		Thread.currentThread().setContextClassLoader(faster);
		return faster;
	}

}
