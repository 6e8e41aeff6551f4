package dev.lastseat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Editing, cancelling and deleting events, and what other open pages show of it.
 */
class OrganiserIT extends BrowserTest {

	private static Page edit(String event) {
		Page page = open("#/events/" + event);
		link(page, "Edit, cancel or delete this event").click();
		assertThat(page.locator("#form")).isVisible();
		return page;
	}

	@Test
	void changesAnEventWhileItIsBooked() {
		String event = createEvent("Readng", 5);
		Page page = edit(event);
		book(event, "ada");
		page.locator("#title").fill("Reading");
		page.locator("#capacity").fill("6");

		button(page, "Save the changes").click();

		assertThat(title(page)).hasText("Reading");
		assertThat(bar(page, "Reading")).hasAttribute("aria-valuetext", "5 of 6 seats left");
		// The booking created another revision, so the first change was rejected.
		chromium.expectErrors("status of 412");
	}

	@Test
	void doesNotOverwriteAChangeOfAnotherClient() {
		chromium.expectErrors("status of 412");
		String event = createEvent("Concert", 5);
		Page page = edit(event);
		OtherClient.change(service, event, "{\"title\": \"Late concert\"}");
		page.locator("#title").fill("Early concert");

		button(page, "Save the changes").click();

		assertThat(page.locator("#title-error")).hasText("This field was changed since the form was opened.");
		assertThat(page.locator("#form-outcome")).containsText("Not saved");
		assertThat(service.send("GET", OtherClient.EVENTS + "/" + event, "")).contains("Late concert");
		button(page, "Save the changes").click();
		assertThat(title(page)).hasText("Early concert");
	}

	@Test
	void cancelsAnEventWithItsRegistrationsWhenConfirmed() {
		String event = createEvent("Ball", 5);
		book(event, "ada");
		Page page = edit(event);

		button(page, "Cancel the event…").click();
		Locator dialog = page.locator("#confirm");
		assertThat(dialog).containsText("1 registration will be deleted with the event.");
		assertThat(button(page, "Keep the event")).isFocused();
		chromium.expectAccessible(page);
		chromium.screenshot(page, "confirm");
		button(page, "Keep the event").click();
		assertThat(dialog).isHidden();
		assertThat(service.send("GET", OtherClient.EVENTS + "/" + event, "")).startsWith("200");
		button(page, "Cancel the event…").click();
		button(page, "Cancel the event").click();

		assertThat(title(page)).hasText("Event deleted");
		assertThat(title(page)).isFocused();
		assertThat(service.send("GET", OtherClient.EVENTS + "/" + event, "")).startsWith("404");
	}

	@Test
	void deletesAnEventOnlyWithoutRegistrations() {
		chromium.expectErrors("status of 409");
		String event = createEvent("Draft", 5);
		book(event, "ada");
		Page page = edit(event);

		button(page, "Delete the event…").click();
		button(page, "Delete the event").click();
		assertThat(page.locator("#removal-outcome")).containsText("This event has registrations or holds, so it was not deleted.");
		service.send("DELETE", OtherClient.EVENTS + "/" + event + "/registrations/ada", "");
		button(page, "Delete the event…").click();
		button(page, "Delete the event").click();

		assertThat(title(page)).hasText("Event deleted");
	}

	@Test
	void showsEveryChangeInTheOpenView() {
		String event = createEvent("Matinee", 5);
		Page view = open("#/events/" + event);
		Page list = open("");
		assertThat(view.locator("#connection")).hasText("Live");
		assertThat(list.locator("#connection")).hasText("Live");

		OtherClient.change(service, event,
				"{\"title\": \"Soiree\", \"startsAt\": \"2126-12-24T20:00:00Z\", \"description\": \"In the garden\"}");

		assertThat(title(view)).hasText("Soiree");
		assertThat(view).hasTitle("Soiree · Lastseat");
		assertThat(view.locator("#event-when")).containsText("24");
		assertThat(view.locator("#event-about")).hasText("In the garden");
		assertThat(bar(view, "Soiree")).hasAttribute("aria-valuetext", "5 of 5 seats left");
		assertThat(link(list, "Soiree")).isVisible();
	}

}
