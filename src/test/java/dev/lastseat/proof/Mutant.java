package dev.lastseat.proof;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The code of the admission, changed in one small way.
 *
 * @param killed whether a test has noticed
 */
record Mutant(String type, String method, String change, boolean killed) {

	/** Where PIT reports them. */
	static final Path REPORT = Path.of("target", "pit-reports", "mutations.xml");

	/**
	 * @return none when there is no report
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
	 * What the documentation calls it: the place and the change, without a line number.
	 */
	String name() {
		return "`" + this.type + "." + this.method + "`: " + this.change;
	}

}
