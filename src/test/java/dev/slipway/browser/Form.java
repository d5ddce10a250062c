package dev.slipway.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import java.util.regex.Pattern;

/** A form as a person sees it: fields by their labels, choices by their words. */
final class Form {

    private static final int TRIES = 5;
    private static final String START = "Start";
    private static final String COMPLETE = "Complete";
    private static final Pattern SPECIAL = Pattern.compile("[.?()]");

    private final Page page;
    private final Locator around;
    private final Locator fields;
    private final String button;

    private Form(Page page, Locator around, String button) {
        this.page = page;
        this.around = around;
        this.button = button;
        this.fields = around.locator(".fjs-form");
        fields.waitFor();
    }

    /** @param dialog what the form is shown in */
    static Form thatStarts(Page page, Locator dialog) {
        return new Form(page, dialog, START);
    }

    static Form ofTask(Page page) {
        return new Form(page, page.locator(".task-card"), COMPLETE);
    }

    Form fill(String label, String text) {
        var field = labelled(label);
        for (var left = TRIES; left > 0; left--) {
            field.fill(text);
            drawn();
            field.blur();
            drawn();
            if (field.inputValue().equals(text)) {
                return this;
            }
        }
        throw new AssertionError(label + " does not keep what is typed");
    }

    Form choose(String question, String answer) {
        group("radio", question)
                .getByLabel(answer, new Locator.GetByLabelOptions().setExact(true))
                .check();
        drawn();
        return this;
    }

    Form select(String question, String answer) {
        var group = group("select", question);
        group.locator(".fjs-select-display").click();
        group.locator(".fjs-dropdownlist-item")
                .getByText(answer, new Locator.GetByTextOptions().setExact(true))
                .click();
        return this;
    }

    Form check(String label) {
        labelled(label).check();
        return this;
    }

    /** Types a day or a time, and leaves the picker. */
    Form pick(String label, String text) {
        var field = labelled(label);
        field.fill(text);
        field.press("Enter");
        field.press("Tab");
        return this;
    }

    /** @return what stands in a field */
    String value(String label) {
        return labelled(label).inputValue();
    }

    boolean isChecked(String label) {
        return labelled(label).isChecked();
    }

    /** @return the first text of the form, as it is drawn */
    Locator briefing() {
        return fields.locator(".fjs-form-field-text").first();
    }

    String text() {
        return fields.innerText();
    }

    /** @param name of the file; a dialog is shown from its top */
    Form screenshot(String name) {
        if (button.equals(START)) {
            around.evaluate("dialog => dialog.scrollIntoView({block: 'start'})");
        }
        Chromium.screenshot(page, name);
        return this;
    }

    void submit() {
        press();
        fields.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    /** @return what stands beside the fields after the button was pressed in vain */
    List<String> refused() {
        press();
        var errors = fields.locator(".fjs-form-field-error");
        errors.first().waitFor();
        var said = errors.allInnerTexts();
        dismissed();
        return said;
    }

    /** @return what stands beside fields that were filled in wrongly; such a form can't be sent */
    List<String> errors() {
        page.keyboard().press("Tab");
        fields.locator(".fjs-form-field-error").first().waitFor();
        around.locator("button.btn-primary[disabled]").waitFor();
        return fields.locator(".fjs-form-field-error").allInnerTexts();
    }

    /** @return what the server said after the button was pressed in vain */
    String refusedByServer() {
        press();
        return dismissed();
    }

    /** The message lies on the button, and stays until somebody closes it. */
    private String dismissed() {
        var message = page.locator(".notifications .alert").first();
        message.waitFor();
        var text = message.innerText();
        message.locator("button.close:visible").click();
        message.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        return text;
    }

    /** A field that has just appeared is drawn again, and forgets what was typed faster than anybody can. */
    private void drawn() {
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    private void press() {
        around.locator("button.btn-primary")
                .filter(new Locator.FilterOptions().setHasText(button))
                .click();
    }

    private Locator labelled(String label) {
        return fields.getByLabel(exactly(label)).first();
    }

    private Locator group(String kind, String question) {
        return fields.locator(".fjs-form-field-" + kind)
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(
                                "label.fjs-form-field-label", new Page.LocatorOptions().setHasText(exactly(question)))))
                .first();
    }

    /** A label may end with the star of a field that must be answered. */
    private static Pattern exactly(String label) {
        return Pattern.compile("^\\s*" + SPECIAL.matcher(label).replaceAll("\\\\$0") + "\\*?\\s*$");
    }
}
