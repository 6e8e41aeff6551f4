package dev.lastseat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * The description of the API as a web page.
 */
class ApiDescriptionIT extends BrowserTest {

	@Test
	void showsEveryOperationAndSendsRequests() {
		createEvent("Described", 3);
		Page page = open("");
		link(page, "API description").click();
		Locator list = page.locator("#operations-Events-listEvents");

		assertThat(page.locator(".swagger-ui .info .title")).containsText("Lastseat");
		list.locator(".opblock-summary-control").click();
		list.getByText("Try it out").click();
		list.getByText("Execute", new Locator.GetByTextOptions().setExact(true)).click();

		assertThat(list.locator(".live-responses-table tbody .response-col_status")).containsText("200");
		assertThat(list.locator(".live-responses-table")).containsText("Described");
		chromium.screenshot(page, "api-description");
	}

}
