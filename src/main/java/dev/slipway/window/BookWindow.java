package dev.slipway.window;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Book window</em> (WIN-1): keeps the new window, the slot that was picked or else the times that were named. */
@Component
class BookWindow implements JavaDelegate {

    private final WindowBooking booking;

    BookWindow(WindowBooking booking) {
        this.booking = booking;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var release = ReleaseVariables.releaseId(execution);
        var slot = execution.getVariable(WindowVariables.WINDOW_SLOT);
        if (slot != null) {
            booking.pick(release, slot);
            return;
        }
        booking.book(
                release,
                execution.getVariable(WindowVariables.WINDOW_START),
                execution.getVariable(WindowVariables.WINDOW_END));
    }
}
