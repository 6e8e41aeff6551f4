package dev.lastseat;

import java.util.stream.IntStream;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A list of many events.
 */
class EventListIT extends BrowserTest {

	/** A search reads ten pages of 100 events in one step, so the list needs a second one. */
	private static final int EVENTS = 1_110;

	@BeforeAll
	static void createEvents() {
		OtherClient.createEvents(service, IntStream.range(0, EVENTS)
			.mapToObj((index) -> "{\"title\": \"Lecture %d\", \"startsAt\": \"2126-%02d-%02dT19:%02d:00Z\", \"capacity\": 9}"
				.formatted(index, 1 + index / 100, 1 + index / 10 % 10, index % 10)));
		OtherClient.createEvent(service, "Café Zimmermann", "2127-01-01T19:00:00Z", null, 9);
		OtherClient.createEvent(service, "Last year's ball", "2020-01-01T19:00:00Z", "2020-01-01T23:00:00Z", 9);
	}

	private static double scrollOf(Page page) {
		return ((Number) page.evaluate("scrollY")).doubleValue();
	}

	@Test
	void restoresThePageAndTheScrollPositionOnBack() {
		Page page = open("");
		for (int number = 2; number <= 4; number++) {
			button(page, "Next page").click();
			assertThat(page.locator("#page-number")).hasText("Page " + number);
		}
		assertThat(link(page, "Lecture 90")).isVisible();
		link(page, "Lecture 90").scrollIntoViewIfNeeded();
		link(page, "Lecture 90").click();
		assertThat(title(page)).hasText("Lecture 90");

		page.goBack();

		assertThat(page.locator("#page-number")).hasText("Page 4");
		assertThat(link(page, "Lecture 90")).isFocused();
		assertThat(link(page, "Lecture 90")).isInViewport();
		assertThat(scrollOf(page)).isPositive();
		page.reload();
		assertThat(page.locator("#page-number")).hasText("Page 4");
		assertThat(link(page, "Lecture 90")).isInViewport();
		link(page, "Events").click();
		assertThat(page.locator("#page-number")).hasText("Page 1");
	}

	@Test
	void findsTitlesAndShowsHowFarItHasRead() {
		Page page = open("");
		page.locator("#search-text").fill("cafe ZIMM");
		page.keyboard().press("Enter");

		assertThat(page.locator("#events-note")).containsText("0 events found; 1,000 events read, up to");
		chromium.expectAccessible(page);
		button(page, "Search further").click();

		assertThat(page.locator("#events-note")).hasText("1 event found; 1,111 events read, the whole list.");
		assertThat(page.locator("#cards .card")).hasCount(1);
		assertThat(button(page, "Search further")).isHidden();
		link(page, "Café Zimmermann").click();
		assertThat(title(page)).hasText("Café Zimmermann");
		page.goBack();
		assertThat(link(page, "Café Zimmermann")).isFocused();
		assertThat(page.locator("#search-text")).hasValue("cafe ZIMM");
	}

	@Test
	void startsAtADate() {
		Page page = open("");
		assertThat(link(page, "Lecture 0")).isVisible();

		page.locator("#search-date").fill("2126-05-03");

		assertThat(page.locator("#cards a").first()).hasText("Lecture 420");
		page.getByLabel("Past events too").check();
		assertThat(page.locator("#cards a").first()).hasText("Last year's ball");
		assertThat(page.locator("#cards .phase").first()).hasText("over");
	}

}
