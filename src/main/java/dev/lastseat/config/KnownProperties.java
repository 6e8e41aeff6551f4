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
 * The names of all properties that Spring Boot binds to a record or bean.
 */
final class KnownProperties {

	private final ConfigurationPropertyName prefix;

	/** The type of each property, by name, like {@code lastseat.web.request-timeout}. */
	private final SortedMap<String, Class<?>> types = new TreeMap<>();

	/**
	 * @param prefix the prefix of all names
	 * @param type the record or bean
	 */
	KnownProperties(String prefix, Class<?> type) {
		this.prefix = ConfigurationPropertyName.of(prefix);
		add(prefix, type);
	}

	private void add(String prefix, Class<?> type) {
		members(type).forEach((member) -> {
			String name = prefix + "." + DataObjectPropertyName.toDashedForm(member.getKey());
			if (isNested(member.getValue(), type)) {
				add(name, member.getValue());
			}
			else {
				this.types.put(name, member.getValue());
			}
		});
	}

	private static Stream<Map.Entry<String, Class<?>>> members(Class<?> type) {
		return type.isRecord()
				? Arrays.stream(type.getRecordComponents())
					.map((RecordComponent member) -> Map.entry(member.getName(), member.getType()))
				: Arrays.stream(BeanUtils.getPropertyDescriptors(type))
					.filter((member) -> !member.getName().equals("class") && member.getPropertyType() != null)
					.map((PropertyDescriptor member) -> Map.entry(member.getName(), member.getPropertyType()));
	}

	/**
	 * Types of the JDK and enums are values. Other types of the owner's project have
	 * properties of their own.
	 */
	private static boolean isNested(Class<?> member, Class<?> owner) {
		return !member.isEnum() && topPackage(member).equals(topPackage(owner));
	}

	private static String topPackage(Class<?> type) {
		return type.getPackageName().split("\\.", 2)[0];
	}

	/**
	 * Whether a name has the prefix of these properties, known or not.
	 */
	boolean owns(ConfigurationPropertyName name) {
		return this.prefix.equals(name) || this.prefix.isAncestorOf(name);
	}

	/** Whether a property is a list. A list may be empty. */
	boolean isList(String known) {
		return Collection.class.isAssignableFrom(this.types.getOrDefault(known, Object.class));
	}

	/**
	 * @param name in any spelling that Spring Boot binds, with or without a list index at
	 * its end
	 * @return the documented spelling; empty when no property has this name
	 */
	Optional<String> find(ConfigurationPropertyName name) {
		ConfigurationPropertyName withoutIndex = name.isLastElementIndexed() ? name.getParent() : name;
		return this.types.keySet()
			.stream()
			.filter((known) -> ConfigurationPropertyName.of(known).equals(withoutIndex))
			.findFirst();
	}

	/**
	 * @param variable an environment variable: {@code LASTSEAT_WEB_REQUESTTIMEOUT}, the
	 * spelling that Spring Boot documents, or {@code LASTSEAT_WEB_REQUEST_TIMEOUT}, which
	 * Spring Boot also accepts
	 */
	Optional<String> find(String variable) {
		String withoutIndex = variable.replaceFirst("_\\d+$", "");
		return this.types.keySet()
			.stream()
			.filter((known) -> withoutIndex.equals(variable(known.replace("-", "")))
					|| withoutIndex.equals(variable(known)))
			.findFirst();
	}

	private static String variable(String property) {
		return property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
	}

	/**
	 * Finds the property that a misspelled name probably stands for: the one with the
	 * smallest Levenshtein distance.
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
