package dev.slipway.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.util.List;
import java.util.regex.Pattern;

/** A sample user at work in Tasklist and Cockpit. */
final class Person {

    static final String PASSWORD = "slipway";

    private final Page page;
    private final String base;

    private Person(Page page, String base) {
        this.page = page;
        this.base = base;
    }

    /** @param base where Slipway answers, such as {@code http://localhost:8080} */
    static Person at(Chromium chromium, String base) {
        return new Person(chromium.page(), base);
    }

    void logsIn(String user) {
        page.navigate(base + "/camunda/app/tasklist/default/");
        page.waitForLoadState(LoadState.NETWORKIDLE);
        var name = page.getByPlaceholder("Username");
        var password = page.getByPlaceholder("Password");
        // The page puts the cursor into the first field whenever it is done loading, even while another is typed in.
        do {
            name.fill(user);
            password.fill(PASSWORD);
        } while (!name.inputValue().equals(user) || !password.inputValue().equals(PASSWORD));
        page.locator("button[type=submit]").click();
        lists().first().waitFor();
    }

    Page page() {
        return page;
    }

    /** @return the names of the lists on the left */
    List<String> namesOfLists() {
        return lists().all().stream()
                .map(list -> list.innerText().replaceAll("[\\s()0-9]+$", "").strip())
                .toList();
    }

    /** @return the tasks of a release in a list, once it has some */
    List<String> tasks(String list, String release) {
        open(list);
        cards(release).first().waitFor();
        return cards(release).locator("h4.task").allInnerTexts().stream()
                .map(String::strip)
                .toList();
    }

    /** @return whether a list has no task of a release, once it is loaded */
    boolean hasNothing(String list, String release) {
        open(list);
        page.locator("[cam-tasks] ol.tasks-list, [cam-tasks] .well").first().waitFor();
        return cards(release).count() == 0;
    }

    Cockpit looksIntoCockpit() {
        return Cockpit.opened(page, base);
    }

    Form startsRelease() {
        return starts("Release");
    }

    /** @param process as it is called in the list */
    Form starts(String process) {
        page.getByText("Start process").first().click();
        var dialog = page.locator(".modal-dialog");
        dialog.getByText(process, new Locator.GetByTextOptions().setExact(true)).click();
        return Form.thatStarts(page, dialog);
    }

    /** Opens a task that is assigned to this person. */
    Form opens(String task, String release) {
        return show("Mine", task, release);
    }

    /** Takes a task that this person's group has to do. */
    Form claims(String task, String release) {
        show("My groups", task, release);
        page.getByText("Claim", new Page.GetByTextOptions().setExact(true)).click();
        page.locator("button.unclaim").first().waitFor();
        return Form.ofTask(page);
    }

    /** @return what a link leads to, in a window of its own: what was typed here stays */
    Page follows(String link) {
        return page.waitForPopup(() -> page.getByText(link, new Page.GetByTextOptions().setExact(true))
                .first()
                .click());
    }

    private Form show(String list, String task, String release) {
        open(list);
        cards(release)
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(
                                "h4.task",
                                new Page.LocatorOptions().setHasText(Pattern.compile("^\\s*" + task + "\\s*$")))))
                .first()
                .locator("h4.task a")
                .click();
        page.locator(".task-card h2.task")
                .filter(new Locator.FilterOptions().setHasText(task))
                .waitFor();
        return Form.ofTask(page);
    }

    /** Afresh: what has happened since is on the list. */
    private void open(String list) {
        page.navigate("about:blank");
        page.navigate(base + "/camunda/app/tasklist/default/");
        page.locator(".task-filter.active .counter").waitFor();
        page.waitForLoadState(LoadState.NETWORKIDLE);
        lists().filter(new Locator.FilterOptions().setHasText(list)).first().click();
        page.locator(".task-filter.active")
                .filter(new Locator.FilterOptions().setHasText(list))
                .waitFor();
    }

    private Locator lists() {
        return page.locator(".task-filter");
    }

    private Locator cards(String release) {
        return page.locator("ol.tasks-list > li.task").filter(new Locator.FilterOptions().setHasText(release));
    }
}
