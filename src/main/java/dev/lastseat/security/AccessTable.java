package dev.lastseat.security;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

/**
 * Access rules by path and method: a tree with a node for each segment of a path. One
 * walk along the segments finds the rule. It compares the decoded segments, as the
 * patterns of the routes do.
 */
final class AccessTable {

	private final Node root = new Node();

	/**
	 * @param path segments, of which {@code *} stands for any
	 */
	AccessTable rule(HttpMethod method, String path, Access access) {
		node(path).methods.put(method, access);
		return this;
	}

	/**
	 * A rule for the path and everything below it, for requests without another rule.
	 */
	AccessTable below(String path, Access access) {
		node(path).below = access;
		return this;
	}

	private Node node(String path) {
		Node node = this.root;
		for (String segment : path.substring(1).split("/")) {
			node = node.children.computeIfAbsent(segment, (name) -> new Node());
		}
		return node;
	}

	/**
	 * @return null if the request has no rule
	 */
	@Nullable Access find(HttpMethod method, PathContainer path) {
		List<PathContainer.Element> elements = path.elements();
		Node node = this.root;
		Access below = null;
		for (int i = 0; i < elements.size(); i += 2) {
			node = (i + 1 < elements.size() && elements.get(i) instanceof PathContainer.Separator
					&& elements.get(i + 1) instanceof PathContainer.PathSegment segment)
							? node.child(segment.valueToMatch()) : null;
			if (node == null) {
				return below;
			}
			below = (node.below != null) ? node.below : below;
		}
		return node.methods.getOrDefault(method, below);
	}

	private static final class Node {

		private final Map<String, Node> children = new HashMap<>();

		private final Map<HttpMethod, Access> methods = new HashMap<>();

		private @Nullable Access below;

		@Nullable Node child(String segment) {
			Node child = this.children.get(segment);
			return (child != null || segment.isEmpty()) ? child : this.children.get("*");
		}

	}

}
