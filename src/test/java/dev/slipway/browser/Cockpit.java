package dev.slipway.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;

/** What a release manager sees in Cockpit. */
final class Cockpit {

    private final Page page;

    private Cockpit(Page page) {
        this.page = page;
    }

    static Cockpit opened(Page page, String base) {
        page.navigate(base + "/camunda/app/cockpit/default/#/processes");
        return new Cockpit(page);
    }

    /** @return the business keys of what runs of a process */
    List<String> instances(String process) {
        page.locator("a.definition-name, td.name a")
                .getByText(process, new Locator.GetByTextOptions().setExact(true))
                .first()
                .click();
        page.locator(".djs-container").first().waitFor();
        page.locator("td.business-key").first().waitFor();
        return page.locator("td.business-key").allInnerTexts().stream()
                .map(String::strip)
                .toList();
    }

    /** Opens an instance of the process that is shown. */
    void opens(String businessKey) {
        page.locator("tr")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator("td.business-key", new Page.LocatorOptions().setHasText(businessKey))))
                .locator("td.instance-id a")
                .first()
                .click();
        page.waitForURL("**/process-instance/**");
    }

    void opensCalled(String process) {
        page.getByText("Called Process Instances").first().click();
        page.locator("tbody tr")
                .filter(new Locator.FilterOptions().setHasText(process))
                .locator("a")
                .first()
                .click();
        page.locator(".breadcrumbs-panel, .breadcrumb")
                .filter(new Locator.FilterOptions().setHasText(process))
                .first()
                .waitFor();
    }

    /** Fails where no token stands there after a while: the diagram is drawn first, its tokens come later. */
    void showsATokenAt(String element) {
        page.locator(".djs-overlays[data-container-id='" + element + "'] .badge")
                .first()
                .waitFor();
    }

    void screenshot(String name) {
        Chromium.screenshot(page, name);
    }
}
