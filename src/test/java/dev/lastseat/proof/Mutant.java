package dev.lastseat.proof;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A small change to the code of the admission, made by PIT.
 *
 * @param killed whether a test fails with the change
 */
record Mutant(String type, String method, String change, boolean killed) {

	/** The report of PIT. */
	static final Path REPORT = Path.of("target", "pit-reports", "mutations.xml");

	/**
	 * @return empty when there is no report
	 */
	static List<Mutant> readAll(Path report) throws Exception {
		if (!Files.exists(report)) {
			return List.of();
		}
		NodeList mutations = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(report.toFile())
			.getElementsByTagName("mutation");
		return IntStream.range(0, mutations.getLength())
			.mapToObj((index) -> of((Element) mutations.item(index)))
			.toList();
	}

	private static Mutant of(Element mutation) {
		String type = text(mutation, "mutatedClass");
		return new Mutant(type.substring(type.lastIndexOf('.') + 1), text(mutation, "mutatedMethod"),
				text(mutation, "description"), Boolean.parseBoolean(mutation.getAttribute("detected")));
	}

	private static String text(Element mutation, String name) {
		return mutation.getElementsByTagName(name).item(0).getTextContent();
	}

	/**
	 * The name in the documentation: method and change, without a line number.
	 */
	String name() {
		return "`" + this.type + "." + this.method + "`: " + this.change;
	}

}
