package dev.lastseat.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.yaml.snakeyaml.Yaml;

/**
 * A part of a YAML or JSON file, read by names and indexes.
 */
record YamlFile(Object value) {

	static YamlFile read(String file) {
		try {
			return new YamlFile(new Yaml().load(Files.readString(Path.of(file))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * @param path names of mappings, and indexes of lists, separated by slashes
	 */
	YamlFile at(String path) {
		Object part = this.value;
		for (String step : path.split("/")) {
			part = (part instanceof List<?> list) ? list.get(Integer.parseInt(step)) : ((Map<?, ?>) part).get(step);
		}
		return new YamlFile(part);
	}

	boolean has(String name) {
		return this.value instanceof Map<?, ?> map && map.containsKey(name);
	}

	List<YamlFile> list() {
		return ((List<?>) this.value).stream().map(YamlFile::new).toList();
	}

	String text() {
		return String.valueOf(this.value);
	}

	int number() {
		return (Integer) this.value;
	}

}
