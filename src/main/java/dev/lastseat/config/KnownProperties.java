package dev.lastseat.config;

import java.beans.PropertyDescriptor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.apache.commons.text.similarity.LevenshteinDistance;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The names of the properties that a class is bound to, a record or a bean.
 */
final class KnownProperties {

	private final ConfigurationPropertyName prefix;

	/** By name, like {@code lastseat.web.request-timeout}. */
	private final SortedMap<String, Class<?>> types = new TreeMap<>();

	/**
	 * @param prefix of all names
	 */
	KnownProperties(String prefix, Class<?> type) {
		this.prefix = ConfigurationPropertyName.of(prefix);
		add(prefix, type);
	}

	private void add(String prefix, Class<?> type) {
		parts(type).forEach((part) -> {
			String name = prefix + "." + DataObjectPropertyName.toDashedForm(part.getKey());
			if (isNested(part.getValue(), type)) {
				add(name, part.getValue());
			}
			else {
				this.types.put(name, part.getValue());
			}
		});
	}

	private static Stream<Map.Entry<String, Class<?>>> parts(Class<?> type) {
		return type.isRecord()
				? Arrays.stream(type.getRecordComponents())
					.map((RecordComponent part) -> Map.entry(part.getName(), part.getType()))
				: Arrays.stream(BeanUtils.getPropertyDescriptors(type))
					.filter((part) -> !part.getName().equals("class") && part.getPropertyType() != null)
					.map((PropertyDescriptor part) -> Map.entry(part.getName(), part.getPropertyType()));
	}

	/** Types of the JDK are values, and so are enumerations. */
	private static boolean isNested(Class<?> part, Class<?> owner) {
		return !part.isEnum() && topPackage(part).equals(topPackage(owner));
	}

	private static String topPackage(Class<?> type) {
		return type.getPackageName().split("\\.", 2)[0];
	}

	/**
	 * Whether a name is one of these or should be.
	 */
	boolean owns(ConfigurationPropertyName name) {
		return this.prefix.equals(name) || this.prefix.isAncestorOf(name);
	}

	/** Whether a property takes several values, of which there may be none. */
	boolean isList(String known) {
		return Collection.class.isAssignableFrom(this.types.getOrDefault(known, Object.class));
	}

	/**
	 * @param name in any spelling that Spring Boot binds, with or without an index at its
	 * end
	 * @return the name in the spelling of the documentation; empty when there is none
	 */
	Optional<String> find(ConfigurationPropertyName name) {
		ConfigurationPropertyName whole = name.isLastElementIndexed() ? name.getParent() : name;
		return this.types.keySet()
			.stream()
			.filter((known) -> ConfigurationPropertyName.of(known).equals(whole))
			.findFirst();
	}

	/**
	 * @param variable an environment variable like {@code LASTSEAT_WEB_REQUESTTIMEOUT},
	 * the spelling that Spring Boot documents, or {@code LASTSEAT_WEB_REQUEST_TIMEOUT},
	 * which it takes as well
	 */
	Optional<String> find(String variable) {
		String whole = variable.replaceFirst("_\\d+$", "");
		return this.types.keySet()
			.stream()
			.filter((known) -> whole.equals(variable(known.replace("-", ""))) || whole.equals(variable(known)))
			.findFirst();
	}

	private static String variable(String property) {
		return property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
	}

	/**
	 * The property that was probably meant.
	 */
	String nearest(ConfigurationPropertyName name) {
		String letters = letters(name.toString());
		return this.types.keySet()
			.stream()
			.min(Comparator
				.comparingInt((known) -> LevenshteinDistance.getDefaultInstance().apply(letters(known), letters)))
			.orElseThrow();
	}

	private static String letters(String name) {
		return name.replaceAll("[.-]", "");
	}

}
