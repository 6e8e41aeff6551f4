package dev.lastseat.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import org.jspecify.annotations.Nullable;

/**
 * Loads classes and resources of the libraries in the packaged jar. Searches a library by
 * one look-up in its table of contents, and finds a class first in the library that had
 * the last class of its package. The loader of Spring Boot makes a URL and a connection
 * for each library that it searches, and searches the libraries in the order of their
 * names. No class is in two libraries.
 */
final class LibraryClassLoader extends URLClassLoader {

	static {
		registerAsParallelCapable();
	}

	private final List<Library> libraries = new ArrayList<>();

	/** The library that had the last class of a package. */
	private final Map<String, Library> packages = new ConcurrentHashMap<>();

	/**
	 * @param packaged the loader of Spring Boot, which knows the libraries
	 */
	LibraryClassLoader(URLClassLoader packaged) throws IOException {
		super(packaged.getURLs(), packaged.getParent());
		for (URL url : packaged.getURLs()) {
			this.libraries.add(Library.open(url));
		}
	}

	@Override
	protected Class<?> findClass(String name) throws ClassNotFoundException {
		String packageName = name.substring(0, Math.max(name.lastIndexOf('.'), 0));
		String path = name.replace('.', '/') + ".class";
		Library last = this.packages.get(packageName);
		try {
			Class<?> found = (last != null) ? define(name, packageName, path, last) : null;
			for (int i = 0; found == null && i < this.libraries.size(); i++) {
				found = define(name, packageName, path, this.libraries.get(i));
			}
			if (found == null) {
				throw new ClassNotFoundException(name);
			}
			return found;
		}
		catch (IOException ex) {
			throw new ClassNotFoundException(name, ex);
		}
	}

	private @Nullable Class<?> define(String name, String packageName, String path, Library library)
			throws IOException {
		JarEntry entry = library.jar().getJarEntry(path);
		if (entry == null) {
			return null;
		}
		if (this.packages.put(packageName, library) != library && getDefinedPackage(packageName) == null) {
			definePackage(packageName, library);
		}
		byte[] content = library.read(entry);
		return defineClass(name, content, 0, content.length, library.source());
	}

	private void definePackage(String packageName, Library library) throws IOException {
		try {
			definePackage(packageName, Objects.requireNonNull(library.jar().getManifest()), library.url());
		}
		catch (IllegalArgumentException ex) {
			// Another thread was faster.
			Objects.requireNonNull(getDefinedPackage(packageName), packageName);
		}
	}

	@Override
	public @Nullable URL findResource(String name) {
		for (Library library : this.libraries) {
			if (library.jar().getJarEntry(name) != null) {
				return library.resource(name);
			}
		}
		return null;
	}

	@Override
	public Enumeration<URL> findResources(String name) {
		return Collections.enumeration(this.libraries.stream()
			.filter((library) -> library.jar().getJarEntry(name) != null)
			.map((library) -> library.resource(name))
			.toList());
	}

	/**
	 * @param url of the root of the library
	 */
	private record Library(URL url, JarFile jar, CodeSource source) {

		static Library open(URL url) throws IOException {
			return new Library(url, ((JarURLConnection) url.openConnection()).getJarFile(),
					new CodeSource(url, (Certificate[]) null));
		}

		byte[] read(JarEntry entry) throws IOException {
			try (InputStream content = this.jar.getInputStream(entry)) {
				return content.readAllBytes();
			}
		}

		URL resource(String name) {
			try {
				return new URL(this.url, name);
			}
			catch (MalformedURLException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
